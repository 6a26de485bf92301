"""Cells of a workbook as values with places."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import python_calamine as calamine

from kebao.model.location import Location
from kebao.package.written import Scalar
from kebao.text.measures import parse_decimal
from kebao.text.names import fold

Raw: TypeAlias = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet from A1 on; `rows[0]` is row 1."""

    path: str
    sheet: str
    rows: Sequence[Sequence[Raw]]

    def at(self, row: int, column: str = "", field: str = "") -> Location:
        """A place in it. Rows count from 0 here and from 1 in the place."""
        return Location(path=self.path, field=field, sheet=self.sheet, row=row + 1, column=column)

    def value(self, row: int, column: int) -> Scalar:
        """What stands in a cell; None for an empty one and for one outside."""
        if column >= len(self.rows[row]):
            return None
        return scalar(self.rows[row][column])

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, as text."""
        value = self.value(row, column)
        return "" if value is None else str(value).strip()

    def filled(self, row: int) -> Iterator[int]:
        """Columns of a row in which something stands."""
        return (column for column in range(len(self.rows[row])) if self.value(row, column) is not None)


def grids(book: calamine.CalamineWorkbook, path: str) -> tuple[Grid, ...]:
    """Every sheet of cells, in order; hidden ones too, since they hold what a person once wrote."""
    sheets = (about.name for about in book.sheets_metadata if about.typ == calamine.SheetTypeEnum.WorkSheet)
    return tuple(Grid(path, name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in sheets)


def scalar(cell: Raw) -> Scalar:
    """A cell's value: text, number or yes/no; dates and times as text, the way they are written in the manifest."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, (int, float)):
        number = parse_decimal(cell)
        return str(cell) if number is None else number
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return str(cell)


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """A label in the form in which two are compared: without spaces, stars, colons, and what stands in brackets at its end."""
    key = "".join(fold(text).split()).strip("*:＊※★")
    if key.endswith(")") and "(" in key:
        shorter = key[: key.rindex("(")]
        return shorter or key
    return key
