"""Tables that leave the house: a workbook (.xlsx) or a CSV, written row by row, however many there are.

It is shared because every list of the office is handed out alike. What strangers wrote stands in these cells: nothing in them
is a formula, a link or a number unless its column says so.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any

from django.utils import timezone

SHEET_ROWS = 1_000_000
"""Rows of one sheet; what is beyond stands on the next one. Excel takes 1 048 576."""
CELL_CHARS = 32_767
"""Characters that Excel takes in a cell."""
MOMENT = "yyyy-mm-dd hh:mm:ss"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would take for a formula when it opens a CSV, or when somebody edits the cell."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot say; programs disagree on how else it is told."""
_PIECE = 1 << 16


class Kind(StrEnum):
    """What a column holds, which says how it is written."""

    TEXT = "text"
    OWN = "own"
    """Somebody's own words, in whatever language."""
    CODE = "code"
    """Signs that must stay as they are: a number with a leading zero is none."""
    MOMENT = "moment"
    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    """0 to 1, shown as a percentage."""


Value = str | int | Decimal | datetime | None
"""A moment is aware and written by the clock on the office's wall; a spreadsheet knows no time zones."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table that leaves: its heading, what it holds, its width in characters."""

    words: str
    kind: Kind
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a workbook with several: `title` without `[]:*?/\\`, at most 25 characters; `rows` are values, one a column."""

    title: str
    heads: Sequence[Head]
    rows: Iterable[Sequence[Value]]


def workbook(title: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]]) -> IO[bytes]:
    """A workbook of one table, as `workbook_of`."""
    return workbook_of([Sheet(title, heads, rows)])


def workbook_of(sheets: Iterable[Sheet]) -> IO[bytes]:
    """A workbook as a file at its start, on disk and not in memory; whoever takes it closes it. One sheet is written after the other."""
    from xlsxwriter import Workbook  # twelve modules that no page needs

    target = tempfile.TemporaryFile(prefix="ketang-", suffix=".xlsx")  # noqa: SIM115 - whoever takes it closes it
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    try:
        with Workbook(target, options) as book:
            for one in sheets:
                _Writer(book, one.title, one.heads).write(one.rows)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


class _Writer:
    def __init__(self, book: Any, title: str, heads: Sequence[Head]) -> None:
        self._book, self._title, self._heads = book, title, heads
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._moment = book.add_format({"num_format": MOMENT})
        self._numbers = {
            Kind.MONEY: book.add_format({"num_format": "#,##0.00"}),
            Kind.SHARE: book.add_format({"num_format": "0.0%"}),
        }
        # `@` and the quote keep a cell the text it is when somebody edits it.
        self._text = book.add_format({"num_format": "@"})
        self._quoted = book.add_format({"num_format": "@", "quote_prefix": True})

    def write(self, rows: Iterable[Sequence[Value]]) -> None:
        sheet, line, number = self._sheet(1), 0, 1
        for row in rows:
            if line == SHEET_ROWS:
                number += 1
                sheet, line = self._sheet(number), 0
            line += 1
            for place, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, datetime):
                    sheet.write_datetime(line, place, timezone.localtime(value).replace(tzinfo=None), self._moment)
                elif isinstance(value, str):
                    kept = self._quoted if value.startswith(_FORMULA) else self._text
                    sheet.write_string(line, place, _CONTROL.sub("", value)[:CELL_CHARS], kept)
                else:
                    sheet.write_number(line, place, value, self._numbers.get(self._heads[place].kind))

    def _sheet(self, number: int) -> Any:
        """A sheet with its headings, which stay in sight and are printed on every page, A4 across."""
        sheet = self._book.add_worksheet(self._title if number == 1 else f"{self._title} {number}")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        sheet.freeze_panes(1, 0)
        for place, head in enumerate(self._heads):
            sheet.set_column(place, place, head.width)
            sheet.write_string(0, place, head.words, self._bold)
        return sheet


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """A file in pieces, closed at its end."""
    with file:
        while piece := file.read(_PIECE):
            yield piece


def csv_pieces(heads: Sequence[Head], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """A CSV in UTF-8 with the mark by which Excel knows it, row by row. What would be a formula gets an apostrophe before it."""
    held = io.StringIO()
    write = csv.writer(held).writerow
    write([_plain(head.words) for head in heads])
    yield "\ufeff".encode()
    for row in rows:
        write([_plain(value) for value in row])
        if held.tell() > _PIECE:
            yield _taken(held)
    yield _taken(held)


def _taken(held: io.StringIO) -> bytes:
    words = held.getvalue()
    held.seek(0)
    held.truncate()
    return words.encode()


def _plain(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    words = "" if value is None else str(value)
    return f"'{words}" if isinstance(value, str) and words.startswith(_FORMULA) else words
