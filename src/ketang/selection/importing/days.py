"""Dates as offices write them: 2026.3.5, 2026年3月5日, 3月5日, 20260305, and the numbers that spreadsheets keep for them."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import datetime, timedelta

from ketang.selection.importing.faults import Fault
from ketang.selection.importing.models import Cell

FIRST_YEAR, LAST_YEAR = 2000, 2099
_EPOCH = datetime(1899, 12, 30)
"""Day 0 of spreadsheets, as they count since March 1900."""
_SERIALS = (36526, 73051)
"""The first day of 2000, and the one after the last of 2099."""
_BETWEEN, _DAY_BETWEEN = r"\s*[-./年、,~]\s*", r"\s*[-./月、,]\s*"
_LEFT = (
    r"\s*(?:日|号)?\s*(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?\s*(上午|下午|晚上|中午|早上)?\s*"
    r"(?:T?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*分?)?(?::(\d{1,2}))?\S{0,7})?"
)
_FULL = re.compile(rf"(\d{{4}}|\d{{2}}){_BETWEEN}(\d{{1,2}}){_DAY_BETWEEN}(\d{{1,2}}){_LEFT}")
_SHORT = re.compile(rf"(\d{{1,2}})\s*[-./月]\s*(\d{{1,2}}){_LEFT}")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_UNCLEAR = re.compile(r"\d{1,2}\.[123]")


class Unread(Exception):
    """No day, with the fault and what it is about."""

    def __init__(self, fault: Fault, of: str) -> None:
        super().__init__(fault)
        self.fault, self.of = fault, of


def moment(cell: Cell, *, year: int | None, now: datetime) -> datetime:
    """The day that a cell names, with the hour where it says one, by the clock on the office's wall.

    Args:
        cell: text, or a number as spreadsheets keep days.
        year: of what names only month and day.
        now: by the same clock; nothing arrived after it.

    Raises:
        Unread: `DATE`, `NO_YEAR`, `DAY_UNCLEAR`, `AHEAD`, `TOO_OLD`.
    """
    words = shown(cell)
    found = _read(cell, words, year, now)
    if found.year < FIRST_YEAR:
        raise Unread(Fault.TOO_OLD, f"{found:%Y-%m-%d}")
    if found.year > LAST_YEAR or found.date() > now.date():
        raise Unread(Fault.AHEAD, f"{found:%Y-%m-%d}")
    return found


def shown(cell: Cell) -> str:
    """A cell as a person reads it, on one line."""
    if isinstance(cell, float) and math.isfinite(cell) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    return " ".join((format(cell, ".15g") if isinstance(cell, float) else str(cell)).split())


def _read(cell: Cell, words: str, year: int | None, now: datetime) -> datetime:
    text = unicodedata.normalize("NFKC", words).replace("。", ".").strip()
    if not isinstance(cell, str) and _UNCLEAR.fullmatch(text):
        raise Unread(Fault.DAY_UNCLEAR, text)
    if _NUMBER.fullmatch(text) and _SERIALS[0] <= float(text) < _SERIALS[1]:
        return _EPOCH + timedelta(seconds=round(float(text) * 86_400))
    if parts := _COMPACT.fullmatch(text):
        return _made(words, int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := _FULL.fullmatch(text):
        full = int(parts[1]) + (2000 if len(parts[1]) == 2 else 0)
        if len(parts[1]) == 2 and full > now.year:  # 31.12.26 is nobody's habit here, and is not guessed at
            raise Unread(Fault.DATE, words[:60])
        return _made(words, full, int(parts[2]), int(parts[3]), *parts.groups()[3:])
    if parts := _SHORT.fullmatch(text):
        if year is None:
            raise Unread(Fault.NO_YEAR, words[:60])
        return _made(words, year, int(parts[1]), int(parts[2]), *parts.groups()[2:])
    raise Unread(Fault.DATE, words[:60])


def _made(
    words: str, year: int, month: int, day: int, half: str | None = None, hour: str | None = None,
    minute: str | None = None, second: str | None = None,
) -> datetime:  # fmt: skip
    hours = int(hour or 0)
    if half in ("下午", "晚上") and 1 <= hours < 12:
        hours += 12
    try:
        return datetime(year, month, day, hours, int(minute or 0), int(second or 0))
    except ValueError as wrong:
        raise Unread(Fault.DATE, words[:60]) from wrong
