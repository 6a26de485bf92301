"""Refuse a workbook whose sheets reach too far out, before calamine sees it; say in our words what calamine itself refuses.

calamine lays a sheet out in memory from its first cell to its last. Two cells, A1 and XFD1048576, in a file of 5 KB ask for 512 GB, and
the process is aborted without an exception. So the addresses of the cells are read first.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.parsers import expat

from python_calamine import CalamineError

from kebao.model.errors import Unreadable, Unsafe
from kebao.model.text import Text

MAX_CELLS = 4_000_000
"""Rows × columns of one sheet: a bank of 100 000 questions in 18 columns is 1.8 million; calamine takes 24 bytes a cell."""

_CHUNK = 1 << 16
_SHEET_MARK = b"sheetData"
_OF_OTHER_FORMATS = {"xl/workbook.bin", "content.xml", "mimetype"}  # xlsb, ods: calamine would read them too
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ROW = re.compile(r"[0-9]{1,7}")


class _Extent:
    """Lowest and rightmost place that a sheet's cells name, counted as they are parsed."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self._row = 0
        self._column = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take one opening tag; rows and cells without an address follow the one before them.

        Raises:
            ValueError: an address is none of Excel's. calamine makes a place of any letters and digits, however far out.
        """
        tag = tag.rpartition(":")[2]
        written = attributes.get("r")
        if tag == "row":
            self._row = self._row + 1 if written is None else _row_number(written)
            self._column = 0
        elif tag == "c":
            row, self._column = (self._row, self._column + 1) if written is None else _place(written)
            self.rows, self.columns = max(self.rows, row), max(self.columns, self._column)


def refuse_far_cells(stream: IO[bytes], name: str) -> None:
    """Read the cell addresses of every part of an .xlsx; the stream is left at its start.

    Raises:
        Unsafe: a sheet spans more than `MAX_CELLS`, counted from A1.
        Unreadable: it is no .xlsx, or a part is damaged.
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as parts:
            names = {part.filename.lower() for part in parts.infolist()}
            if "xl/workbook.xml" not in names or names & _OF_OTHER_FORMATS:
                raise _not_xlsx(name)
            for part in parts.infolist():
                _measure(parts, part, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as fault:
        raise _not_xlsx(name) from fault
    finally:
        stream.seek(0)


@contextmanager
def refuse_what_calamine_refuses(refusal: Unreadable) -> Iterator[None]:
    """Raise `refusal` for anything that goes wrong inside, as long as calamine is what runs there."""
    try:
        yield
    except (CalamineError, OSError, ValueError, KeyError, OverflowError, MemoryError) as fault:
        raise refusal from fault
    except BaseException as panic:
        if type(panic).__module__ != "pyo3_runtime":  # a panic is no `Exception`, and its class has no importable name
            raise
        raise refusal from panic


def _measure(parts: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """Measure one part; pictures and the like are passed over, but a part that holds a sheet has to be sound XML."""
    extent = _Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.start
    sound, tail = True, b""
    with parts.open(part) as content:
        while chunk := content.read(_CHUNK):
            if sound:
                try:
                    parser.Parse(chunk, False)
                except expat.ExpatError:
                    sound = False
            if not sound and _SHEET_MARK in tail + chunk:
                raise _not_xlsx(name, part.filename)  # calamine forgives what expat does not, and would lay it out
            tail = (tail + chunk)[-_CHUNK:]
            if extent.rows * extent.columns > MAX_CELLS:
                raise Unsafe(
                    "far-cells",
                    Text(
                        zh=f"“{name}”里有单元格远在表格之外（第 {extent.rows} 行、第 {extent.columns} 列），没有读取。请删去表格以外的内容再保存。",
                        en=f"“{name}” has a cell far outside its table (row {extent.rows}, column {extent.columns}) and was not read.",
                    ),
                    entry=part.filename,
                )


def _not_xlsx(name: str, part: str = "") -> Unreadable:
    return Unreadable(
        "not-xlsx",
        Text(
            zh=f"“{name}”不是完好的 .xlsx 文件，请用 Excel 或 WPS 另存为 .xlsx。",
            en=f"“{name}” is not a sound .xlsx file; save it again as .xlsx in Excel or WPS.",
        ),
        entry=part,
    )


def _row_number(written: str) -> int:
    if _ROW.fullmatch(written) is None:
        raise ValueError(written)
    return int(written)


def _place(written: str) -> tuple[int, int]:
    address = _ADDRESS.fullmatch(written)
    if address is None:
        raise ValueError(written)
    return int(address[2]), _column_number(address[1])


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
