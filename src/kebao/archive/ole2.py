"""Old office files (.doc .xls .ppt, and the shell around encrypted ones): what is in them, without opening them.

After [MS-CFB] (the container) and [MS-XLS] 2.4 (records of a workbook). Only names of streams and the head of the
workbook stream are looked at.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Literal

from kebao.archive.source import Source
from kebao.archive.streams import damaged, truncated

_FREE = 0xFFFFFFFA  # values from here on are marks, not sectors
_HEADER = struct.Struct("<8s16x2x2x2xHH6xLLL4xLLLLL")
_ENTRY = 128
_CHAIN = 4096  # sectors of one chain that are followed: 2 MB of directory or of workbook head
_WORKBOOK_BYTES = 256 << 10
_BOUNDSHEET, _FILEPASS, _EOF = 0x85, 0x2F, 0x0A


@dataclass(frozen=True, slots=True)
class Contents:
    """Names of storages and streams, and the first bytes of the workbook stream (empty where there is none)."""

    names: frozenset[str]
    workbook: bytes

    @property
    def encrypted(self) -> bool:
        """An encrypted package (docx, xlsx …), or a workbook that opens with FILEPASS."""
        return "EncryptedPackage" in self.names or any(kind == _FILEPASS for kind, _ in _records(self.workbook))

    @property
    def macros(self) -> bool:
        """VBA, or an Excel 4 macro sheet."""
        vba = bool(self.names & {"_VBA_PROJECT", "VBA", "Macros", "_VBA_PROJECT_CUR"})
        sheets = any(kind == _BOUNDSHEET and len(body) > 5 and body[5] == 1 for kind, body in _records(self.workbook))
        return vba or sheets

    @property
    def kind(self) -> Literal["doc", "xls", "ppt", ""]:
        """Which program wrote it, or empty."""
        if "WordDocument" in self.names:
            return "doc"
        if self.names & {"Workbook", "Book"}:
            return "xls"
        return "ppt" if "PowerPoint Document" in self.names else ""


def ole2_contents(source: Source, name: str) -> Contents:
    """Look into a compound file.

    Args:
        source: its bytes.
        name: the file's name for messages.

    Raises:
        Unreadable: `damaged`, `truncated`.
    """
    header = source.read_at(0, 512)
    if len(header) < 512:
        raise truncated(name)
    _, shift, mini_shift, _, _, directory, cutoff, mini_fat, _, more_fat, _ = _HEADER.unpack_from(header)
    if shift not in (9, 12) or mini_shift != 6:
        raise damaged(name)
    size = 1 << shift
    sectors = _Sectors(source, size, _fat_sectors(source, header, size, more_fat, name), name)
    listing = sectors.chain(directory, _CHAIN)
    entries = [_entry(listing[at : at + _ENTRY]) for at in range(0, len(listing) - _ENTRY + 1, _ENTRY)]
    books = [entry for entry in entries if entry[0] in ("Workbook", "Book") and entry[1] == 2]
    workbook = b""
    if books:
        _, _, start, length = books[0]
        wanted = min(length, _WORKBOOK_BYTES)
        if length >= cutoff:
            workbook = sectors.chain(start, -(-wanted // size))[:wanted]
        elif entries:
            workbook = _mini_stream(sectors, entries[0][2], mini_fat, start)[:wanted]
    return Contents(frozenset(entry[0] for entry in entries if entry[1]), workbook)


def _entry(raw: bytes) -> tuple[str, int, int, int]:
    """(name, type, first sector, bytes) of a directory entry."""
    length = int.from_bytes(raw[64:66], "little")
    name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return name, raw[66], int.from_bytes(raw[116:120], "little"), int.from_bytes(raw[120:124], "little")


def _fat_sectors(source: Source, header: bytes, size: int, more: int, name: str) -> list[int]:
    """Where the allocation table lies: 109 places in the header, the rest in a chain of its own."""
    places = list(struct.unpack_from("<109L", header, 76))
    per_sector = size // 4
    for _ in range(_CHAIN):
        if more >= _FREE:
            break
        block = source.read_at((more + 1) * size, size)
        if len(block) < size:
            raise truncated(name)
        *block_places, more = struct.unpack(f"<{per_sector}L", block)
        places += block_places
    return [place for place in places if place < _FREE]


class _Sectors:
    def __init__(self, source: Source, size: int, fat: list[int], name: str) -> None:
        self._source = source
        self._size = size
        self._fat = fat
        self._name = name
        self._table: dict[int, tuple[int, ...]] = {}

    def _next(self, sector: int) -> int:
        index, slot = divmod(sector, self._size // 4)
        if index >= len(self._fat):
            raise damaged(self._name)
        if index not in self._table:
            block = self._source.read_at((self._fat[index] + 1) * self._size, self._size)
            if len(block) < self._size:
                raise truncated(self._name)
            self._table[index] = struct.unpack(f"<{self._size // 4}L", block)
        return self._table[index][slot]

    def chain(self, sector: int, limit: int) -> bytes:
        """The bytes of a chain of sectors, at most `limit` of them."""
        parts: list[bytes] = []
        while sector < _FREE and len(parts) < limit:
            part = self._source.read_at((sector + 1) * self._size, self._size)
            if not part:
                raise truncated(self._name)
            parts.append(part)
            sector = self._next(sector)
        return b"".join(parts)


def _mini_stream(sectors: _Sectors, root: int, mini_fat: int, start: int) -> bytes:
    """A short stream: 64-byte pieces inside the root entry's stream."""
    store = sectors.chain(root, _CHAIN)
    table = sectors.chain(mini_fat, _CHAIN)
    parts: list[bytes] = []
    while start < _FREE and len(parts) < _CHAIN:
        parts.append(store[start * 64 : start * 64 + 64])
        slot = table[start * 4 : start * 4 + 4]
        start = int.from_bytes(slot, "little") if len(slot) == 4 else _FREE
    return b"".join(parts)


def _records(workbook: bytes) -> list[tuple[int, bytes]]:
    """Records of the workbook's globals, up to their end."""
    records = []
    at = 0
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        records.append((kind, workbook[at + 4 : at + 4 + length]))
        at += 4 + length
        if kind == _EOF:
            break
    return records
