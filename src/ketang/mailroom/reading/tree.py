"""The parts of a mail by their places in the raw file: one pass over its lines, headers alone are held in memory.

Python's `email` holds a mail of 300 MB several times over and gives up the structure at some faults; this keeps offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from ketang.mailroom.reading.limits import Limits, Remark
from ketang.mailroom.reading.parameters import Valued, valued
from ketang.mailroom.reading.words import plain_charset

_HEADER = re.compile(rb"^([!-9;-~]+)[ \t]*:[ \t]*")
_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_PIECE = 64 * 1024


@dataclass(slots=True)
class Part:
    """One part: `place` like `1.2`, empty for the mail; the body is `[body_start, body_end)` of the raw file, in bytes."""

    place: str
    depth: int
    headers: list[tuple[str, bytes]] = field(default_factory=list)
    body_start: int = 0
    body_end: int = 0
    kind: Valued = field(default_factory=lambda: Valued("text/plain"))
    disposition: Valued = field(default_factory=lambda: Valued(""))
    encoding: str = ""
    children: list[Part] = field(default_factory=list)

    def all(self, name: str) -> list[bytes]:
        """Raw values of every header of that name, in order."""
        return [value for said, value in self.headers if said == name]

    def first(self, name: str) -> bytes:
        """The first raw value; empty without one."""
        return next(iter(self.all(name)), b"")

    def walk(self) -> Iterator[Part]:
        """This part and all below, in the mail's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_message(self) -> bool:
        """A mail inside, readable where it stands."""
        return self.kind.value in {"message/rfc822", "message/global"} and self.encoding not in _ENCODED

    @property
    def is_container(self) -> bool:
        """Its body is parts."""
        return self.kind.value.startswith("multipart/") or self.is_message


_ENCODED = frozenset({"base64", "quotedprintable", "xuuencode", "uuencode"})


@dataclass(slots=True)
class _Open:
    part: Part
    state: str  # headers, preamble, leaf, epilogue
    boundary: bytes = b""
    header: bytearray = field(default_factory=bytearray)


