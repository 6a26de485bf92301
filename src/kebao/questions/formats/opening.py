"""Open a workbook of questions: its sheets as rows of plain values, or a clear refusal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from kebao.archive.extent import refuse_far_cells
from kebao.model.errors import Unreadable
from kebao.model.text import Text
from kebao.questions.formats.old_workbook import is_old_workbook, refuse_far_cells_of_old

Row = list[object]

_DAMAGED = Text(
    zh="“{path}”读不出来，可能已损坏。请用 Excel 或 WPS 打开后另存为 .xlsx。",
    en="“{path}” cannot be read; it may be damaged. Open it in Excel or WPS and save it as .xlsx.",
)


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """One sheet of cells. Its rows begin with Excel's row 1; columns to the left of the first filled one are not among them."""

    name: str
    _sheet: CalamineSheet

    def rows(self) -> Iterator[Row]:
        """The rows in order, all of one length."""
        return (list[object](row) for row in self._sheet.iter_rows())


def open_sheets(stream: BinaryIO, path: str) -> tuple[OpenSheet, ...]:
    """Every sheet of cells of a vetted .xlsx or .xls, in order, hidden ones too: they hold what a person once wrote.

    Args:
        stream: seekable.
        path: what the file is called in messages.

    Raises:
        Unreadable: `damaged`, `not-xlsx`.
        Unsafe: `far-cells`.
    """
    if is_old_workbook(stream):
        refuse_far_cells_of_old(stream, path)
    else:
        refuse_far_cells(stream, path)
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        names = [about.name for about in workbook.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
        return tuple(OpenSheet(name, workbook.get_sheet_by_name(name)) for name in names)
    except (CalamineError, OSError, ValueError, KeyError, OverflowError, MemoryError) as fault:
        raise Unreadable("damaged", _DAMAGED.format(path=path), entry=path) from fault
    except BaseException as panic:
        if (
            type(panic).__module__ != "pyo3_runtime"
        ):  # a panic of the reader is no `Exception`, and has no importable name
            raise
        raise Unreadable("damaged", _DAMAGED.format(path=path), entry=path) from panic


def shown(value: object) -> str:
    """A cell as Excel shows it, without space around: whole numbers without `.0`, TRUE and FALSE, dates as ISO."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    return "" if value is None else str(value)


def is_date(value: object) -> bool:
    """True for a cell that Excel keeps as a date, a time or a span of time."""
    return isinstance(value, datetime.date | datetime.time | datetime.timedelta)
