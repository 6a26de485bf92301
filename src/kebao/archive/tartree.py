"""A tar, plain or inside gzip (`.tar.gz`, `.tgz`, Moodle's `.mbz`), as a tree."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kebao.archive.faults import unreadable
from kebao.archive.folder import too_many
from kebao.archive.gather import Found, gather
from kebao.archive.limits import MIB, Limits
from kebao.archive.names import decode_name
from kebao.archive.source import Source, linked, special
from kebao.archive.streams import Counted, Inflated, Section, Window, damaged, too_big, truncated
from kebao.archive.tree import Tree

_BLOCK = 512
_NAME_BYTES = MIB
_BUFFER = 128 << 10
_GZIP = 31
_EXTENSIONS = re.compile(r"(\.tar)?\.[^.]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Member:
    start: int
    size: int


class TarTree(Tree):
    """A tar. A gzip is unpacked once to list it, in bounded memory; places on the way are remembered for opening.

    Raises:
        Unsafe: `too-many`, `zip-bomb`, `symlink` (hard links too), `special-file`, and what `gather` raises.
        Unreadable: `truncated`, `damaged`, `empty`, `mislabel` (a gzip of something else).
    """

    def __init__(self, source: Path, content: Source, limits: Limits) -> None:
        self._content = content
        self._packed = content.read_at(0, 2) == b"\x1f\x8b"
        try:
            whole = self._whole(source.name, limits)
            found = gather(_members(whole, source.name, limits), limits)
            if not found.entries:
                raise unreadable("empty", "“{entry}”是空的压缩包。", "“{entry}” is an empty archive.", source.name)
        except BaseException:
            content.close()
            raise
        name = _EXTENSIONS.sub("", source.name)
        super().__init__(source, "tar", name, found.wrapper, found.entries, found.notes, limits)
        self._places = found.places
        self._remembered = whole.marks if isinstance(whole, Inflated) else []

    def _whole(self, label: str, limits: Limits) -> Counted:
        if self._packed:
            return Inflated(self._content, 0, self._content.size, label, limits, wbits=_GZIP)
        return Window(self._content, 0, self._content.size, label)

    def open(self, path: str) -> BinaryIO:
        """The member; inside a gzip unpacked from the nearest remembered place."""
        entry = self.entry(path)
        place = self._places[entry.path]
        raw: Counted
        if self._packed:
            size = self._content.size
            whole = Inflated(self._content, 0, size, entry.path, self.limits, wbits=_GZIP, marks=self._remembered)
            raw = Section(whole, place.start, place.size, entry.path)
        else:
            raw = Window(self._content, place.start, place.size, entry.path)
        return io.BufferedReader(raw, _BUFFER)

    def place(self, path: str) -> tuple[int, int] | None:
        """The member's place; none inside a gzip."""
        place = self._places[self.entry(path).path]
        return None if self._packed else (place.start, place.size)

    def close(self) -> None:
        """Close the archive."""
        self._content.close()


def _members(whole: Counted, label: str, limits: Limits) -> Iterator[Found[_Member]]:
    """Every file and folder, then the rest of the stream is counted to its end."""
    at = headers = 0
    long_name: bytes | None = None
    pax: dict[str, bytes] = {}
    while True:
        block = _exactly(whole, at, _BLOCK, label)
        at += _BLOCK
        header = _header(block, label, first=at == _BLOCK)
        if header is None:
            break
        headers += 1
        if headers > limits.entries:
            raise too_many(label, limits)
        size = _number(pax.get("size"), header.size, label)
        raw = long_name or pax.get("path") or _raw_name(header)
        name, encoding = decode_name(raw)
        if size < 0:
            raise damaged(name)
        if size > limits.unpacked_bytes:
            raise too_big(name, limits)
        if header.type in (b"x", b"g", b"L", b"K"):
            content = _exactly(whole, at, _bounded(header.size, label), label)
            if header.type == b"x":
                pax = _pax(content, label)
            elif header.type == b"L":
                long_name = content.rstrip(b"\0")
            at += -(-header.size // _BLOCK) * _BLOCK
            continue
        _check_type(header, pax, name)
        folder = header.isdir() or name.endswith("/")
        yield Found(name, raw, encoding, 0 if folder else size, folder, _Member(at, size))
        at += 0 if folder else -(-size // _BLOCK) * _BLOCK
        long_name, pax = None, {}
    whole.seek(at)
    while whole.read(MIB):
        pass


def _exactly(whole: Counted, at: int, count: int, label: str) -> bytes:
    whole.seek(at)
    parts: list[bytes] = []
    while count > 0:
        part = whole.read(count)
        if not part:
            raise truncated(label) if at else _no_tar(label)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _header(block: bytes, label: str, *, first: bool) -> tarfile.TarInfo | None:
    """The header, or None for the zeros at the end."""
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        if not block.strip(b"\0"):
            return None
        if first:
            raise _no_tar(label) from error
        raise damaged(label) from error
    except ValueError as error:  # numbers that are none
        raise damaged(label) from error


def _raw_name(header: tarfile.TarInfo) -> bytes:
    return header.name.encode("utf-8", "surrogateescape")


def _bounded(size: int, label: str) -> int:
    if not 0 <= size <= _NAME_BYTES:
        raise damaged(label)
    return size


def _number(text: bytes | None, otherwise: int, label: str) -> int:
    if text is None:
        return otherwise
    if not text.isdigit() or len(text) > 20:
        raise damaged(label)
    return int(text)


def _pax(content: bytes, label: str) -> dict[str, bytes]:
    """Records `length key=value\\n` of an extended header (POSIX.1-2001)."""
    records: dict[str, bytes] = {}
    at = 0
    while at < len(content):
        length_text, space, _ = content[at : at + 8].partition(b" ")
        if not space or not length_text.isdigit():
            raise damaged(label)
        length = int(length_text)
        record = content[at + len(length_text) + 1 : at + length]
        key, equals, value = record.partition(b"=")
        if not equals or not value.endswith(b"\n"):
            raise damaged(label)
        records[key.decode("utf-8", "replace")] = value[:-1]
        at += length
    return records


def _check_type(header: tarfile.TarInfo, pax: dict[str, bytes], name: str) -> None:
    if header.issym() or header.islnk():
        raise linked(name)
    sparse = any(key.startswith("GNU.sparse") for key in pax)
    if sparse or header.type not in (b"0", b"\0", b"5", b"7"):
        raise special(name)


def _no_tar(label: str) -> Exception:
    return unreadable(
        "mislabel",
        "“{entry}”不是课程包（压缩的是单个文件），请打成 zip 再发送。",
        "“{entry}” is no package (a single file is packed in it); please send a zip.",
        label,
    )
