"""Papers in xlsx: the native table there and back, other systems' layouts, Excel's own mischief, and bytes that are no workbook."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kebao.model.errors import Unreadable, Unsafe
from kebao.questions.formats.columns import native_header
from kebao.questions.formats.one_cell import divided
from kebao.questions.formats.words import kind_of, letters_of, truth_of
from kebao.questions.formats.xlsx import read_paper
from kebao.questions.formats.xlsx_writer import write_paper, write_template
from kebao.questions.model import Question, QuestionKind, QuestionPaper, Source
from kebao.subjects.sketch import paper
from libreoffice import needs_libreoffice, resaved

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=60).map(str.strip)
SOME = WORDS.filter(bool)
LETTERED = st.tuples(st.lists(SOME, min_size=2, max_size=6), st.sets(st.integers(0, 5), min_size=1))


@st.composite
def questions(draw: Any) -> Question:
    kind = draw(st.sampled_from([QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE]))
    options: tuple[str, ...] = ()
    if kind is QuestionKind.TRUE_FALSE:
        answer = (draw(st.sampled_from(["对", "错"])),)
    else:
        texts, right = draw(LETTERED)
        options = tuple(texts)
        answer = tuple(sorted("ABCDEF"[index] for index in right))
    return Question(
        number=draw(WORDS), kind=kind, stem=draw(SOME), options=options, answer=answer, explanation=draw(WORDS),
        score=draw(st.none() | st.decimals(0, 100, places=1)), topic=draw(WORDS), lesson=draw(WORDS),
        difficulty=draw(st.sampled_from(["易", "中", "难", ""])), image=draw(WORDS), image_alt=draw(WORDS),
    )  # fmt: skip


def bare(paper: QuestionPaper) -> list[Question]:
    return [replace(q, source=Source(), kind_raw="", answer_raw="") for q in paper.questions]


def table(*rows: list[Any], path: Path) -> QuestionPaper:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return read_paper(path, path="p.xlsx")


@settings(max_examples=40, deadline=None)
@given(st.lists(questions(), min_size=1, max_size=5), WORDS)
def test_any_paper_comes_back(asked: list[Question], title: str) -> None:
    made = QuestionPaper(
        title="" if "分" in title or "时" in title else title, questions=tuple(asked), total=Decimal(100)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.xlsx"
        write_paper(made, path)
        read = read_paper(path, path="p.xlsx")
    assert bare(read) == bare(made)
    assert (read.total, read.not_understood) == (Decimal(100), ())


@needs_libreoffice
def test_a_paper_and_its_drop_downs_survive_libreoffice(tmp_path: Path) -> None:
    made = replace(paper(), title="试卷一", total=Decimal(100), pass_mark=Decimal(60), minutes=Decimal(90))
    write_paper(made, tmp_path / "p.xlsx")
    saved = resaved(tmp_path / "p.xlsx", tmp_path / "out")
    read = read_paper(saved, path="p.xlsx")
    assert bare(read) == bare(made)
    assert (read.title, read.total, read.pass_mark, read.minutes) == ("试卷一", Decimal(100), Decimal(60), Decimal(90))
    lists = {choice.formula1 for choice in openpyxl.load_workbook(saved)["试题"].data_validations.dataValidation}
    assert lists == {'"单项选择题,多项选择题,是非判断题"', '"易,中,难"'}


def test_the_template_is_empty_and_shows_one_example_a_kind(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    assert read_paper(tmp_path / "t.xlsx", path="t.xlsx") == QuestionPaper(path="t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["试题", "示例", "填写说明"]
    assert [cell.value for cell in book["试题"][1]] == list(native_header())
    assert [row[1].value for row in book["示例"].iter_rows(min_row=2)] == ["单项选择题", "多项选择题", "是非判断题"]


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        write_paper(paper(), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_formula_is_ever_written(tmp_path: Path) -> None:
    hostile = replace(
        paper(count=1).questions[0], stem="=1+1", options=("+2", "-3", "@SUM(A1)", "1-2"), explanation="=HYPERLINK(1)"
    )
    write_paper(QuestionPaper(questions=(hostile,)), tmp_path / "p.xlsx")
    with zipfile.ZipFile(tmp_path / "p.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert bare(read_paper(tmp_path / "p.xlsx", path="p")) == bare(QuestionPaper(questions=(hostile,)))


@pytest.mark.parametrize("name", ["10_std", "11_title_row", "12_options_one_cell", "13_numeric_codes"])
def test_layouts_that_suppliers_use(shared: Path, name: str) -> None:
    base = json.loads((shared / "layouts/expected.json").read_text(encoding="utf-8"))["base"]
    read = read_paper(shared / f"layouts/{name}.xlsx", path=name)
    expected = [
        (
            q["type"],
            q["stem"],
            tuple(q["options"] or ()),
            ("对" if q["answer"] else "错",) if q["options"] is None else tuple(q["answer"]),
        )
        for q in base
    ]
    assert [(q.kind.value, q.stem, q.options, q.answer) for q in read.questions] == expected
    assert (read.not_understood, {q.confidence for q in read.questions}) == ((), {1.0})


def test_totals_above_the_header_are_read_and_rows_keep_their_place(tmp_path: Path) -> None:
    read = table(
        ["期末试卷"],
        ["总分：100　及格分 60", "限时 90 分钟"],
        [],
        ["题型", "题干", "选项A", "选项B", "答案", "分值"],
        [],
        ["单选题", "甲？", 1.0, 2.5, "b", "2分"],
        path=tmp_path / "p.xlsx",
    )
    assert (read.title, read.total, read.pass_mark, read.minutes) == (
        "期末试卷",
        Decimal(100),
        Decimal(60),
        Decimal(90),
    )
    assert read.questions == (
        Question(
            kind=QuestionKind.SINGLE, kind_raw="单选题", stem="甲？", options=("1", "2.5"), answer=("B",), answer_raw="b",
            score=Decimal(2), source=Source("p.xlsx", "Sheet", 6, "单选题 | 甲？ | 1 | 2.5 | b | 2分"),
        ),
    )  # fmt: skip


def test_a_date_that_ate_an_option_is_told_with_its_place(tmp_path: Path) -> None:
    read = table(
        ["题型", "题干", "选项A", "选项B", "答案"],
        ["单选", "何时？", date(2023, 3, 5), "夏天", "A"],
        path=tmp_path / "p.xlsx",
    )
    (lost,) = read.not_understood
    assert (lost.at.sheet, lost.at.row, lost.at.column, lost.raw) == ("Sheet", 2, "选项A", "2023-03-05")


@pytest.mark.parametrize(
    "answers, expected",
    [
        (["1", "0"], [("对",), ("错",)]),
        (["1", "2"], [(), ()]),
        ([True, False], [("对",), ("错",)]),
        (["√", "×"], [("对",), ("错",)]),
        (["T", "f"], [("对",), ("错",)]),
        (["也许", ""], [(), ()]),
    ],
)
def test_true_false_answers_are_understood_or_asked_about(
    tmp_path: Path, answers: list[Any], expected: list[tuple[str, ...]]
) -> None:
    read = table(
        ["题型", "题干", "答案"],
        *[["判断", f"{n}？", answer] for n, answer in enumerate(answers)],
        path=tmp_path / "p.xlsx",
    )
    assert [q.answer for q in read.questions] == expected


def test_a_missing_kind_is_inferred_with_less_than_full_confidence(tmp_path: Path) -> None:
    read = table(
        ["题干", "选项A", "选项B", "答案"],
        ["甲", "1", "2", "A"],
        ["乙", "1", "2", "AB"],
        ["丙", "", "", "对"],
        ["丁", "1", "2", "?"],
        path=tmp_path / "p.xlsx",
    )
    assert [(q.kind.value, q.confidence) for q in read.questions] == [
        ("single", 0.9),
        ("multiple", 0.9),
        ("truefalse", 0.9),
        ("other", 0.5),
    ]


def test_words_of_kinds_and_answers() -> None:
    assert [kind_of(w).value for w in ("单选题", "单项选择题", "【多选】", "是非判断题", "判断", "填空题", "")] == [
        "single",
        "single",
        "multiple",
        "truefalse",
        "truefalse",
        "other",
        "other",
    ]
    assert [letters_of(w) for w in ("AC", "ａ、c", "C,A", "A A", "", "AZ", "甲")] == [
        ("A", "C"),
        ("A", "C"),
        ("A", "C"),
        ("A",),
        (),
        (),
        (),
    ]
    assert [truth_of(w) for w in ("对", "错误", "Ｙ", "1", "")] == ["对", "错", "对", "", ""]


@pytest.mark.parametrize(
    "words, expected",
    [
        ("A. 洗手 | B. 喂奶", (("洗手", "喂奶"), 1.0)),
        ("A、洗手\nB、喂奶\nC、关灯", (("洗手", "喂奶", "关灯"), 1.0)),
        ("洗手|喂奶", (("洗手", "喂奶"), 0.9)),
        ("洗手,喂奶", (("洗手", "喂奶"), 0.6)),
        ("洗手", (("洗手",), 0.6)),
        ("", ((), 1.0)),
    ],
)
def test_options_in_one_cell(words: str, expected: Any) -> None:
    assert divided(words) == expected


def test_a_workbook_without_questions_says_so(tmp_path: Path) -> None:
    read = table(["姓名", "电话"], ["某", "1"], path=tmp_path / "p.xlsx")
    assert (read.questions, [(lost.at.path, lost.raw) for lost in read.not_understood]) == (
        (),
        [("p.xlsx", "姓名 | 电话")],
    )
    assert "没有找到考题" in read.not_understood[0].because.zh


def test_a_cell_far_out_is_refused_not_laid_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "题干", "x"
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(Unsafe, match="远在表格之外"):
        read_paper(tmp_path / "far.xlsx", path="far.xlsx")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_changed_bytes_are_read_or_refused_never_worse(data: Any) -> None:
    content = bytearray(_sound())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    try:
        read_paper(io.BytesIO(bytes(content[: cut or None])), path="p.xlsx")
    except Unreadable:
        return


_KEPT: list[bytes] = []


def _sound() -> bytes:
    if not _KEPT:
        with tempfile.TemporaryDirectory() as folder:
            write_paper(paper(count=3), Path(folder) / "p.xlsx")
            _KEPT.append((Path(folder) / "p.xlsx").read_bytes())
    return _KEPT[0]


@pytest.mark.parametrize("address", ["VVVVVVVVVVVVVVVVVVVVA3", "A99999999", "3", "A", "A3B", "", "甲3"])
def test_an_address_that_is_none_is_refused_before_a_sheet_is_laid_out(tmp_path: Path, address: str) -> None:
    write_paper(paper(count=2), tmp_path / "p.xlsx")
    content = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "p.xlsx") as parts, zipfile.ZipFile(content, "w") as changed:
        for name in parts.namelist():
            part = parts.read(name)
            changed.writestr(name, part.replace(b'r="A3"', f'r="{address}"'.encode()))
    with pytest.raises(Unreadable) as refusal:
        read_paper(content, path="p.xlsx")
    assert refusal.value.code == "not-xlsx"
