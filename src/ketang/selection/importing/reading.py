"""Reading a spreadsheet that somebody brings: .xlsx, .xls, CSV and text in UTF-8, UTF-16 or GB18030. Its bytes are not trusted.

What judges and reads workbooks is the library's (`archive.office`, `questions.formats.opening`): no macros, no password, no bombs, no
cells far out; formulas are never worked out, their last result counts.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kebao.archive.charset import ranked
from kebao.archive.limits import MIB, Limits
from kebao.archive.office import vet_office
from kebao.archive.sniff import HEAD_BYTES, TAIL_BYTES, kind_in_sentence, sniff
from kebao.model.errors import KebaoError
from ketang.platform.refusal import Refused
from ketang.selection.importing.models import Cell

MOST_BYTES = 20 * MIB
MOST_ROWS = 20_000
"""Filled rows of all sheets: what the office writes in ten years."""
MOST_COLUMNS, MOST_SHEETS, CELL_CHARS = 60, 30, 1000
_LIMITS = Limits(unpacked_bytes=256 * MIB, xml_bytes=64 * MIB, xml_nodes=4_000_000)
_BOOKS = ("zip", "xlsx", "docx", "pptx", "ole2", "odf", "epub")
_DITTO = re.compile(r"同上行?|[〃″]")
_MONTH_AND_DAY = re.compile(r"\d{1,2}\.\d")
"""In a CSV these signs have lost whether they were text: `3.1` may have been `3.10`."""

Row = tuple[int, list[Cell]]
"""The row's number as Excel counts, and its cells."""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet with its filled rows; all are of one length."""

    name: str
    rows: list[Row]


def read_sheets(stream: BinaryIO, name: str) -> list[ReadSheet]:
    """The sheets that hold anything. Cells joined over several rows say in each of them what they say; 同上 says what stands above.

    Args:
        stream: seekable.
        name: of the file; which format it is in, its content says.

    Raises:
        Refused: with field `file`: too large, empty, of another kind, damaged, locked, dangerous, or nothing in it.
    """
    size = stream.seek(0, io.SEEK_END)
    if size > MOST_BYTES:
        raise _refused(_("文件超过 %(most)s MB，不能导入。请只留下台账那张表再保存。") % {"most": MOST_BYTES // MIB})
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    stream.seek(max(0, size - TAIL_BYTES))
    kind = sniff(head, stream.read(TAIL_BYTES))
    stream.seek(0)
    try:
        found = _book(stream, name) if kind in _BOOKS else _text(stream.read(), name, kind)
    except KebaoError as fault:
        if getattr(fault, "code", "") in ("zip-bomb", "xml-bomb"):
            words = _("这个文件解压以后大得不正常，没有打开。请只留下台账那张表，另存为 .xlsx 再上传。")
            raise _refused(words) from fault
        raise _refused(_in_language(fault.message)) from fault
    sheets = [sheet for sheet in found if sheet.rows]
    if not sheets:
        raise _refused(_("这个文件里没有内容。"))
    if len(sheets) > MOST_SHEETS:
        raise _refused(_("这个文件有 %(count)s 张工作表，请只留下台账那几张再保存。") % {"count": len(sheets)})
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise _refused(_("这个文件超过 %(most)s 行，一次导入不下。请分成几个文件。") % {"most": MOST_ROWS})
    return sheets


def _book(stream: BinaryIO, name: str) -> list[ReadSheet]:
    # Libraries of spreadsheets: pages are served without.
    from kebao.questions.formats.opening import open_sheets

    facts = vet_office(stream, _LIMITS, name)
    if facts.kind not in ("xlsx", "xls"):
        raise _refused(_("这是 Word 或 PowerPoint 文档，不是表格。请另存为 Excel 表格（.xlsx）。"))
    found = []
    for sheet in open_sheets(stream, name):
        rows = []
        for line, row in enumerate(sheet.rows(), start=1):
            cells = [_cell(value) for value in row]
            if any(cell != "" for cell in cells):
                rows.append((line, cells))
            if len(rows) > MOST_ROWS:
                break
        _spread(rows, sheet.left, sheet.merged)
        found.append(_sheet(sheet.name, rows))
    return found


def _spread(rows: list[Row], left: int, merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Write what a cell joined over several rows says into each of them. Cells joined over columns are titles, and stay."""
    at = dict(rows)
    for (first, column), (last, right) in merged:
        place = column - left
        if column != right or place < 0:
            continue
        said = at[first + 1][place] if first + 1 in at and place < len(at[first + 1]) else ""
        for line in range(first + 2, min(last + 1, first + 1 + MOST_ROWS) + 1):
            if line in at and at[line][place] == "":
                at[line][place] = said


def _text(content: bytes, name: str, kind: str) -> list[ReadSheet]:
    """A CSV, or lines parted by tabs or semicolons."""
    if kind == "empty" or not content.strip():
        raise _refused(_("“%(name)s”是空文件。") % {"name": name})
    if kind not in ("text", "json"):
        if kind == "unknown":
            raise _refused(_("看不出这个文件是什么。请用 Excel 或 WPS 打开后另存为 .xlsx，再上传。"))
        told = _("这个文件是%(kind)s，不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx，再上传。")
        raise _refused(told % {"kind": _in_language(kind_in_sentence(kind))})
    words = _decoded(content)
    try:
        lines = list(_lines(words))
    except csv.Error as fault:
        raise _refused(_("这个 CSV 文件读不出来，可能已损坏。请用 Excel 或 WPS 另存为 .xlsx，再上传。")) from fault
    return [_sheet("", lines)]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", "replace")
    readings = ranked(content, western=())
    if not readings or "\0" in readings[0][1]:
        raise _refused(_("文字的编码看不出来。请用 Excel 或 WPS 另存为 .xlsx，再上传。"))
    return readings[0][1]


def _lines(words: str) -> Iterable[Row]:
    beginning = words[:20_000]
    parted = max(",\t;", key=beginning.count)
    for number, row in enumerate(csv.reader(io.StringIO(words, newline=""), delimiter=parted), start=1):
        cells = [_cell(float(one) if _MONTH_AND_DAY.fullmatch(one.strip()) else one) for one in row]
        if any(cell != "" for cell in cells):
            yield number, cells
        if number > 50 * MOST_ROWS:
            return


def _sheet(name: str, rows: Sequence[Row]) -> ReadSheet:
    wide = max((index + 1 for _line, cells in rows for index, cell in enumerate(cells) if cell != ""), default=0)
    if wide > MOST_COLUMNS:
        told = _("表格有 %(wide)s 列，最多 %(most)s 列。请删去不用的列再保存。")
        raise _refused(told % {"wide": wide, "most": MOST_COLUMNS})
    return ReadSheet(name[:100], [(line, _ditto([*cells[:wide], *[""] * (wide - len(cells))])) for line, cells in rows])


def _ditto(cells: list[Cell]) -> list[Cell]:
    return ["同上" if isinstance(cell, str) and _DITTO.fullmatch(cell) else cell for cell in cells]


def _cell(value: Any) -> Cell:
    """A value as it is kept: a day as ISO text, numbers as they are, what JSON does not know as text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, int):
        return value if abs(value) < 1e15 else str(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d" if value.time() == datetime.time() else "%Y-%m-%d %H:%M:%S")
    return "".join(sign for sign in str(value or "").strip()[:CELL_CHARS] if sign >= " " or sign == "\n")


def _in_language(text: Any) -> str:
    return str(text.en if (get_language() or "").startswith("en") else text.zh)


def _refused(words: str) -> Refused:
    return Refused(words, field="file")
