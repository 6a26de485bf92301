"""Files inside winmail.dat, as Outlook and Exchange wrap them (TNEF; Microsoft's open specification [MS-OXTNEF], sections 2.1.3 and 2.1.4).

Only what tells of attached files is read: their bytes are copied from where they lie, the rest is passed over. The one
library that reads the format takes the whole file into memory and was last released in 2021 (decision 0037).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ketang.mailroom.reading.words import decoded

SIGNATURE = 0x223E9F78
_BEGINS, _TITLE, _DATA, _PROPERTIES, _CODEPAGE = 0x00069002, 0x00018010, 0x0006800F, 0x00069005, 0x00069007
_OF_ATTACHMENT = 2
_HEAD = struct.Struct("<BII")
_LONG_NAME = 0x3707
"""PidTagAttachLongFilename."""
_OBJECT, _TEXT, _WIDE, _BYTES, _MANY = 0x000D, 0x001E, 0x001F, 0x0102, 0x1000
_SIZES = {
    0x0002: 4,
    0x0003: 4,
    0x0004: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x000A: 4,
    0x000B: 4,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
_LONGEST = 1024 * 1024
"""Bytes of an attachment's properties that are read: a name stands in them, and perhaps a picture of its icon."""
_BLOCK = 64 * 1024


@dataclass(slots=True)
class Packed:
    """A file in winmail.dat: where its bytes lie.

    `sum` is the checksum that stands behind them (their sum modulo 65536), None where the end is missing.
    """

    name: str = ""
    at: int = 0
    size: int = 0
    sum: int | None = None


@dataclass(slots=True)
class Unwrapped:
    """What a winmail.dat holds. `whole` is false where something was cut off, cannot be read, or is a mail of its own."""

    files: list[Packed]
    whole: bool = True


class Summed:
    """Adds up what is written to it, as the checksum of an attribute does."""

    def __init__(self) -> None:
        self.sum = 0

    def write(self, piece: bytes, /) -> None:
        """Take the next bytes."""
        self.sum = (self.sum + sum(piece)) & 0xFFFF


def unwrapped(file: BinaryIO, most: int) -> Unwrapped:
    """The attached files of a TNEF stream in a seekable binary file, at most `most`. Bad input never raises."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(6)
    found = Unwrapped([])
    if len(head) < 6 or struct.unpack("<I", head[:4])[0] != SIGNATURE:
        return Unwrapped([], whole=False)
    charset = ""
    at = 6
    while at < size:
        file.seek(at)
        raw = file.read(_HEAD.size)
        if len(raw) < _HEAD.size:
            found.whole = False
            break
        level, name, length = _HEAD.unpack(raw)
        at += _HEAD.size
        if level not in (1, _OF_ATTACHMENT) or at + length > size:  # no attribute begins so, or its end is missing
            found.whole = False
            length = min(length, size - at)
            if level != _OF_ATTACHMENT or name != _DATA:
                break
        if name == _CODEPAGE:
            charset = _charset(file.read(min(length, 4)))
        elif level == _OF_ATTACHMENT:
            if name == _BEGINS and len(found.files) >= most:
                found.whole = False
                break
            _read(file, found, name, at, length, charset)
        at += length + 2
    found.whole = found.whole and at <= size  # else the last checksum is cut off
    named = [one for one in found.files if one.at]
    found.whole = found.whole and len(named) == len(found.files)
    found.files = named
    return found


def pieces_of(file: BinaryIO, one: Packed) -> Iterator[bytes]:
    """Its bytes."""
    file.seek(one.at)
    left = one.size
    while left and (piece := file.read(min(left, _BLOCK))):
        left -= len(piece)
        yield piece


def _read(file: BinaryIO, found: Unwrapped, name: int, at: int, length: int, charset: str) -> None:
    """One attribute of an attachment; the file stands at its first byte."""
    if name == _BEGINS:
        found.files.append(Packed())
        return
    if not found.files:
        found.whole = False
        return
    one = found.files[-1]
    if name == _TITLE and not one.name:
        one.name = decoded(file.read(min(length, 4096)).split(b"\0")[0], charset)
    elif name == _DATA:
        file.seek(at + length)
        behind = file.read(2)
        one.at, one.size = at, length
        one.sum = struct.unpack("<H", behind)[0] if len(behind) == 2 else None
    elif name == _PROPERTIES:
        one.name = _long_name(file.read(min(length, _LONGEST)), charset) or one.name


def _charset(raw: bytes) -> str:
    """Of the code page by its number (attOemCodepage): 936 is GBK."""
    return f"cp{struct.unpack('<I', raw)[0]}" if len(raw) == 4 else ""


def _long_name(raw: bytes, charset: str) -> str:
    """The name in a list of properties; empty where none is, or where the list is no list."""
    try:
        return next((name for name in _names(raw, charset) if name), "")
    except struct.error:
        return ""


def _names(raw: bytes, charset: str) -> Iterator[str]:
    (count,), at = struct.unpack_from("<I", raw), 4
    for _ in range(count):
        kind, name = struct.unpack_from("<HH", raw, at)
        at += 4
        if name >= 0x8000:  # named by a number or by words, behind the identifier of a set
            at = _past_its_name(raw, at + 16)
        many = bool(kind & _MANY)
        kind &= ~_MANY
        values = 1
        if many or kind in (_TEXT, _WIDE, _BYTES, _OBJECT):
            (values,) = struct.unpack_from("<I", raw, at)
            at += 4
        for _value in range(values):
            if kind in _SIZES:
                at += _SIZES[kind]
            elif kind in (_TEXT, _WIDE, _BYTES, _OBJECT):
                (length,) = struct.unpack_from("<I", raw, at)
                at += 4
                if name == _LONG_NAME and kind in (_TEXT, _WIDE):
                    content = raw[at : at + length]
                    words = content.decode("utf-16-le", "replace") if kind == _WIDE else decoded(content, charset)
                    yield words.split("\0")[0]
                at += length + -length % 4
            else:
                return  # a type that is not known: where the next begins is not known either
            if at > len(raw):
                return


def _past_its_name(raw: bytes, at: int) -> int:
    by_words, number = struct.unpack_from("<II", raw, at)
    return at + 8 + (number + -number % 4 if by_words else 0)
