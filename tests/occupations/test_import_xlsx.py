"""Every table here is made up (虚构): occupations, codes, hours and money."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kebao.model.errors import Unreadable, Unsafe, UsageFault
from kebao.occupations.catalogue import Edition, Entry
from kebao.occupations.import_xlsx import RowProblem, import_catalogue
from kebao.occupations.store import load_all, save

HEADER = ("序号", "职业编码", "职业（工种）名称", "等级", "培训课时", "需求程度", "补贴标准（元/人）")
Rows = Sequence[Sequence[object]]


def workbook(
    path: Path,
    rows: Rows,
    *,
    merged: Sequence[str] = (),
    change: Callable[[openpyxl.Workbook, Worksheet], None] | None = None,
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "目录（虚构）"
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    if change:
        change(book, sheet)
    book.save(path)
    return path


def read(path: Path) -> tuple[Edition, tuple[RowProblem, ...]]:
    return import_catalogue(
        path, name="虚构目录 2023", valid_from=date(2023, 1, 1), source="虚构〔2023〕1 号", fictitious=True
    )


def seen(problems: Sequence[RowProblem]) -> list[tuple[int | None, str, str]]:
    return [(problem.at.row, problem.raw, problem.because.zh) for problem in problems]


def test_one_line_a_level(tmp_path: Path) -> None:
    rows = [
        ("虚构市市场紧缺职业需求程度及培训补贴标准目录",),
        (),
        HEADER,
        (1, "8-77-01-01", "折纸员", "五级/初级工", 80, "紧缺", 900),
        (None, None, None, "中级工", 120.0, "紧缺", "1,200元"),
        (None, None, None, 3, "160课时", "紧缺", None),
        (2, "８-77-01-02", "剪 纸\n员*", "不分级", 40.5, "非常紧缺", 500),
        (3, None, "窗花", "专项职业能力", 24, None, "—"),
    ]
    edition, problems = read(workbook(tmp_path / "a.xlsx", rows, merged=("A1:G1", "A4:A6", "B4:B6", "C4:C6")))
    assert problems == ()
    assert edition == Edition(
        name="虚构目录 2023",
        valid_from=date(2023, 1, 1),
        source="虚构〔2023〕1 号",
        fictitious=True,
        entries=(
            Entry(
                code="8-77-01-01", name="折纸员", level="五级", hours=Decimal(80), demand="紧缺", subsidy=Decimal(900)
            ),
            Entry(
                code="8-77-01-01", name="折纸员", level="四级", hours=Decimal(120), demand="紧缺", subsidy=Decimal(1200)
            ),
            Entry(code="8-77-01-01", name="折纸员", level="三级", hours=Decimal(160), demand="紧缺"),
            Entry(
                code="8-77-01-02",
                name="剪纸员",
                level="不分级",
                hours=Decimal("40.5"),
                demand="非常紧缺",
                subsidy=Decimal(500),
            ),
            Entry(name="窗花", level="专项能力", hours=Decimal(24)),
        ),
    )


def test_one_column_a_level_under_hours(tmp_path: Path) -> None:
    rows = [
        ("职业代码", "职业名称", "培训课时", None, None, "补贴标准", None, None),
        (None, None, "初级工", "中级工", "专项能力", "初级工", "中级工", "专项能力"),
        ("8-77-01-01", "折纸员", 80, 120, "——", 900, 1200, "——"),
        (None, "窗花", "/", None, 24, "/", None, 300),
    ]
    edition, problems = read(workbook(tmp_path / "a.xlsx", rows, merged=("A1:A2", "B1:B2", "C1:E1", "F1:H1")))
    assert problems == ()
    assert edition.entries == (
        Entry(code="8-77-01-01", name="折纸员", level="五级", hours=Decimal(80), subsidy=Decimal(900)),
        Entry(code="8-77-01-01", name="折纸员", level="四级", hours=Decimal(120), subsidy=Decimal(1200)),
        Entry(name="窗花", level="专项能力", hours=Decimal(24), subsidy=Decimal(300)),
    )


def test_hours_that_stand_in_the_heading(tmp_path: Path) -> None:
    """Some tables print subsidies under 120课时 and 80课时: both trainings are allowed."""
    rows = [
        ("非常紧缺职业",),
        (
            "序号",
            "职业代码",
            "职业（工种）名称",
            "120课时培训补贴标准（元/人）",
            None,
            "80课时培训补贴标准（元/人）",
            None,
        ),
        (None, None, None, "初级工（专项能力）", "中级工", "初级工（专项能力）", "中级工"),
        (1, "8-77-01-01", "折纸员", 900, 1200, 600, "/"),
        ("紧缺职业",),
        (2, "8-77-01-02", "剪纸员", "——", 1000, "——", 700),
    ]
    merged = ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "A5:G5")
    edition, problems = read(workbook(tmp_path / "a.xlsx", rows, merged=merged))
    assert problems == ()
    assert [(e.name, e.level, e.hours, e.subsidy, e.demand) for e in edition.entries] == [
        ("折纸员", "五级", 120, 900, "非常紧缺职业"),
        ("折纸员", "专项能力", 120, 900, "非常紧缺职业"),
        ("折纸员", "四级", 120, 1200, "非常紧缺职业"),
        ("折纸员", "五级", 80, 600, "非常紧缺职业"),
        ("折纸员", "专项能力", 80, 600, "非常紧缺职业"),
        ("剪纸员", "四级", 120, 1000, "紧缺职业"),
        ("剪纸员", "四级", 80, 700, "紧缺职业"),
    ]


def test_headings_without_merged_cells_and_printed_again(tmp_path: Path) -> None:
    rows = [
        ("工种名称", "技能等级", "标准课时"),
        ("折纸员", "五级", 80),
        ("工种名称", "技能等级", "标准课时"),
        ("剪纸员", "四级", 120),
    ]
    edition, problems = read(workbook(tmp_path / "a.xlsx", rows))
    assert problems == ()
    assert [(e.name, e.level, e.hours) for e in edition.entries] == [("折纸员", "五级", 80), ("剪纸员", "四级", 120)]


def test_what_is_not_understood_is_reported_and_left_out(tmp_path: Path) -> None:
    rows = [
        HEADER,
        (1, "8-77-01-01", "折纸员", "五级", 80, "紧缺", 900),
        (2, "8-77-01-02", "剪纸员", "五级以上", 80, "紧缺", 900),
        (3, "8-77-01-03", "泥塑员", "五级", "约80", "紧缺", 900),
        (4, "8-77-01-04", "面塑员", "五级", None, "紧缺", 900),
        (5, "8-77-1-5", "糖画员", "五级", 80, "紧缺", 900),
        (6, None, None, "四级", 80, "紧缺", 900),
        (7, "8-77-01-01", "折纸员", "初级工", 80, "紧缺", 900),
        (8, "8-77-01-08", "风筝员", "五级", 0, "紧缺", 900),
        (9, date(2023, 1, 2), "皮影员", "五级", 80, "紧缺", 900),
        (10, "8-77-01-10", "木偶员", "五级", 80, "紧缺", "面议"),
        ("注：本表为虚构。",),
    ]
    edition, problems = read(workbook(tmp_path / "a.xlsx", rows))
    assert [(e.name, e.level, e.hours) for e in edition.entries] == [("折纸员", "五级", 80)]
    assert seen(problems) == [
        (3, "2.0 | 8-77-01-02 | 剪纸员 | 五级以上 | 80.0 | 紧缺 | 900.0", "等级“五级以上”看不懂。"),
        (4, "3.0 | 8-77-01-03 | 泥塑员 | 五级 | 约80 | 紧缺 | 900.0", "“约80”不是一个数。"),
        (5, "4.0 | 8-77-01-04 | 面塑员 | 五级 | 紧缺 | 900.0", "没有写课时。"),
        (6, "5.0 | 8-77-1-5 | 糖画员 | 五级 | 80.0 | 紧缺 | 900.0", "“8-77-1-5”不是 d-dd-dd-dd 形式的职业编码。"),
        (7, "6.0 | 四级 | 80.0 | 紧缺 | 900.0", "没有职业名称，也不在合并单元格里。"),
        (8, "7.0 | 8-77-01-01 | 折纸员 | 初级工 | 80.0 | 紧缺 | 900.0", "“折纸员”五级 在表中重复，只保留第一次。"),
        (9, "8.0 | 8-77-01-08 | 风筝员 | 五级 | 0.0 | 紧缺 | 900.0", "课时 0 或补贴标准不合常理。"),
        (10, "9.0 | 2023-01-02 | 皮影员 | 五级 | 80.0 | 紧缺 | 900.0", "“2023-01-02”不是 d-dd-dd-dd 形式的职业编码。"),
        (11, "10.0 | 8-77-01-10 | 木偶员 | 五级 | 80.0 | 紧缺 | 面议", "“面议”不是一个数。"),
        (12, "注：本表为虚构。", "这一行只有一段文字，不是职业条目，没有导入。"),
    ]
    assert {problem.at.sheet for problem in problems} == {"目录（虚构）"}


def test_sheets(tmp_path: Path) -> None:
    def more(book: openpyxl.Workbook, _: Worksheet) -> None:
        second = book.create_sheet("一般紧缺职业")
        second.append(("职业名称", "等级", "课时"))
        second.append(("剪纸员", "五级", 60))
        book.create_sheet("说明").append(("本表为虚构。",))
        hidden = book.create_sheet("旧表")
        hidden.append(("职业名称", "等级", "课时"))
        hidden.append(("泥塑员", "五级", 60))
        hidden.sheet_state = "hidden"
        book.create_sheet("空")

    edition, problems = read(
        workbook(tmp_path / "a.xlsx", [HEADER, (1, "8-77-01-01", "折纸员", "五级", 80, "", 900)], change=more)
    )
    assert [(e.name, e.demand) for e in edition.entries] == [("折纸员", ""), ("剪纸员", "一般紧缺职业")]
    assert [(problem.at.sheet, problem.because.zh) for problem in problems] == [
        ("说明", "这个工作表没有找到职业名称、等级和课时的表头，没有导入。"),
        ("旧表", "隐藏的工作表没有读取；需要的话请先取消隐藏。"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("只有一段文字",)],
        [("职业名称", "等级"), ("折纸员", "五级")],
        [("职业名称", "课时"), ("折纸员", 80)],
        [("职业名称", "等级", "补贴标准"), ("折纸员", "五级", 900)],
    ],
)
def test_no_table(tmp_path: Path, rows: Rows) -> None:
    with pytest.raises(Unreadable) as caught:
        read(workbook(tmp_path / "a.xlsx", rows))
    assert caught.value.code == "no-table"


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 16_384), (1_048_576, 7), (300, 16_384)])
def test_a_far_cell_is_refused_before_it_takes_the_memory(tmp_path: Path, row: int, column: int) -> None:
    def far(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.cell(row, column).value = "x"

    path = workbook(tmp_path / "a.xlsx", [HEADER], change=far)
    start = time.process_time()
    with pytest.raises(Unsafe) as caught:
        read(path)
    assert caught.value.code == "far-cells"
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "content", [b"", b"\xe8\x81\x8c,1\n", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        read(path)


def test_other_zips_are_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for member in ("content.xml", "xl/workbook.bin", "readme.txt"):
        with zipfile.ZipFile(path, "w") as parts:
            parts.writestr(member, "<a/>")
        with pytest.raises(Unreadable):
            read(path)


def test_a_sheet_that_is_no_sound_xml(tmp_path: Path) -> None:
    """calamine forgives broken XML and would lay the far cell out."""
    good, bad = workbook(tmp_path / "good.xlsx", [HEADER]), tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(
                    b"<sheetData>",
                    b'<x a="1" a="2"/><sheetData><row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
                )
            target.writestr(part.filename, content)
    with pytest.raises(Unreadable):
        read(bad)


def test_macros_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEADER, (1, "8-77-01-01", "折纸员", "五级", 80, "", 900)])
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(Unsafe) as caught:
        read(path)
    assert caught.value.code == "macro"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as caught:
        read(tmp_path / "none.xlsx")
    assert caught.value.message.zh == "打不开“none.xlsx”，请检查文件是否存在。"


@pytest.mark.parametrize(("name", "valid_to"), [("", None), ("虚构", date(2022, 12, 31))])
def test_what_the_caller_must_give(tmp_path: Path, name: str, valid_to: date | None) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEADER, (1, "8-77-01-01", "折纸员", "五级", 80, "", 900)])
    with pytest.raises(UsageFault):
        import_catalogue(path, name=name, valid_from=date(2023, 1, 1), valid_to=valid_to)


def test_the_source_is_the_file_when_none_is_given(tmp_path: Path) -> None:
    path = workbook(tmp_path / "表（虚构）.xlsx", [HEADER, (1, "8-77-01-01", "折纸员", "五级", 80, "", 900)])
    edition, _ = import_catalogue(path, name="虚构", valid_from=date(2023, 1, 1))
    assert (edition.source, edition.fictitious, edition.valid_to) == ("表（虚构）.xlsx", False, None)


def test_imported_stored_and_found(tmp_path: Path) -> None:
    edition, _ = read(workbook(tmp_path / "a.xlsx", [HEADER, (1, "8-77-01-01", "折纸员", "五级", 80, "紧缺", 900)]))
    save(edition, tmp_path / "store")
    found = load_all(tmp_path / "store").find("8-77-01-01", "折纸员", "初级工", date(2023, 8, 31))
    assert found == edition.entries[0]
    assert found.hours == 80
