"""Refuse an .xls whose sheets reach too far out, before calamine sees it (the twin of `archive.extent` for the old format).

calamine lays each sheet out in memory from its first cell to its last, and sets memory aside for what the sheet says of its own
size; a false size aborts the process without an exception. So the records are walked first. After [MS-CFB] (the container) and
[MS-XLS] 2.3, 2.4 (records).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from kebao.archive.extent import MAX_CELLS
from kebao.model.errors import Unreadable, Unsafe
from kebao.model.text import Text

MAX_BYTES = 64 << 20
"""An .xls holds at most 65 536 rows a sheet; banks of questions stay far below this size."""

_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_FREE = 0xFFFFFFFA  # values from here on are marks, not sectors
_ENTRY = 128
_CELLS = frozenset((0x02, 0x03, 0x04, 0x05, 0x06, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406))
_ROWS_OF_CELLS = frozenset((0xBD, 0xBE))  # MULRK, MULBLANK: they end with their last column
_DIMENSIONS, _BOUNDSHEET, _EOF = 0x200, 0x85, 0x0A


def is_old_workbook(stream: BinaryIO) -> bool:
    """Whether a stream begins as a compound file does; it is left at its start."""
    stream.seek(0)
    head = stream.read(len(_SIGNATURE))
    stream.seek(0)
    return head == _SIGNATURE


def refuse_far_cells_of_old(stream: BinaryIO, path: str) -> None:
    """Walk every sheet's records; the stream is left at its start.

    Raises:
        Unsafe: `far-cells`, the sheets together span more than `archive.extent.MAX_CELLS`, or say that they do; `too-large`.
        Unreadable: `damaged`, it is no sound .xls.
    """
    stream.seek(0)
    content = stream.read(MAX_BYTES + 1)
    stream.seek(0)
    if len(content) > MAX_BYTES:
        raise Unsafe("too-large", _TOO_LARGE.format(path=path, limit=MAX_BYTES >> 20), entry=path)
    try:
        books = list(_workbook_streams(content))
        spans = [_span(book, start) for book in books for start in _starts(book)]
    except (struct.error, IndexError) as fault:
        raise Unreadable("damaged", _DAMAGED.format(path=path), entry=path) from fault
    if not books:
        raise Unreadable("damaged", _DAMAGED.format(path=path), entry=path)
    if sum(spans) > MAX_CELLS:
        raise Unsafe("far-cells", _FAR.format(path=path), entry=path)


def _workbook_streams(content: bytes) -> Iterator[bytes]:
    """Contents of every stream called Workbook or Book: a reader may take either."""
    (shift,) = struct.unpack_from("<H", content, 30)
    directory, _, cutoff, mini_start, _, more, _ = struct.unpack_from("<7L", content, 48)
    size = 1 << shift if shift in (9, 12) else 512
    places = list(struct.unpack_from("<109L", content, 76))
    seen: set[int] = set()
    while more < _FREE and more not in seen:
        seen.add(more)
        *block, more = struct.unpack_from(f"<{size // 4}L", content, (more + 1) * size)
        places += block
    table: list[int] = []
    for place in places:
        if place < _FREE:
            part = content[(place + 1) * size : (place + 2) * size]
            table += struct.unpack(f"<{len(part) // 4}L", part[: len(part) // 4 * 4])
    listing = _chain(content, table, directory, size, first=size)
    entries = [listing[at : at + _ENTRY] for at in range(0, len(listing) - _ENTRY + 1, _ENTRY)]
    for entry in entries:
        if entry[:64].decode("utf-16-le", "replace").split("\0")[0] not in ("Workbook", "Book"):
            continue
        start, length = struct.unpack_from("<LL", entry, 116)
        yield _chain(content, table, start, size, first=size)
        if length < cutoff:
            (root,) = struct.unpack_from("<L", entries[0], 116)
            store = _chain(content, table, root, size, first=size)
            small = _chain(content, table, mini_start, size, first=size)
            yield _chain(store, list(struct.unpack(f"<{len(small) // 4}L", small)), start, 64, first=0)


def _chain(content: bytes, table: list[int], sector: int, size: int, *, first: int) -> bytes:
    """The bytes of a chain of sectors.

    Raises:
        IndexError: it is a ring, or leaves the table.
    """
    parts: list[bytes] = []
    seen: set[int] = set()
    while sector < _FREE:
        if sector in seen:
            raise IndexError(sector)
        seen.add(sector)
        parts.append(content[first + sector * size : first + (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Records from a place up to the end of the sheet: (kind, where its body starts, where it ends)."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        yield kind, at + 4, min(at + 4 + length, len(book))
        if kind == _EOF:
            return
        at += 4 + length


def _starts(book: bytes) -> set[int]:
    """Where the sheets begin, as the globals say."""
    return {
        struct.unpack_from("<L", book, body)[0]
        for kind, body, end in _records(book, 0)
        if kind == _BOUNDSHEET and end - body >= 4
    }


def _span(book: bytes, start: int) -> int:
    """Rows × columns of one sheet, by its cells or by what it says of itself, whichever is more."""
    rows = columns = said = 0
    for kind, body, end in _records(book, start):
        if kind == _DIMENSIONS:
            said = max(said, _said(book[body:end]))
        elif kind in _CELLS or kind in _ROWS_OF_CELLS:
            if end - body < 4:
                continue
            row, column = struct.unpack_from("<HH", book, body)
            if kind in _ROWS_OF_CELLS and end - body >= 6:
                column = max(column, struct.unpack_from("<H", book, end - 2)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    return max(rows * columns, said)


def _said(body: bytes) -> int:
    """The size that a DIMENSIONS record states, in its long or its short form."""
    if len(body) >= 14:
        first, last, left, right = struct.unpack_from("<LLHH", body)
    elif len(body) >= 8:
        first, last, left, right = struct.unpack_from("<4H", body)
    else:
        return 0
    return int((last - first + 1) % (1 << 32)) * int((right - left + 1) % (1 << 16))


_DAMAGED = Text(
    zh="“{path}”不是完好的 .xls 文件，请用 Excel 或 WPS 打开后另存为 .xlsx。",
    en="“{path}” is not a sound .xls file; open it in Excel or WPS and save it as .xlsx.",
)
_FAR = Text(
    zh="“{path}”里有单元格远在表格之外，没有读取。请删去表格以外的内容，另存为 .xlsx。",
    en="“{path}” has a cell far outside its table and was not read. Delete what lies outside the table and save it as .xlsx.",
)
_TOO_LARGE = Text(
    zh="“{path}”超过 {limit} MB，没有读取。请另存为 .xlsx。",
    en="“{path}” is larger than {limit} MB and was not read. Save it as .xlsx.",
)
