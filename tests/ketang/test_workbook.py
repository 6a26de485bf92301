"""Workbooks and CSV that leave the house: types, codes, hostile cells, another program's eyes, and memory."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from ketang.platform import workbook as made
from ketang.platform.workbook import Head, Kind, csv_pieces, pieces_of, workbook
from libreoffice import needs_libreoffice, resaved

HEADS = [
    Head("收件编号", Kind.CODE), Head("收到时间", Kind.MOMENT, 20), Head("单位", Kind.OWN), Head("大小", Kind.COUNT),
]  # fmt: skip
AT = datetime(2026, 3, 1, 16, 30, 5, tzinfo=UTC)  # the day after, by the wall
ROWS = [
    ("00012", AT, "示例学校", 0),
    ("=1+1", None, "+cmd|' /C calc'!A0", None),
    ("-2", AT, "@SUM(A1)", 12345678901),
    ("1e5", AT, "https://example.org/ <b>&\x01 😀", 3),
]
READ = [
    ("收件编号", "收到时间", "单位", "大小"),
    ("00012", datetime(2026, 3, 2, 0, 30, 5), "示例学校", 0),
    ("=1+1", None, "+cmd|' /C calc'!A0", None),
    ("-2", datetime(2026, 3, 2, 0, 30, 5), "@SUM(A1)", 12345678901),
    ("1e5", datetime(2026, 3, 2, 0, 30, 5), "https://example.org/ <b>& 😀", 3),
]


def written(folder: Path) -> Path:
    path = folder / "台账.xlsx"
    path.write_bytes(b"".join(pieces_of(workbook("收件台账", HEADS, ROWS))))
    return path


def read(path: Path) -> list[tuple[object, ...]]:
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
    return [tuple(cell.value for cell in row) for row in sheet]


def test_types_are_right_and_nothing_is_a_formula(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert read(path) == READ
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert (sheet.title, sheet.freeze_panes, sheet.print_title_rows) == ("收件台账", "A2", "$1:$1")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert [sheet.cell(row, 1).data_type for row in (2, 3, 4, 5)] == ["s"] * 4
    assert [sheet.cell(row, 1).quotePrefix for row in (2, 3, 4, 5)] == [False, True, True, False]
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


@needs_libreoffice
def test_libreoffice_reads_the_same(tmp_path: Path) -> None:
    assert read(resaved(written(tmp_path), tmp_path / "again")) == READ


def test_csv_begins_with_the_mark_and_formulas_are_text() -> None:
    assert b"".join(csv_pieces(HEADS, ROWS[:3])).decode() == (
        "\ufeff收件编号,收到时间,单位,大小\r\n00012,2026-03-02 00:30:05,示例学校,0\r\n"
        "'=1+1,,'+cmd|' /C calc'!A0,\r\n'-2,2026-03-02 00:30:05,'@SUM(A1),12345678901\r\n"
    )


def test_more_rows_than_a_sheet_takes_go_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "SHEET_ROWS", 2)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(pieces_of(workbook("台账", HEADS, ROWS[:1] * 5)))))
    assert [(sheet.title, sheet.max_row) for sheet in book] == [("台账", 3), ("台账 2", 3), ("台账 3", 2)]


def test_what_fails_on_the_way_leaves_no_file() -> None:
    def rows() -> object:
        yield ROWS[0]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        workbook("台账", HEADS, rows())  # type: ignore[arg-type]  # a generator that fails


def test_memory_does_not_grow_with_the_rows() -> None:
    """The peak of a process that writes 20 000 rows is that of one that writes 200, but for a little."""
    words = """
import django, resource, sys
from django.conf import settings
settings.configure(USE_TZ=True); django.setup()
from ketang.platform.workbook import *
heads = [Head("x", Kind.TEXT)] * 9
for piece in pieces_of(workbook("t", heads, (tuple(f"{i} {j} 示例" for j in range(9)) for i in range(int(sys.argv[1]))))):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    few, many = (
        int(subprocess.run([sys.executable, "-c", words, rows], check=True, capture_output=True, text=True).stdout)
        for rows in ("200", "20000")
    )
    assert many - few < 10_000  # kB
