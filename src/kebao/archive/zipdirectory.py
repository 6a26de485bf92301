"""The directory of a zip, read by its own bytes (APPNOTE.TXT 6.3.10) and held against the local headers.

Python's `zipfile` is not asked: it builds an object for each of 100 000 entries before one can count them, accepts a
program glued in front, and does not see entries that overlap.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from kebao.archive.faults import unreadable, unsafe
from kebao.archive.folder import too_many
from kebao.archive.limits import MIB, Limits
from kebao.archive.names import decode_name
from kebao.archive.source import Source
from kebao.archive.streams import damaged, false_size, truncated

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_DIRECTORY_BYTES = 64 * MIB
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DESCRIPTOR, _UTF8 = 0x8, 0x800
_AES = 99
_SPLIT_MARKS = (b"PK00", b"PK\x07\x08")


@dataclass(slots=True)
class Record:
    """One entry of the central directory. `data` is where its bytes begin, known after `check_local`."""

    name: str
    raw: bytes
    encoding: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int
    data: int = 0

    @property
    def folder(self) -> bool:
        """Whether it stands for a folder."""
        return self.name.endswith(("/", "\\"))


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the central directory lies and how many entries it claims (`modulo` where the count may have wrapped)."""

    offset: int
    size: int
    count: int
    modulo: bool


def find_directory(source: Source, label: str) -> Directory:
    """Find the end record and what it says.

    Raises:
        Unreadable: `truncated`, `split`.
        Unsafe: `prefix` (bytes before the archive), `polyglot` (two end records).
    """
    tail_start = max(0, source.size - _END.size - _FULL16)
    tail = source.read_at(tail_start, source.size - tail_start)
    places = list(_ends(tail))
    if not places:
        raise truncated(label)
    if len(places) > 1:
        raise unsafe(
            "polyglot",
            "“{entry}”里有两个压缩包首尾相接，请重新打包。",
            "“{entry}” is two archives in one; pack it again.",
            label,
        )
    end = tail_start + places[0]
    _, disk, first_disk, here, count, size, offset, _ = _END.unpack_from(tail, places[0])
    locator = source.read_at(end - _LOCATOR.size, _LOCATOR.size) if end >= _LOCATOR.size else b""
    wide = locator[:4] == b"PK\x06\x07"
    if wide:
        end, here, count, size, offset = _zip64(source, end, locator, (here, count, size, offset), label)
    elif disk or first_disk or here != count:
        raise _split(label)
    gap = end - size - offset
    if gap > 0 and source.read_at(offset + size, 4) != b"PK\x05\x05":
        raise _prefix(label)
    if gap < 0:
        raise truncated(label)
    return Directory(offset, size, count, modulo=not wide)


def _ends(tail: bytes) -> Iterator[int]:
    """Places in `tail` of end records whose comment ends exactly where the file ends."""
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if at + _END.size <= len(tail) and at + _END.size + int.from_bytes(tail[at + 20 : at + 22], "little") == len(
            tail
        ):
            yield at
        at = tail.rfind(b"PK\x05\x06", 0, at)


def _zip64(
    source: Source, end: int, locator: bytes, classic: tuple[int, int, int, int], label: str
) -> tuple[int, int, int, int, int]:
    """(its place, entries on this disk, entries, directory size, directory offset) of the zip64 end record."""
    _, disk, place, disks = _LOCATOR.unpack(locator)
    if disk or disks > 1:
        raise _split(label)
    record = source.read_at(place, _END64.size) if place + _END64.size <= end else b""
    if len(record) < _END64.size or record[:4] != b"PK\x06\x06":
        raise damaged(label)
    _, length, _, _, disk, first_disk, here, count, size, offset = _END64.unpack(record)
    if disk or first_disk or here != count:
        raise _split(label)
    if place + 12 + length != end - _LOCATOR.size:
        raise damaged(label)
    for old, new, full in zip(classic, (here, count, size, offset), (_FULL16, _FULL16, _FULL32, _FULL32), strict=True):
        if old not in (full, new):
            raise false_size(label)
    return place, here, count, size, offset


def read_records(source: Source, directory: Directory, label: str, limits: Limits) -> list[Record]:
    """All entries, in the directory's order.

    Raises:
        Unsafe: `too-many`, before more than the limit are read.
        Unreadable: `damaged`.
    """
    if directory.count > limits.entries or directory.size > _DIRECTORY_BYTES:
        raise too_many(label, limits)
    content = source.read_at(directory.offset, directory.size)
    if len(content) < directory.size:
        raise truncated(label)
    records: list[Record] = []
    at = 0
    while at < len(content):
        if len(records) >= limits.entries:
            raise too_many(label, limits)
        record, at = _record(content, at, label)
        records.append(record)
    counted = len(records) & _FULL16 if directory.modulo else len(records)
    if counted != directory.count:
        raise damaged(label)
    return records


def _record(content: bytes, at: int, label: str) -> tuple[Record, int]:
    if at + _CENTRAL.size > len(content) or content[at : at + 4] != b"PK\x01\x02":
        raise damaged(label)
    (
        _,
        made_by,
        _,
        flags,
        method,
        _,
        _,
        crc,
        packed,
        size,
        name_size,
        extra_size,
        comment_size,
        disk,
        _,
        outer,
        offset,
    ) = _CENTRAL.unpack_from(content, at)
    at += _CENTRAL.size
    raw = content[at : at + name_size]
    extra = content[at + name_size : at + name_size + extra_size]
    at += name_size + extra_size + comment_size
    if at > len(content):
        raise damaged(label)
    name, encoding = decode_name(raw, utf8=bool(flags & _UTF8), extra=extra)
    size, packed, offset, disk = _wide(extra, size, packed, offset, disk, name)
    if disk:
        raise _split(label)
    mode = outer >> 16
    if outer & 0x400 and made_by >> 8 in (0, 10, 11, 14):
        mode = 0o120000  # a Windows reparse point is a link by another name
    return Record(name, raw, encoding, flags, method, crc, packed, size, offset, mode), at


