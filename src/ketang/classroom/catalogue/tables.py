"""The table beside a chart: rows of a .csv or .xlsx as words, and which of its columns are numbers to be drawn."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from kebao.archive.limits import Limits
from kebao.archive.names import decode_text
from kebao.model.errors import Unreadable
from kebao.model.text import Text

MOST_ROWS, MOST_COLUMNS = 1000, 30
"""More is no chart to be read; the file itself is handed out whole."""
_MOST_BYTES = 2 * 1024 * 1024
_MOST_CHARACTERS = 500
_NUMBER = re.compile(r"[-+−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[%％]?")
SUFFIXES = frozenset({".csv", ".xlsx"})


@dataclass(frozen=True, slots=True)
class Table:
    """Head and rows as words; each row is as long as the head. `left_out` rows were too many."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    left_out: int = 0

    @property
    def numbers(self) -> list[int]:
        """Places of columns whose every filled cell is a number; never the first column, which names the rows."""
        return [
            place
            for place in range(1, len(self.head))
            if any(cells := [row[place] for row in self.rows])
            and all(number_of(one) is not None for one in cells if one)
        ]

    def name_of(self, row: Sequence[str]) -> str:
        """What a row is called: its cells that are not numbers."""
        drawn = set(self.numbers)
        return " ".join(cell for place, cell in enumerate(row) if place not in drawn and cell)

    @property
    def words(self) -> str:
        """Cells in words, a line a row."""
        return "\n".join(" ".join(cell for cell in row if cell) for row in (self.head, *self.rows))

    def as_json(self) -> dict[str, Any]:
        """To be kept with a lesson."""
        return {"head": list(self.head), "rows": [list(row) for row in self.rows], "left_out": self.left_out}

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> Table | None:
        """As it was kept; None for a lesson without one."""
        return cls(kept["head"], kept["rows"], kept.get("left_out", 0)) if kept else None


def number_of(cell: str) -> float | None:
    """A cell as a number, `1,200` and `35%` too; None where it is none."""
    told = cell.strip().replace("−", "-")
    if not _NUMBER.fullmatch(told):
        return None
    return float(told.replace(",", "").rstrip("%％"))


def read_table(stream: BinaryIO, path: str, limits: Limits) -> Table | None:
    """The table of a file: its first filled sheet; None where there are no two filled rows.

    Raises:
        Unreadable, Unsafe: damaged, with macros, or made to break a reader.
    """
    from kebao.archive.office import vet_office  # with readers of pictures and office files, which pages do not need

    if PurePosixPath(path).suffix.lower() == ".csv":
        text, _encoding = decode_text(stream.read(_MOST_BYTES))
        rows = _csv(text)
    else:
        vet_office(stream, limits, path)
        rows = _workbook(stream)
    return _table([row for row in rows if any(row)])


def _csv(text: str) -> list[list[str]]:
    first = text.lstrip().partition("\n")[0]
    mark = max(",\t;", key=first.count)
    try:
        return [[_words(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]
    except csv.Error as error:
        raise Unreadable("damaged", Text(zh="数据表读不出来。", en="The table cannot be read.")) from error


def _workbook(stream: BinaryIO) -> list[list[str]]:
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(stream) as book:
            for about in book.sheets_metadata:
                hidden = about.visible != calamine.SheetVisibleEnum.Visible
                if about.typ != calamine.SheetTypeEnum.WorkSheet or hidden:
                    continue
                rows = [[_words(cell) for cell in row] for row in book.get_sheet_by_name(about.name).iter_rows()]
                if any(any(row) for row in rows):
                    return rows
    except calamine.CalamineError as error:
        raise Unreadable("damaged", Text(zh="数据表读不出来。", en="The table cannot be read.")) from error
    return []


def _words(cell: Any) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.time):
        return cell.strftime("%H:%M")
    return " ".join(str(cell).split())[:_MOST_CHARACTERS] if cell is not None else ""


def _table(rows: Iterable[Sequence[str]]) -> Table | None:
    found = list(rows)
    width = min(max((_width(row) for row in found), default=0), MOST_COLUMNS)
    if len(found) < 2 or not width:
        return None
    even = [[*row[:width], *[""] * (width - len(row))] for row in found]
    return Table(even[0], even[1 : MOST_ROWS + 1], max(0, len(even) - 1 - MOST_ROWS))


def _width(row: Sequence[str]) -> int:
    return max((place + 1 for place, cell in enumerate(row) if cell), default=0)
