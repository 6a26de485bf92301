"""Dates as offices write them, and what is no date, or could be two."""

from __future__ import annotations

from datetime import datetime

import pytest

from ketang.selection.importing.days import Unread, moment
from ketang.selection.importing.faults import Fault
from ketang.selection.importing.models import Cell

NOW = datetime(2026, 11, 26, 9, 0)


def read(cell: Cell, year: int | None = 2026) -> str:
    try:
        found = moment(cell, year=year, now=NOW)
    except Unread as unread:
        return f"{unread.fault} {unread.of}"
    return f"{found:%Y-%m-%d}" if (found.hour, found.minute) == (0, 0) else f"{found:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        *((words, "2026-03-05") for words in (
            "2026-03-05", "2026.3.5", "2026/3/5", "2026年3月5日", "２０２６．３．５", "2026。3。5", "20260305", "26.3.5", "3月5日",
            "3.5", "3/5", "3月5号", "2026年3月5日（周四）", "2026年3月5日 星期四", "2026 年 3 月 5 日", 46086, "46086", 3.5, 20260305,
        )),
        ("2026-03-05 14:30", "2026-03-05 14:30"), ("2026年3月5日下午2:30", "2026-03-05 14:30"), (46086.604166667, "2026-03-05 14:30"),
        ("3月5日上午", "2026-03-05"), ("3.1", "2026-03-01"), (3.15, "2026-03-15"), ("2026-03-05 14:30:00", "2026-03-05 14:30"),
    ],
)  # fmt: skip
def test_a_day_is_read(cell: Cell, day: str) -> None:
    assert read(cell) == day


@pytest.mark.parametrize(
    ("cell", "fault", "of"),
    [
        (3.1, Fault.DAY_UNCLEAR, "3.1"), ("昨天", Fault.DATE, "昨天"), ("2026-02-30", Fault.DATE, "2026-02-30"), ("13月5日", Fault.DATE, "13月5日"),
        ("2026-12-01", Fault.AHEAD, "2026-12-01"), ("1999-12-31", Fault.TOO_OLD, "1999-12-31"), ("31.12.26", Fault.DATE, "31.12.26"),
        (9.75e300, Fault.DATE, "9.75e+300"), (-1, Fault.DATE, "-1"), ("=NOW()", Fault.DATE, "=NOW()"), ("3月1日-3月5日", Fault.DATE, "3月1日-3月5日"),
        ("2026-03-05 25:00", Fault.DATE, "2026-03-05 25:00"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_said(cell: Cell, fault: Fault, of: str) -> None:
    assert read(cell) == f"{fault} {of}"


def test_a_day_without_a_year_needs_one() -> None:
    assert read("3月5日", year=None) == "no-year 3月5日"