class Scan:
    """One pass over a raw mail. `root` is the mail's own part, `remarks` what was wrong."""

    def __init__(self, file: BinaryIO, limits: Limits, *, depth: int = 0, prefix: str = "") -> None:
        self.limits, self.prefix = limits, prefix
        self.remarks: list[Remark] = []
        self.root = Part(prefix, depth)
        self.open = [_Open(self.root, "headers")]
        self.count = 0
        self._read(file)

    def _read(self, file: BinaryIO) -> None:
        at, ending, fresh = 0, 0, True
        file.seek(0)
        while at < self.limits.total_bytes and (line := file.readline(_PIECE)):
            if not (at == 0 and line.startswith((b"From ", b">From "))):
                self._take(line, at, ending, fresh)
            else:
                self.root.body_start = len(line)
            at += len(line)
            fresh = line.endswith(b"\n")
            ending = 2 if line.endswith(b"\r\n") else 1 if fresh else 0
        if at >= self.limits.total_bytes and file.read(1):
            self.remarks.append(Remark("too-large", self.prefix))
        if any(entry.state in {"preamble", "leaf"} and entry.boundary for entry in self.open):
            self.remarks.append(Remark("no-end", self.prefix))
        self._close(0, at)

    def _take(self, line: bytes, at: int, ending: int, fresh: bool) -> None:
        if fresh and line.startswith(b"--"):
            level, last = self._boundary(line)
            if level is not None:
                entry = self.open[level]
                self._close(level + 1, max(at - ending, self.open[-1].part.body_start))
                entry.state = "epilogue" if last else "preamble"
                if last:
                    entry.part.body_end = at + len(line)
                else:
                    self._begin(entry.part, at + len(line))
                return
        entry = self.open[-1]
        if entry.state == "headers":
            self._header(entry, line, at, fresh)

    def _boundary(self, line: bytes) -> tuple[int | None, bool]:
        bare = line.rstrip(b" \t\r\n")
        for level in range(len(self.open) - 1, -1, -1):
            entry = self.open[level]
            if entry.state == "headers" or not entry.part.kind.value.startswith("multipart/"):
                continue
            if not entry.boundary:
                if len(bare) < 4 or entry.state != "preamble":
                    continue
                entry.boundary = bare
                self.remarks.append(Remark("no-boundary", entry.part.place))
            if bare == entry.boundary:
                return level, False
            if bare == entry.boundary + b"--":
                return level, True
        return None, False

    def _begin(self, parent: Part, at: int) -> None:
        if self.count >= self.limits.parts:
            code = "too-many-parts"
        elif parent.depth + 1 > self.limits.depth:
            code = "too-deep"
        else:
            self.count += 1
            number = str(len(parent.children) + 1)
            child = Part(f"{parent.place}.{number}" if parent.place else number, parent.depth + 1, body_start=at)
            parent.children.append(child)
            self.open.append(_Open(child, "headers"))
            return
        if not any(remark.code == code for remark in self.remarks):
            self.remarks.append(Remark(code, parent.place))

    def _header(self, entry: _Open, line: bytes, at: int, fresh: bool) -> None:
        bare = line.rstrip(b"\r\n")
        entry.part.body_start = at + len(line)
        if fresh and not bare.strip(b" \t") and (not bare or not entry.header):
            self._body(entry)
        elif fresh and bare[:1] not in {b" ", b"\t"} and not _HEADER.match(bare):
            # Raw bytes of a name folded without indentation have no colon; a line of a body after a lost blank line has none either.
            if entry.header and _continues(bytes(entry.header)):
                entry.header += line
                return
            self.remarks.append(Remark("no-blank-line", entry.part.place))
            entry.part.body_start = at
            self._body(entry)
        elif len(entry.header) < self.limits.header_bytes:
            entry.header += line
        elif not any(remark == Remark("long-header", entry.part.place) for remark in self.remarks):
            self.remarks.append(Remark("long-header", entry.part.place))

    def _body(self, entry: _Open) -> None:
        part = entry.part
        part.headers = list(_split(bytes(entry.header)))
        entry.header.clear()
        part.kind = valued(part.first("content-type")) if part.first("content-type").strip() else Valued("text/plain")
        part.disposition = valued(part.first("content-disposition"))
        part.encoding = (
            plain_charset(valued(part.first("content-transfer-encoding")).value.split()[0])
            if part.first("content-transfer-encoding").strip(b' \t\r\n;"')
            else ""
        )
        entry.state = "leaf"
        if part.kind.value.startswith("multipart/"):
            entry.state = "preamble"
            said = part.kind.parameters.get("boundary", "")
            entry.boundary = b"--" + said.encode("utf-8", "replace").rstrip() if said else b""
        elif part.is_message:
            self._begin(part, part.body_start)

    def _close(self, level: int, at: int) -> None:
        while len(self.open) > level:
            entry = self.open.pop()
            if entry.state == "headers":
                entry.part.body_start = min(entry.part.body_start, at)
                self.open.append(entry)  # a mail inside may begin while this one closes
                self._body(entry)
                opened = self.open.index(entry)
                for inner in self.open[opened + 1 :]:
                    inner.part.body_end = inner.part.body_start = at
                del self.open[opened:]
            if entry.state != "epilogue":
                entry.part.body_end = max(at, entry.part.body_start)


def _continues(header: bytes) -> bool:
    """The last header line has begun an encoded word or a quotation that it does not end."""
    last = header.rstrip(b"\r\n").rsplit(b"\n", 1)[-1]
    return last.count(b'"') % 2 == 1 or (b"=?" in last and last.rfind(b"?=") < last.rfind(b"=?"))


def _split(block: bytes) -> Iterator[tuple[str, bytes]]:
    name, value = "", b""
    for line in _LINE.findall(block):
        match = _HEADER.match(line)
        if match and line[:1] not in {b" ", b"\t"}:
            if name:
                yield name, value.rstrip(b"\r\n")
            name, value = match[1].decode("ascii").lower(), line[match.end() :]
        else:
            value += line
    if name:
        yield name, value.rstrip(b"\r\n")


def lines_of(file: BinaryIO, part: Part) -> Iterator[bytes]:
    """The lines of a part's body as they stand in the raw file; lines over 64 KB come in pieces."""
    return lines_between(file, part.body_start, part.body_end)


def lines_between(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """Lines of `[start, end)`; the file may be moved by others between two lines."""
    for block in blocks_between(file, start, end):
        yield from block.splitlines(keepends=True)


def blocks_between(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """Whole lines of `[start, end)`, about 64 KB at once; a longer line comes in pieces."""
    at = start
    while at < end:
        file.seek(at)
        piece = file.read(min(_PIECE, end - at))
        if not piece:
            return
        last = piece.rfind(b"\n") + 1
        if last and at + len(piece) < end:
            piece = piece[:last]
        at += len(piece)
        yield piece
