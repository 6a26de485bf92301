"""Seekable streams over parts of an archive: memory bounded, every byte counted, no header believed."""

from __future__ import annotations

import io
import os
import zlib
from typing import Any

from kebao.archive.faults import megabytes, unreadable, unsafe
from kebao.archive.limits import Limits
from kebao.archive.source import Source

_CHUNK = 64 << 10
_MARK_EVERY = 4 << 20
_MARKS = 64

Mark = tuple[int, int, Any]  # bytes out, bytes in, a copy of the decompressor there


class Counted(io.RawIOBase):
    """Base: a position, a declared size that must prove true, and a CRC-32 checked when all was read in order.

    Attributes:
        name: entry's name for messages.
        size: bytes that were declared, or None where nothing was declared (the whole of a gzip).
    """

    def __init__(self, name: str, size: int | None, crc: int | None = None) -> None:
        super().__init__()
        self.name = name
        self.size = size
        self._crc = crc
        self._seen_crc = 0
        self._seen_to = 0
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Bytes from the start."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move; nothing is read until asked for.

        Raises:
            ValueError: before the start, or from an end that nobody knows.
        """
        if whence == os.SEEK_CUR:
            offset += self._at
        elif whence == os.SEEK_END:
            if self.size is None:
                raise ValueError("the end of this stream is not known")
            offset += self.size
        if offset < 0:
            raise ValueError("negative position")
        self._at = offset
        return offset

    def readinto(self, buffer: Any) -> int:
        """Fill as much of `buffer` as comes at once; 0 at the end.

        Raises:
            Unsafe: `false-size`, `zip-bomb`.
            Unreadable: `truncated`, `damaged`.
        """
        view = memoryview(buffer).cast("B")
        want = len(view)
        if self.size is not None:
            want = min(want, self.size - self._at)
            if want <= 0:
                self._close_account()
                return 0
        got = self._take(self._at, want)
        view[: len(got)] = got
        if self._crc is not None and self._at == self._seen_to:
            self._seen_crc = zlib.crc32(got, self._seen_crc)
            self._seen_to += len(got)
        self._at += len(got)
        if self._at == self.size:
            self._close_account()
        return len(got)

    def _take(self, at: int, want: int) -> bytes:
        """Between 1 and `want` bytes from `at`; empty only at the end of a stream of unknown size."""
        raise NotImplementedError

    def _nothing_more(self) -> bool:
        """Whether the source ends where the declared size says."""
        return True

    def _close_account(self) -> None:
        if self._at != self.size:
            return
        if not self._nothing_more():
            raise false_size(self.name)
        if self._crc is not None and self._seen_to == self.size and self._seen_crc != self._crc:
            raise damaged(self.name)


class Window(Counted):
    """Bytes that lie unpacked in the source (a stored zip member, a tar member)."""

    def __init__(self, source: Source, start: int, size: int, name: str, crc: int | None = None) -> None:
        super().__init__(name, size, crc)
        self._source = source
        self._start = start

    def _take(self, at: int, want: int) -> bytes:
        got = self._source.read_at(self._start + at, want)
        if not got:
            raise truncated(self.name)
        return got


class Inflated(Counted):
    """Bytes that come out of deflate (`wbits=-15`, a zip member) or gzip (`wbits=31`, several members in a row too).

    Seeking back starts from the nearest of at most 64 remembered places (about 3 MB together), so that a reader that
    jumps to the end and back (an mp4 without fast start) does not unpack from the start each time.
    """

    def __init__(
        self,
        source: Source,
        start: int,
        packed: int,
        name: str,
        limits: Limits,
        *,
        size: int | None = None,
        crc: int | None = None,
        wbits: int = -15,
        marks: list[Mark] | None = None,
    ) -> None:
        super().__init__(name, size, crc)
        self._source = source
        self._start = start
        self._packed = packed
        self._limits = limits
        self._wbits = wbits
        self._spacing = _MARK_EVERY
        self._engine: Any = zlib.decompressobj(wbits)
        self._out = 0
        self._in = 0
        self.marks: list[Mark] = list(marks) if marks else [(0, 0, self._engine.copy())]

    def _take(self, at: int, want: int) -> bytes:
        self._go_to(at)
        got = self._pull(want)
        if not got and self.size is not None:
            raise false_size(self.name)
        return got

    def _go_to(self, at: int) -> None:
        best = max((mark for mark in self.marks if mark[0] <= at), key=lambda mark: mark[0])
        if self._out > at or best[0] > self._out:
            self._out, self._in, engine = best
            self._engine = engine.copy()
        while self._out < at:
            if not self._pull(min(at - self._out, 1 << 20)):
                raise truncated(self.name)

    def _pull(self, want: int) -> bytes:
        """Between 1 and `want` unpacked bytes; empty at the end."""
        while True:
            engine = self._engine
            if engine.eof and not self._next_member():
                return b""
            engine = self._engine
            packed = engine.unconsumed_tail or self._more()
            try:
                got: bytes = engine.decompress(packed, want)
            except zlib.error as error:
                raise damaged(self.name) from error
            if got:
                self._out += len(got)
                self._count()
                self._mark()
                return got
            if not engine.eof and not engine.unconsumed_tail and self._in >= self._packed:
                raise truncated(self.name)

    def _more(self) -> bytes:
        count = min(_CHUNK, self._packed - self._in)
        packed = self._source.read_at(self._start + self._in, count) if count > 0 else b""
        if count > 0 and not packed:
            raise truncated(self.name)
        self._in += len(packed)
        return packed

    def _next_member(self) -> bool:
        """Step to the next gzip member, if one follows."""
        if self._wbits != 31:
            return False
        rest = self._engine.unused_data
        self._in -= len(rest)
        if self._source.read_at(self._start + self._in, min(2, self._packed - self._in)) != b"\x1f\x8b":
            self._in += len(rest)
            return False
        self._engine = zlib.decompressobj(self._wbits)
        return True

    def _count(self) -> None:
        if self.size is not None and self._out > self.size:
            raise false_size(self.name)
        if self._out > self._limits.unpacked_bytes:
            raise too_big(self.name, self._limits)
        if self._limits.bloats(self._out, self._packed):
            raise bomb(self.name, self._limits)

    def _mark(self) -> None:
        if self._out - self.marks[-1][0] < self._spacing:
            return
        if len(self.marks) >= _MARKS:
            self.marks = self.marks[::2]
            self._spacing *= 2
        else:
            self.marks.append((self._out, self._in, self._engine.copy()))

    def _nothing_more(self) -> bool:
        if self._out != self.size:
            return True  # the reader jumped to the end without reading: nothing was claimed, nothing is checked
        return not self._pull(1)


class Section(Counted):
    """A stretch of another stream of ours (a member of a tar inside a gzip)."""

    def __init__(self, inner: Counted, start: int, size: int, name: str) -> None:
        super().__init__(name, size)
        self._inner = inner
        self._start = start

    def _take(self, at: int, want: int) -> bytes:
        self._inner.seek(self._start + at)
        got = self._inner.read(want)
        if not got:
            raise truncated(self.name)
        return got


def false_size(name: str) -> Exception:
    """The directory says one size, the content has another."""
    return unsafe(
        "false-size",
        "“{entry}”写明的大小与内容不符，压缩包可能被改动过，请重新打包。",
        "The stated size of “{entry}” is not that of its content; the archive may have been tampered with. Pack it again.",
        name,
    )


def truncated(name: str) -> Exception:
    """The bytes end too early."""
    return unreadable(
        "truncated",
        "“{entry}”不完整，可能没有传完，请重新打包或重新发送。",
        "“{entry}” is incomplete, perhaps cut off on the way. Pack it or send it again.",
        name,
    )


def damaged(name: str) -> Exception:
    """The bytes are not what they were when packed."""
    return unreadable(
        "damaged",
        "“{entry}”已损坏，请重新打包或重新发送。",
        "“{entry}” is damaged. Pack it or send it again.",
        name,
    )


def bomb(name: str, limits: Limits) -> Exception:
    """The ratio is exceeded."""
    return unsafe(
        "zip-bomb",
        "“{entry}”解压后超过压缩前的 {ratio} 倍，疑似压缩炸弹，已拒收；请删去它，或换成平常的文件，重新打包。",
        "“{entry}” unpacks to more than {ratio} times its size, like a decompression bomb; refused. Delete or replace it and pack again.",
        name,
        ratio=limits.ratio,
    )


def too_big(name: str, limits: Limits) -> Exception:
    """The size limit is exceeded."""
    return unsafe(
        "zip-bomb",
        "解压到“{entry}”时总大小超过上限 {limit}，已拒收；请减少内容，或分成几个课程包。",
        "With “{entry}” the unpacked size exceeds the limit of {limit}; refused. Take content out, or make several packages.",
        name,
        limit=megabytes(limits.unpacked_bytes),
    )
