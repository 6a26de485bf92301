"""A zip that lies nowhere: its heads are made when it is asked for, its files are read from where they lie. Pure; APPNOTE 6.3.10.

Everything is stored, for films do not get smaller. So each byte's place is known before the first is read, any part can be given
by itself (a download goes on where it broke off), and a package takes no room beside the files that it is made of.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

UTF8 = 0x0800
_LIMIT = 0xFFFFFFFF
_COUNT = 0xFFFF
_REGULAR = 0o100644 << 16

Read = Callable[[int, int], Iterator[bytes]]
"""Gives the bytes from the first place to the second, both included."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the zip: its path in it, CRC-32, size, and what gives its bytes."""

    name: str
    crc: int
    size: int
    read: Read


@dataclass(frozen=True, slots=True)
class _Piece:
    """Bytes of the zip from `start` on."""

    start: int
    size: int
    read: Read


class Zip:
    """The whole zip: its size, and any part of it."""

    def __init__(self, entries: Sequence[Entry], moment: datetime) -> None:
        """`moment`: what each file is dated, in the reader's own time; the same gives the same bytes."""
        stamp = _stamp(moment)
        self._pieces: list[_Piece] = []
        self.size = 0
        heads = []
        for entry in entries:
            heads.append(_central(entry, stamp, self.size))
            self._append(_local(entry, stamp))
            if entry.size:
                self._pieces.append(_Piece(self.size, entry.size, entry.read))
                self.size += entry.size
        directory = b"".join(heads)
        self._append(directory + _end(len(heads), len(directory), self.size))

    def _append(self, content: bytes) -> None:
        self._pieces.append(_Piece(self.size, len(content), of_bytes(content)))
        self.size += len(content)

    def read(self, first: int, last: int) -> Iterator[bytes]:
        """The bytes from `first` to `last`, both included."""
        for piece in self._pieces:
            begin, end = max(first, piece.start), min(last, piece.start + piece.size - 1)
            if begin <= end:
                yield from piece.read(begin - piece.start, end - piece.start)


def of_bytes(content: bytes) -> Read:
    """What reads from bytes that are in memory."""

    def read(first: int, last: int) -> Iterator[bytes]:
        yield content[first : last + 1]

    return read


def _stamp(moment: datetime) -> tuple[int, int]:
    """Time and date as DOS wrote them (4.4.6): from 1980 on, seconds by twos."""
    time = moment.hour << 11 | moment.minute << 5 | moment.second // 2
    return time, max(0, moment.year - 1980) << 9 | moment.month << 5 | moment.day


def _local(entry: Entry, stamp: tuple[int, int]) -> bytes:
    """4.3.7; sizes beyond 4 GiB stand in the extra field (4.5.3)."""
    name, big = entry.name.encode(), entry.size >= _LIMIT
    extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.size) if big else b""
    size = _LIMIT if big else entry.size
    fixed = struct.pack(
        "<4s5H3L2H", b"PK\3\4", 45 if big else 20, UTF8, 0, *stamp, entry.crc, size, size, len(name), len(extra)
    )
    return fixed + name + extra


def _central(entry: Entry, stamp: tuple[int, int], offset: int) -> bytes:
    """4.3.12."""
    name, wide = entry.name.encode(), b""
    size, place = entry.size, offset
    if size >= _LIMIT:
        wide, size = struct.pack("<QQ", size, size), _LIMIT
    if place >= _LIMIT:
        wide, place = wide + struct.pack("<Q", place), _LIMIT
    extra = struct.pack("<HH", 1, len(wide)) + wide if wide else b""
    version = 45 if wide else 20
    fixed = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 3 << 8 | version, version, UTF8, 0, *stamp, entry.crc, size, size,
        len(name), len(extra), 0, 0, 0, _REGULAR, place,
    )  # fmt: skip
    return fixed + name + extra


def _end(count: int, size: int, offset: int) -> bytes:
    """4.3.14 to 4.3.16: where the directory is; beyond the old limits in the wide record too."""
    wide = b""
    if count >= _COUNT or size >= _LIMIT or offset >= _LIMIT:
        wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 3 << 8 | 45, 45, 0, 0, count, count, size, offset)
        wide += struct.pack("<4sLQL", b"PK\6\7", 0, offset + size, 1)
    counts, sizes, place = min(count, _COUNT), min(size, _LIMIT), min(offset, _LIMIT)
    return wide + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, counts, counts, sizes, place, 0)
