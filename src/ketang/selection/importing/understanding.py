"""What the rows of a sheet say, once it is known which column is what."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ketang.selection.desk.codes import tracking_number
from ketang.selection.importing.days import Unread, moment, shown
from ketang.selection.importing.faults import Fault
from ketang.selection.importing.fields import Field, plain
from ketang.selection.importing.models import Cell
from ketang.selection.ledger.models import Medium

DITTO = "同上"
_TOTAL = re.compile(r"(?:合计|小计|总计|共计|累计)[:：]?.{0,12}")
_PAPER = re.compile(r"书面|纸|原件|快递|邮寄|邮政|挂号|当面|打印|paper", re.IGNORECASE)
_ELECTRONIC = re.compile(r"电子|邮件|邮箱|网盘|光盘|u ?盘|硬盘|mail|electronic", re.IGNORECASE)
_LOST = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_LONGEST = {Field.SUPPLIER: 200, Field.TITLE: 400, Field.PHONE: 60, Field.COPIES: 40, Field.COURIER: 50, Field.OLD: 60}
_SAME = (Field.RECEIVED, Field.SUPPLIER, Field.TITLE, Field.MEDIUM, Field.TRACKING, Field.OLD)
"""Rows that say the same of these are the same arrival; of several courses in one box each says its own."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which column is what, and what is meant where a row does not say it (`SheetImport`)."""

    header: int
    columns: Sequence[str]
    year: int | None
    medium: str

    def place(self, wanted: Field) -> int | None:
        """The column of a field."""
        return self.columns.index(wanted) if wanted in self.columns else None


@dataclass(slots=True)
class Understood:
    """A row: its number, what it says by field, and why it cannot be taken in.

    Attributes:
        received, postmark: by the clock on the office's wall.
        key: the same for rows that are the same arrival; empty for one that cannot be taken in.
    """

    line: int
    said: dict[str, str] = field(default_factory=dict)
    received: datetime | None = None
    postmark: datetime | None = None
    fault: str = ""
    fault_of: str = ""
    key: str = ""


def understood(rows: Iterable[tuple[int, Sequence[Cell]]], mapped: Mapped, *, now: datetime) -> list[Understood]:
    """Each row below the header, in order; the header repeated on a further page of the sheet is passed over.

    Args:
        rows: (number, cells) of one sheet, in order.
        now: by the clock on the office's wall.
    """
    found: list[Understood] = []
    above: dict[Field, Cell] = {}
    heads: list[str] = []
    first: dict[str, int] = {}
    for line, cells in rows:
        if line == mapped.header:
            heads = [plain(cell) for cell in cells]
        if line <= mapped.header or (heads and [plain(cell) for cell in cells] == heads):
            continue
        row = _row(line, cells, mapped, above, now)
        if row.key and row.key in first:
            row.fault, row.fault_of = Fault.SAME_LINE, str(first[row.key])
        first.setdefault(row.key, line)
        found.append(row)
    return found


def _row(line: int, cells: Sequence[Cell], mapped: Mapped, above: dict[Field, Cell], now: datetime) -> Understood:
    row = Understood(line)
    told: dict[Field, Cell] = {}
    for one in Field:
        place = mapped.place(one)
        cell = cells[place] if place is not None and place < len(cells) else ""
        told[one] = above.get(one, "") if cell == DITTO else cell
        above[one] = told[one]
    for one, cell in told.items():
        if one not in (Field.RECEIVED, Field.POSTMARK, Field.MEDIUM) and (words := shown(cell)):
            row.said[one] = words[: _LONGEST.get(one, 500)]
    try:
        _judge(row, told, mapped, now, [shown(cell) for cell in cells if shown(cell)])
    except Unread as unread:
        row.fault, row.fault_of = unread.fault, unread.of
        return row
    row.key = _key(row)
    return row


def _judge(row: Understood, told: Mapping[Field, Cell], mapped: Mapped, now: datetime, filled: list[str]) -> None:
    if any(_TOTAL.fullmatch(words) for words in filled[:2]):
        raise Unread(Fault.TOTAL, "")
    if not shown(told[Field.RECEIVED]):
        raise Unread(Fault.NO_DATE, "")
    row.received = moment(told[Field.RECEIVED], year=mapped.year, now=now)
    row.said[Field.RECEIVED] = _written(row.received)
    if shown(told[Field.POSTMARK]):
        row.postmark = moment(told[Field.POSTMARK], year=mapped.year, now=now)
        row.said[Field.POSTMARK] = f"{row.postmark:%Y-%m-%d}"
    if Field.SUPPLIER not in row.said and Field.TITLE not in row.said:
        raise Unread(Fault.NOBODY, "")
    row.said[Field.MEDIUM] = _medium(shown(told[Field.MEDIUM]), mapped.medium)
    number = told[Field.TRACKING]
    lost = isinstance(number, int | float) and abs(number) >= 1e15
    if lost or _LOST.fullmatch(shown(number)):
        raise Unread(Fault.TRACKING, shown(number))
    if shown(number):
        row.said[Field.TRACKING] = (tracking_number(shown(number)) or shown(number))[:40]


def _written(when: datetime) -> str:
    return f"{when:%Y-%m-%d}" if (when.hour, when.minute, when.second) == (0, 0, 0) else f"{when:%Y-%m-%d %H:%M:%S}"


def _medium(words: str, other: str) -> str:
    plainly = unicodedata.normalize("NFKC", words)
    paper, electronic = _PAPER.search(plainly), _ELECTRONIC.search(plainly)
    if paper and electronic:
        raise Unread(Fault.TWO_MEDIA, words[:60])
    if paper or electronic:
        return Medium.PAPER.value if paper else Medium.ELECTRONIC.value
    if words:
        raise Unread(Fault.MEDIUM, words[:60])
    return other


def _key(row: Understood) -> str:
    same = [plain(row.said.get(one, "")) if one != Field.RECEIVED else row.said[one] for one in _SAME]
    return hashlib.sha256("\n".join(same).encode()).hexdigest()
