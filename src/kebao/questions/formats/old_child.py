"""Run as a program of its own: an .xls on standard input, its sheets as JSON on standard output.

An .xls is a file system inside a file. calamine follows its chains on trust: a ring fills the memory, a chain that leaves the file
ends the process. Both happen here, in a process with little memory, and never in the one that checks a package.
It imports nothing of kebao, so that it starts at once.
"""

from __future__ import annotations

import datetime
import io
import json
import sys

from python_calamine import CalamineWorkbook, SheetTypeEnum

MEMORY_BYTES = 1 << 30


def limit_memory() -> None:
    """No more than `MEMORY_BYTES`, where the system knows of such a limit."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of the caller remains
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    least = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (least, hard))


def plain(cell: object) -> object:
    """A cell as JSON holds it: dates and times as a list of their kind and their text."""
    if isinstance(cell, datetime.timedelta):
        return ["timedelta", str(cell.total_seconds())]
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return [type(cell).__name__, cell.isoformat()]
    return cell


def sheets(content: bytes) -> list[tuple[str, list[list[object]]]]:
    """Name and rows of every sheet of cells."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = [about.name for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
    return [
        (name, [[plain(cell) for cell in row] for row in book.get_sheet_by_name(name).iter_rows()]) for name in names
    ]


if __name__ == "__main__":
    limit_memory()
    sys.stdout.write(json.dumps(sheets(sys.stdin.buffer.read())))
