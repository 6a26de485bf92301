"""PDFs and programs in blind copies: pages drawn anew with names painted over; a program is not opened, and that is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pylopdf_fonts_zh_cn
import pytest
import typst
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kebao.model.errors import Unreadable
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.selection.assigning.models import Assignment
from ketang.selection.intake.models import Submission
from ketang.selection.scoring import pdf_child
from ketang.selection.scoring.blinding import Blinder
from ketang.selection.scoring.models import BlindCopy
from ketang.selection.scoring.pdf_pages import drawn_pages
from ketang_accounts import signed_in
from review_rows import accept, assigned, seated

TYPE = '#set text(font: "Noto Sans SC", lang: "zh", size: 12pt)\n#set page(paper: "a5")\n'


def pdf(body: str) -> bytes:
    faces = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    made = typst.Compiler(font_paths=[faces], ignore_system_fonts=True).compile(input=(TYPE + body).encode())
    assert isinstance(made, bytes)
    return made


def drawn(content: bytes, masks: list[tuple[str, str]]) -> tuple[list[tuple[bytes, str]], int]:
    with drawn_pages(io.BytesIO(content), Blinder(masks)) as (pages, count):
        return [(page.picture.read_bytes(), page.words) for page in pages], count


def named(name: str, phone: str) -> bytes:
    """Two pages with a name straight, upright and across a line's end."""
    return pdf(
        f"本资料由{name}编，电话 {phone}。\n\n#rotate(90deg)[{name}]\n\n"
        f"#block(width: 8em)[少量多次先试后喂，{name}]\n#pagebreak()\n第二页没有。"
    )


def test_pages_of_two_suppliers_are_the_same_to_the_last_pixel() -> None:
    one, count = drawn(named("晴禾职业培训学校", "13800138000"), [("晴禾职业培训学校", "供应单位")])
    other, _count = drawn(named("海河职业培训学校", "13900139001"), [("海河职业培训学校", "供应单位")])
    unmasked, _count = drawn(named("海河职业培训学校", "13900139001"), [])
    assert (one == other, one[0] == unmasked[0], one[1] == unmasked[1], count) == (True, False, True, 2)
    told = "本资料由〔供应单位〕编，电话 〔电话〕。 〔供应单位〕"
    assert (one[0][1].splitlines()[0], "晴禾" in one[0][1], one[1][1]) == (told, False, "第二页没有。")


def test_nothing_of_the_file_but_pixels_is_kept() -> None:
    with pikepdf.open(io.BytesIO(pdf("饮水要点。"))) as book:
        book.docinfo["/Author"] = "晴禾职业培训学校"
        out = io.BytesIO()
        book.save(out)
    ((picture, words),), _count = drawn(out.getvalue(), [])
    assert (picture[:2], b"\xe6\x99\xb4" in picture, b"Exif" in picture, words) == (
        b"\xff\xd8",
        False,
        False,
        "饮水要点。",
    )


def test_comments_are_not_drawn() -> None:
    plain = pdf("饮水要点。")
    with pikepdf.open(io.BytesIO(plain)) as book:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Highlight, Rect=[0, 0, 400, 400], C=[1, 0, 0],
            QuadPoints=[0, 400, 400, 400, 0, 0, 400, 0], T="晴禾职业培训学校",
        )  # fmt: skip
        book.pages[0].Annots = pikepdf.Array([book.make_indirect(note)])
        out = io.BytesIO()
        book.save(out)
    assert drawn(out.getvalue(), []) == drawn(plain, [])


def test_a_long_one_is_drawn_as_far_as_its_first_pages() -> None:
    pages, count = drawn(pdf("#pagebreak()".join(f"第{k}页\n" for k in range(pdf_child.MOST_PAGES + 3))), [])
    assert (len(pages), count, pages[-1][1]) == (pdf_child.MOST_PAGES, pdf_child.MOST_PAGES + 3, f"第 {pdf_child.MOST_PAGES - 1} 页")  # fmt: skip


def locked() -> bytes:
    with pikepdf.open(io.BytesIO(pdf("饮水要点。"))) as book:
        out = io.BytesIO()
        book.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize("make", [lambda: b"", lambda: b"%PDF-1.7\nno", lambda: b"PK\x03\x04" + bytes(500), locked])
def test_what_cannot_be_opened_is_said(make: Callable[[], bytes]) -> None:
    with pytest.raises(Unreadable) as told:
        drawn(make(), [])
    assert told.value.message.zh == "这份 PDF 打不开：可能已损坏，设了密码，或者太大。"


WHOLE = pdf("饮水要点。#pagebreak()第二页。")


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_a_damaged_one_is_drawn_or_refused(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=40)):
        content[place] = data.draw(st.integers(0, 255))
    try:
        pages, _count = drawn(bytes(content), [])
    except Unreadable:
        return
    assert all(picture[:2] == b"\xff\xd8" for picture, _words in pages)


