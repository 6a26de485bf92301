"""Open a workbook of questions: its sheets as rows of plain values, or a clear refusal."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum

from kebao.archive.extent import refuse_far_cells, refuse_what_calamine_refuses
from kebao.model.errors import Unreadable
from kebao.model.text import Text
from kebao.questions.formats import old_child
from kebao.questions.formats.old_workbook import is_old_workbook, refuse_far_cells_of_old

Row = list[object]

_OLD_SECONDS = 60
_DATED: dict[str, Callable[[str], object]] = {
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda seconds: datetime.timedelta(seconds=float(seconds)),
}
_DAMAGED = Text(
    zh="“{path}”读不出来，可能已损坏。请用 Excel 或 WPS 打开后另存为 .xlsx。",
    en="“{path}” cannot be read; it may be damaged. Open it in Excel or WPS and save it as .xlsx.",
)


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """One sheet of cells. Its rows begin with Excel's row 1; columns to the left of the first filled one are not among them.

    Attributes:
        name: of the sheet.
        rows: the rows in order, all of one length.
        left: columns to the left of the first filled one.
        merged: cells that were joined into one, as first and last (row, column) counted from 0 of the sheet; none of an .xls.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    left: int = 0
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


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
        return _old_sheets(stream.read(), path)
    refuse_far_cells(stream, path)
    with refuse_what_calamine_refuses(Unreadable("damaged", _DAMAGED.format(path=path), entry=path)):
        workbook = CalamineWorkbook.from_filelike(stream)
        names = [about.name for about in workbook.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
        return tuple(_opened(name, workbook.get_sheet_by_name(name)) for name in names)


def _opened(name: str, sheet: CalamineSheet) -> OpenSheet:
    left = sheet.start[1] if sheet.start is not None else 0
    return OpenSheet(name, _rows_of(sheet), left, tuple(sheet.merged_cell_ranges or ()))


def _rows_of(sheet: CalamineSheet) -> Callable[[], Iterator[Row]]:
    return lambda: (list[object](row) for row in sheet.iter_rows())


def _old_sheets(content: bytes, path: str) -> tuple[OpenSheet, ...]:
    """Sheets of an .xls, read by `old_child` in a process of its own."""
    try:
        done = subprocess.run(  # noqa: S603  our own file, by our own interpreter
            [sys.executable, "-I", old_child.__file__],
            input=content,
            capture_output=True,
            check=True,
            timeout=_OLD_SECONDS,
        )
        found: list[tuple[str, list[list[Any]]]] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as fault:
        raise Unreadable("damaged", _DAMAGED.format(path=path), entry=path) from fault
    return tuple(OpenSheet(name, _old_rows(rows)) for name, rows in found)


def _old_rows(rows: list[list[Any]]) -> Callable[[], Iterator[Row]]:
    return lambda: ([_DATED[cell[0]](cell[1]) if isinstance(cell, list) else cell for cell in row] for row in rows)


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
