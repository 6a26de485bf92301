"""Split archives put together: those that are cut through become the archive; RAR volumes stay volumes, in one file."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from ketang.mailroom.pieces import Piece, joined, piece_of, stem_of
from ketang.platform.storage.actions import put, put_written
from ketang.platform.storage.reading import read
from ketang.selection.mail.packing import Kept, pack

_CUT_THROUGH = {"zip.001": "zip", "7z.001": "7z", "tar.001": "tar", "rar.001": "rar"}
"""Families whose pieces one after another are the archive, and its ending."""
_END, _ENTRY = b"PK\x05\x06", b"PK\x01\x02"
_MOST_OF_DIRECTORY = 64 << 20
_ZIP64, _ZIP64_DISK = 0xFFFFFFFF, 0xFFFF
_LONGEST_END = 22 + 0xFFFF


class NotJoined(ValueError):
    """The pieces are no split ZIP, or not all of it: its directory at the end tells how many there are."""


class BeyondZip(NotJoined):
    """ZIP64, which is not put together here; the pieces are all there is."""


@dataclass(frozen=True, slots=True)
class Whole:
    """One file of several pieces; `opened` says whether it is the archive itself, and not a file that holds the pieces."""

    name: str
    digest: str
    size: int
    opened: bool


def piece_in(part: Kept, among: Sequence[Kept]) -> Piece | None:
    """A part as a piece; `x.zip` is the last one where `x.z01` is among the others."""
    if (piece := piece_of(part.name)) is not None:
        return piece
    if not part.name.lower().endswith(".zip"):
        return None
    last = Piece("z01", stem_of(part.name), 0)
    return last if any((one := piece_of(other.name)) and one.key == last.key for other in among) else None


def whole_archive(parts: Sequence[Kept]) -> Whole | None:
    """Put pieces of one archive together; of a piece that is there twice, the first counts. None while some are missing.

    Effects: the file is in the store.
    """
    found = [(piece, part) for part in parts if (piece := piece_in(part, parts)) is not None]
    if len({piece.key for piece, _part in found}) != 1:
        return None
    split = joined((piece, part.size) for piece, part in found)
    if not split.complete:
        return None
    by_number: dict[int, Kept] = {}
    for piece, part in found:
        by_number.setdefault(piece.number, part)
    pieces = [by_number[number] for number in split.numbers]
    family, stem = found[0][0].family, found[0][0].stem
    if family in _CUT_THROUGH:
        stored = put(_bytes(pieces))
        return Whole(f"{stem}.{_CUT_THROUGH[family]}", stored.digest, stored.size, opened=True)
    if family == "z01":
        try:
            stored = put_written(lambda file: join_zip(file, [(read(one.digest), one.size) for one in pieces]))
        except BeyondZip:
            pass
        except NotJoined:
            return None
        else:
            return Whole(f"{stem}.zip", stored.digest, stored.size, opened=True)
    _name, digest, size = pack(pieces)
    return Whole(f"{stem}（分卷）.zip", digest, size, opened=False)


def join_zip(file: IO[bytes], pieces: Sequence[tuple[Iterator[bytes], int]]) -> None:
    """Write the ZIP that was split into these pieces (bytes and size of each, the `.zip` last): APPNOTE 6.3.10, section 8.

    Offsets in the directory count within a piece; in the whole they count from its beginning.

    Raises:
        NotJoined: no directory at the end, or other pieces than it tells. BeyondZip: ZIP64.
    """
    starts, at = [], 0
    for content, size in pieces:
        starts.append(at)
        for part in content:
            file.write(part)
        at += size
    end_at, end = _end_record(file, at)
    disk, first_disk, _here, entries, length, offset, _comment = struct.unpack("<HHHHIIH", end[4:22])
    if disk == _ZIP64_DISK or _ZIP64 in (length, offset) or end_at >= _ZIP64:
        raise BeyondZip("ZIP64")
    if disk != len(pieces) - 1 or first_disk > disk or length > _MOST_OF_DIRECTORY:
        raise NotJoined("other pieces than the directory tells")
    directory_at = starts[first_disk] + offset
    if directory_at + length != end_at:
        raise NotJoined("the directory is not where it should be")
    file.seek(directory_at)
    directory = bytearray(file.read(length))
    _renumber(directory, entries, starts)
    file.seek(directory_at)
    file.write(directory)
    file.write(end[:4] + struct.pack("<HHHHII", 0, 0, entries, entries, length, directory_at) + end[20:])


def _end_record(file: IO[bytes], size: int) -> tuple[int, bytes]:
    begin = max(0, size - _LONGEST_END)
    file.seek(begin)
    tail = file.read()
    found = tail.rfind(_END)
    if found < 0 or len(tail) - found < 22:
        raise NotJoined("no directory at the end")
    return begin + found, tail[found:]


def _renumber(directory: bytearray, entries: int, starts: Sequence[int]) -> None:
    at = 0
    for _entry in range(entries):
        if directory[at : at + 4] != _ENTRY or len(directory) < at + 46:
            raise NotJoined("the directory cannot be read")
        name, extra, comment, disk = struct.unpack_from("<HHHH", directory, at + 28)
        (offset,) = struct.unpack_from("<I", directory, at + 42)
        if disk == _ZIP64_DISK or offset == _ZIP64:
            raise BeyondZip("ZIP64")
        if disk >= len(starts):
            raise NotJoined("a piece that is not here")
        struct.pack_into("<H", directory, at + 34, 0)
        struct.pack_into("<I", directory, at + 42, starts[disk] + offset)
        at += 46 + name + extra + comment


def _bytes(pieces: Sequence[Kept]) -> Iterator[bytes]:
    for one in pieces:
        yield from read(one.digest)