@pytest.mark.django_db(transaction=True)
def test_an_expert_sees_pages_and_is_told_what_is_not_opened(
    supplier_draft: Submission, administrator: Account, actors: dict[Role, Actor], small_package: bytes,
    make_copies: Callable[[], None], settings: object, tmp_path: Path,
) -> None:  # fmt: skip
    settings.WORK = str(tmp_path / "work")  # type: ignore[attr-defined]
    accept(supplier_draft, administrator, with_more(small_package))
    expert = actors[Role.EXPERT]
    assert isinstance(expert, Account)
    assignment = assigned(supplier_draft, seated(supplier_draft, expert))
    make_copies()
    copy = BlindCopy.objects.get(submission=supplier_draft)
    parts = {part.title: part for part in copy.parts.all()}
    handout, program, slides = parts["讲义"], parts["模拟练习"], parts["幻灯片"]
    assert (handout.kept_pages, handout.is_closed, handout.without) == (2, False, {})
    assert list(handout.pages.values_list("number", "words")) == [(1, "〔供应单位〕编，少量多次。"), (2, "先试后喂。")]
    assert (program.is_closed, program.text) == (True, "一步一步：先洗手。〔供应单位〕制作")
    assert (slides.is_closed, slides.text) == (True, "")
    told = {place.partition(". ")[2]: why["zh"] for place, why in copy.shown}
    assert {title: told[title] for title in ("讲义", "模拟练习", "幻灯片")} == {
        "讲义": "图里写的字和标志，机器去不掉。",
        "模拟练习": "这个资源是整套程序，里面的单位名称和标志机器去不掉，盲评时不能打开。请按课程介绍和检查发现评分；一定要看，请经办人员安排。",
        "幻灯片": "这种文件（.pptx）里的单位名称和标志，机器还去不掉，盲评时不能打开。请按课程介绍和检查发现评分；一定要看，请经办人员安排。",
    }
    pages_of_an_expert(signed_in(expert), assignment, handout.number, program.number)


def pages_of_an_expert(client: Client, assignment: Assignment, handout: int, program: int) -> None:
    page = client.get(reverse("review-part", args=[assignment.uuid, handout])).content.decode()
    addresses = [reverse("review-page", args=[assignment.uuid, handout, number]) for number in (1, 2, 3)]
    assert [address in page for address in addresses] == [True, True, False]
    pictures = [client.get(address) for address in addresses]
    assert [one.status_code for one in pictures] == [200, 200, 404]
    assert b"".join(pictures[0].streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    assert Client().get(addresses[0]).status_code == 302
    closed = client.get(reverse("review-part", args=[assignment.uuid, program])).content.decode()
    assert ("这个资源是整套程序" in closed, "一步一步：先洗手。" in closed, "<img" in closed) == (True, True, False)
    whole = client.get(reverse("review-package", args=[assignment.uuid]))
    listed = [part.title for part, _kind in whole.context["parts"] if part.is_closed]
    assert (whole.context["closed"], listed) == (2, ["模拟练习", "幻灯片"])


def with_more(package: bytes) -> bytes:
    """The package with a PDF, a simulation that has a text beside it, and slides."""
    new = {
        "文本/讲义.pdf": pdf("天津市晴禾职业培训学校编，少量多次。#pagebreak()先试后喂。"),
        "仿真/模拟.html": "<p>晴禾</p>".encode(), "仿真/模拟.md": "一步一步：先洗手。晴禾职业培训学校制作".encode(),
        "文本/幻灯片.pptx": b"PK\x05\x06" + bytes(18),
    }  # fmt: skip
    rows = (
        ("t2", "讲义", "文本", "讲授", "文本/讲义.pdf", 1), ("s1", "模拟练习", "仿真", "实操", "仿真/模拟.html", 1),
        ("t3", "幻灯片", "文本", "讲授", "文本/幻灯片.pptx", 1),
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w") as made:
        root = source.namelist()[0].partition("/")[0]
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("培训包.xlsx"):
                book = load_workbook(io.BytesIO(content))
                sheet = book["学习资源"]
                heads = [cell.value for cell in sheet[1]]
                for row in rows:
                    line = [*row, *(None for _ in heads[len(row) :])]
                    line[heads.index("许可")] = "本单位自有"
                    if row[0] == "s1":
                        line[heads.index("文字版")] = "仿真/模拟.md"
                    sheet.append(line)
                written = io.BytesIO()
                book.save(written)
                content = written.getvalue()
            made.writestr(entry.filename, content)
        for name, content in new.items():
            made.writestr(f"{root}/{name}", content)
    return out.getvalue()
