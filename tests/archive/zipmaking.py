"""Zips made byte by byte, so that every field can lie."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field


@dataclass
class Part:
    """One entry. Fields that are None tell the truth; `local_*` lie in the local header only."""

    name: bytes
    content: bytes = b"x"
    deflate: bool = False
    flags: int = 0
    method: int | None = None
    mode: int = 0o100644
    made_by: int = 3 << 8
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    local_name: bytes | None = None
    local_size: int | None = None
    extra: bytes = b""
    descriptor: bool = False
    zip64: bool = False
    share: int | None = None  # offset of the entry whose bytes this one claims
    outer: int | None = None
    gap: bytes = b""  # bytes before the local header


@dataclass
class Made:
    """A zip under construction."""

    parts: list[Part]
    prefix: bytes = b""
    comment: bytes = b""
    count: int | None = None
    zip64: bool = False
    tail: bytes = b""
    offsets: list[int] = field(default_factory=list)

    def bytes(self) -> bytes:
        out = bytearray()
        central = bytearray()
        for part in self.parts:
            out += part.gap
            central += self._add(part, out)
        start = len(out)
        out += central
        count = len(self.parts) if self.count is None else self.count
        if self.zip64:
            end = len(out)
            size = len(central)
            out += struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
            out += struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
            out += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        else:
            out += struct.pack(
                "<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(central), start, len(self.comment)
            )
            out += self.comment
        return self.prefix + bytes(out) + self.tail

    def _add(self, part: Part, out: bytearray) -> bytes:
        data = part.content
        if part.deflate:
            engine = zlib.compressobj(9, zlib.DEFLATED, -15)
            data = engine.compress(part.content) + engine.flush()
        method = part.method if part.method is not None else (8 if part.deflate else 0)
        crc = zlib.crc32(part.content) if part.crc is None else part.crc
        size = len(part.content) if part.size is None else part.size
        packed = len(data) if part.packed is None else part.packed
        flags = part.flags | (8 if part.descriptor else 0)
        offset = len(out) if part.share is None else part.share
        self.offsets.append(offset)
        if part.share is None:
            name = part.name if part.local_name is None else part.local_name
            local = (
                (0, 0, 0) if part.descriptor else (crc, packed, size if part.local_size is None else part.local_size)
            )
            extra = part.extra
            if part.zip64 and not part.descriptor:
                extra += struct.pack("<HHQQ", 1, 16, local[2], local[1])
                local = (crc, 0xFFFFFFFF, 0xFFFFFFFF)
            out += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, flags, method, 0, 33, *local, len(name), len(extra))
            out += name + extra + data
            if part.descriptor:
                out += struct.pack("<4s3L", b"PK\x07\x08", crc, packed, size)
        extra = part.extra
        fields = (crc, packed, size, offset)
        if part.zip64:
            extra += struct.pack("<HHQQQ", 1, 24, size, packed, offset)
            fields = (crc, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
        outer = part.mode << 16 if part.outer is None else part.outer
        return (
            struct.pack(
                "<4s6H3L5H2L", b"PK\x01\x02", part.made_by | 20, 20, flags, method, 0, 33,
                *fields[:3], len(part.name), len(extra), 0, 0, 0, outer, fields[3],
            )
            + part.name
            + extra
        )  # fmt: skip


def made(*parts: Part, **options: object) -> bytes:
    """A zip of these parts."""
    return Made(list(parts), **options).bytes()  # type: ignore[arg-type]
