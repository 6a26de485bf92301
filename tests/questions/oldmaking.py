"""A small .xls made byte by byte: a compound file ([MS-CFB]) with one stream of BIFF8 records ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return record(0x203, place + struct.pack("<d", value))


def book(rows: Sequence[Sequence[str | float]], *, beside: bytes = b"") -> bytes:
    """The stream Workbook: one sheet, 试题; `beside` are further records on it."""
    begin = struct.pack("<HHHHLL", 0x600, 5, 0x0DBB, 0x07CC, 0, 6)
    name = "试题"
    head = record(0x809, begin) + record(0x42, struct.pack("<H", 1200))
    where = len(head) + 4 + 8 + 2 * len(name) + 4
    about = struct.pack("<LHBB", where, 0, len(name), 1) + name.encode("utf-16-le")
    sheet = record(0x809, begin[:2] + struct.pack("<H", 0x10) + begin[4:])
    sheet += b"".join(_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    return head + record(0x85, about) + record(0x0A) + sheet + beside + record(0x0A)


def old_workbook(stream: bytes, *, chain: dict[int, int] | None = None) -> bytes:
    """The file. Sector 0 holds the table of sectors, 1 the directory, 2 and on the stream; `chain` bends entries of the table."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    table = [_TABLE, _END, *range(3, count + 2), _END]
    for sector, following in (chain or {}).items():
        table[sector] = following
    table += [_FREE] * (SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109L", 0, *[_FREE] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        words = (name + "\0").encode("utf-16-le")
        body = words.ljust(64, b"\0") + struct.pack("<HBB3L", len(words), kind, 1, _FREE, _FREE, child)
        return body + bytes(36) + struct.pack("<LLL", start, size, 0)

    directory = entry("Root Entry", 5, 1, _END, 0) + entry("Workbook", 2, _FREE, 2, len(stream))
    directory += (bytes(64) + struct.pack("<HBB3L", 0, 0, 0, _FREE, _FREE, _FREE) + bytes(48)) * 2
    return head + struct.pack(f"<{SECTOR // 4}L", *table) + directory + stream
