"""Official papers: the same content in Word, Excel and PDF; words stay words; what is said can be heard."""

from __future__ import annotations

import subprocess
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from tests.libreoffice import needs_libreoffice, resaved

from ketang.platform.official.model import Column, Facts, Official, Signatures, Table, Words
from ketang.platform.official.pdf import write_pdf
from ketang.platform.official.word import write_docx
from ketang.platform.official.workbook import write_xlsx

ROWS = (
    (1, "A-0001", "饮水照护", date(2026, 8, 30), 12.5),
    (2, "A-0002", '=HYPERLINK("http://example.org")', datetime(2026, 8, 31, 9, 5), None),
    (3, "00003", "#pagebreak() *粗* $x$ <b>\x07", None, 8),
)
HEAD = ("序号", "编号", "名称", "日期", "学时")


def paper(rows: tuple[tuple[object, ...], ...] = ROWS, *, landscape: bool = True) -> Official:
    return Official(
        title="移交汇总表", issuer="示例市残疾人联合会", language="zh", number="T-001", issued="2026-11-26",
        parts=(
            Facts((("征集", "示例征集"), ("件数", len(rows)))),
            Words("请核对。", heading="说明"),
            Table(tuple(Column(name) for name in HEAD), rows, heading="清单", empty="没有申报。"),  # type: ignore[arg-type]
            Signatures(("移交人", "接收人"), "日期"),
        ),
        code="https://example.org/t", code_words="扫码核对：https://example.org/t", landscape=landscape,
    )  # fmt: skip


def test_the_workbook_has_types_and_no_formula() -> None:
    sheet = load_workbook(BytesIO(write_xlsx(paper()))).active
    assert sheet is not None
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "序号")
    found = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=head, max_row=head + 3)]
    assert found == [
        HEAD,
        (1, "A-0001", "饮水照护", datetime(2026, 8, 30), 12.5),
        (2, "A-0002", '=HYPERLINK("http://example.org")', datetime(2026, 8, 31, 9, 5), None),
        (3, "00003", "#pagebreak() *粗* $x$ <b>", None, 8),
    ]
    kinds = [[cell.data_type for cell in row] for row in sheet.iter_rows(min_row=head + 1, max_row=head + 3)]
    assert kinds == [["n", "s", "s", "d", "n"], ["n", "s", "s", "d", "n"], ["n", "s", "s", "n", "n"]]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == (
        f"A{head + 1}", f"${head}:${head}", "landscape",
    )  # fmt: skip
    words = [str(row[0].value) for row in sheet.iter_rows() if row[0].value]
    assert words[:4] == ["移交汇总表", "示例市残疾人联合会　T-001　2026-11-26", "征集：示例征集", "件数：3"]
    assert words[-3:] == [
        "请核对。",
        *(f"{who}：＿＿＿＿＿＿＿＿　日期：＿＿＿＿＿＿＿＿" for who in ("移交人", "接收人")),
    ]


@needs_libreoffice
def test_the_workbook_opens_in_another_office_program(tmp_path: Path) -> None:
    made = tmp_path / "list.xlsx"
    made.write_bytes(write_xlsx(paper()))
    sheet = load_workbook(resaved(made, tmp_path / "again")).active
    assert sheet is not None
    rows = {row[1].value: [cell.value for cell in row] for row in sheet.iter_rows() if row[1].value}
    assert rows["A-0002"] == [2, "A-0002", '=HYPERLINK("http://example.org")', datetime(2026, 8, 31, 9, 5), None]
    assert rows["00003"][1] == "00003"


def test_the_document_says_the_same() -> None:
    made = docx.Document(BytesIO(write_docx(paper())))
    facts, listed = made.tables
    assert [[cell.text for cell in row.cells] for row in facts.rows] == [["征集", "示例征集"], ["件数", "3"]]
    assert [[cell.text for cell in row.cells] for row in listed.rows] == [
        list(HEAD),
        ["1", "A-0001", "饮水照护", "2026-08-30", "12.5"],
        ["2", "A-0002", '=HYPERLINK("http://example.org")', "2026-08-31 09:05", "—"],
        ["3", "00003", "#pagebreak() *粗* $x$ <b>", "—", "8"],
    ]
    section = made.sections[0]
    assert section.page_width > section.page_height
    assert 'w:instr="NUMPAGES"' in section.footer._element.xml
    assert write_docx(paper()) == write_docx(paper())


def pdf_text(content: bytes, folder: Path) -> str:
    place = folder / "paper.pdf"
    place.write_bytes(content)
    said = subprocess.run(["pdftotext", place, "-"], check=True, capture_output=True, text=True).stdout
    return said.replace(" ", "").replace("\n", "")  # cells break their lines


def test_the_pdf_says_the_same_and_is_tagged_with_its_type_within(tmp_path: Path) -> None:
    content = write_pdf(paper())
    said = pdf_text(content, tmp_path)
    for words in (*HEAD, "移交汇总表", "示例市残疾人联合会", "A-0001", "饮水照护", "2026-08-3109:05", "请核对。"):
        assert words in said
    assert '=HYPERLINK("http://' in said, "the cell breaks its line here"
    assert "#pagebreak()*粗*$x$" in said, "what is data was read as markup"
    assert "<b>" in said, "on the cell's second line"
    told = subprocess.run(["pdfinfo", tmp_path / "paper.pdf"], check=True, capture_output=True, text=True).stdout
    assert {"Tagged:          yes", "Title:           移交汇总表", "Pages:           2"} <= set(told.splitlines())
    faces = subprocess.run(["pdffonts", tmp_path / "paper.pdf"], check=True, capture_output=True, text=True).stdout
    assert {line.split()[0].partition("+")[2] for line in faces.splitlines()[2:]} == {
        "NotoSerifSC-Regular-Identity-H", "NotoSansSC-Regular-Identity-H",
    }  # fmt: skip


def test_a_long_list_repeats_its_head_on_every_page(tmp_path: Path) -> None:
    rows = tuple((n, f"A-{n:04d}", "课", None, 1) for n in range(1, 121))
    pages = pdf_text(write_pdf(paper(rows)), tmp_path).split("\f")[:-1]
    assert len(pages) > 2
    assert all(page.split("序号")[1:] for page in pages if "A-" in page)
    assert [f"{n}/{len(pages)}" in page for n, page in enumerate(pages, start=1)] == [True] * len(pages)


@pytest.mark.parametrize("write", [write_pdf, write_docx, write_xlsx])
def test_an_empty_list_says_so(write: object, tmp_path: Path) -> None:
    content = write(paper(()))  # type: ignore[operator]
    if write is write_pdf:
        assert "没有申报。" in pdf_text(content, tmp_path)
    elif write is write_docx:
        assert "没有申报。" in [p.text for p in docx.Document(BytesIO(content)).paragraphs]
    else:
        sheet = load_workbook(BytesIO(content)).active
        assert sheet is not None
        assert "没有申报。" in [row[0].value for row in sheet.iter_rows()]


def test_english_papers_have_english_signs() -> None:
    english = Official(
        title="List", issuer="", language="en", parts=(Facts((("Call", "x"),)), Signatures(("By",), "Date"))
    )
    words = [p.text for p in docx.Document(BytesIO(write_docx(english))).paragraphs if p.text]
    assert words == ["List", "By: ＿＿＿＿＿＿＿＿　Date: ＿＿＿＿＿＿＿＿"]