def _wide(extra: bytes, size: int, packed: int, offset: int, disk: int, name: str) -> tuple[int, int, int, int]:
    """The four numbers, each taken from the zip64 extra field where the classic one is full."""
    wanted = [size == _FULL32, packed == _FULL32, offset == _FULL32]
    if not any(wanted) and disk != _FULL16:
        return size, packed, offset, disk
    field = extra_field(extra, 0x0001)
    values = [size, packed, offset]
    for index, wants in enumerate(wanted):
        if wants:
            if field is None or len(field) < 8:
                raise damaged(name)
            values[index] = int.from_bytes(field[:8], "little")
            field = field[8:]
    if disk == _FULL16:
        disk = int.from_bytes(field[:4], "little") if field and len(field) >= 4 else disk
    return values[0], values[1], values[2], disk


def extra_field(extra: bytes, wanted: int) -> bytes | None:
    """The content of one extra field, or None."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == wanted:
            return extra[4 : 4 + size]
        extra = extra[4 + size :]
    return None


def check_method(record: Record) -> None:
    """Refuse what is encrypted or packed in a way that cannot be read here.

    Raises:
        Unreadable: `encrypted`, `method`.
    """
    if record.flags & _ENCRYPTED or record.method == _AES:
        raise unreadable(
            "encrypted",
            "“{entry}”设了密码，无法检查；请去掉密码重新打包再发送。",
            "“{entry}” is locked with a password and cannot be checked; send it again without one.",
            record.name,
        )
    if record.method not in (0, 8) and not record.folder:
        raise unreadable(
            "method",
            "“{entry}”的压缩方式（第 {method} 号）读不了；请打包时选“存储”或“标准（Deflate）”，或直接提交文件夹。",
            "“{entry}” is packed by a method (number {method}) that cannot be read here; pack by “store” or “Deflate”, or hand in the folder.",
            record.name,
            method=record.method,
        )


def check_local(source: Source, records: list[Record], directory: Directory, label: str) -> None:
    """Hold every local header against the directory, set `data`, and make sure that no two entries share bytes.

    Raises:
        Unsafe: `overlap`, `false-size`, `false-name`, `prefix`.
        Unreadable: `damaged`, `truncated`, `encrypted`.
    """
    ordered = sorted(records, key=lambda record: record.offset)
    if ordered[0].offset and source.read_at(0, ordered[0].offset) not in _SPLIT_MARKS:
        raise _prefix(label)
    for index, record in enumerate(ordered):
        following = ordered[index + 1].offset if index + 1 < len(ordered) else directory.offset
        _set_data(source, record)
        end = record.data + record.packed
        if end > source.size:
            raise false_size(record.name)
        if end > following:
            raise unsafe(
                "overlap",
                "“{entry}”与包里其他文件共用同一段数据，疑似压缩炸弹，已拒收；请重新打包。",
                "“{entry}” shares its bytes with another entry, like a decompression bomb; refused. Pack it again.",
                record.name,
            )


def _set_data(source: Source, record: Record) -> None:
    header = source.read_at(record.offset, _LOCAL.size + len(record.raw) + 64)
    if len(header) < _LOCAL.size:
        raise truncated(record.name)
    if header[:4] != b"PK\x03\x04":
        raise damaged(record.name)
    _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL.unpack_from(header)
    missing = _LOCAL.size + name_size + extra_size - len(header)
    if missing > 0:
        header += source.read_at(record.offset + len(header), missing)
    if header[_LOCAL.size : _LOCAL.size + name_size] != record.raw:
        raise unsafe(
            "false-name",
            "“{entry}”在压缩包里有两个不同的名字，压缩包可能被改动过，请重新打包。",
            "“{entry}” has two different names in the archive, which may have been tampered with; pack it again.",
            record.name,
        )
    if flags & _ENCRYPTED:
        check_method(Record(record.name, b"", "", flags, method, 0, 0, 0, 0, 0))
    if method != record.method:
        raise false_size(record.name)
    if not flags & _DESCRIPTOR:
        extra = header[_LOCAL.size + name_size : _LOCAL.size + name_size + extra_size]
        size, packed, _, _ = _wide(extra, size, packed, 0, 0, record.name)
        if (crc, packed, size) != (record.crc, record.packed, record.size):
            raise false_size(record.name)
    if record.size != record.packed and record.method == 0:
        raise false_size(record.name)
    if record.folder and record.size:
        raise false_size(record.name)
    record.data = record.offset + _LOCAL.size + name_size + extra_size


def _split(label: str) -> Exception:
    return unreadable(
        "split",
        "“{entry}”是分卷压缩包的一部分，请打成一个完整的 zip 再发送。",
        "“{entry}” is one part of a split archive; pack it as a single zip.",
        label,
    )


def _prefix(label: str) -> Exception:
    return unsafe(
        "prefix",
        "“{entry}”前面附有别的内容（像自解压程序），请重新打成普通的 zip。",
        "“{entry}” has something in front of the archive (like a self-extractor); pack it as a plain zip.",
        label,
    )
