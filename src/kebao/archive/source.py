"""Bytes at a place: one way to read a file on disk or an open stream without a shared position."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import BinaryIO, Protocol

from kebao.archive.faults import unreadable, unsafe


class Source(Protocol):
    """Something with a fixed size that can be read at any offset, from several threads."""

    size: int

    def read_at(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset`; fewer only at the end."""

    def close(self) -> None:
        """Let go of what was opened here."""


def open_regular(path: Path, entry: str = "") -> int:
    """A read-only descriptor of a regular file; a link in the last component is not followed where the system can.

    Raises:
        Unsafe: `symlink`, `special-file`.
        Unreadable: `missing`, `unreadable` (no permission, disk error).
    """
    entry = entry or path.name
    flags = os.O_RDONLY
    for wish in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, wish, 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError as error:
        raise unreadable("missing", "找不到“{entry}”。", "“{entry}” is not there.", entry) from error
    except (OSError, ValueError) as error:
        if path.is_symlink():
            raise linked(entry) from error
        raise _denied(entry) from error
    try:
        regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
    except OSError as error:
        os.close(descriptor)
        raise _denied(entry) from error
    if not regular:
        os.close(descriptor)
        raise special(entry)
    return descriptor


def linked(path: str) -> Exception:
    """A link instead of a file."""
    return unsafe(
        "symlink",
        "“{entry}”是指向别处的链接，请放入文件本身。",
        "“{entry}” is a link to somewhere else; put the file itself there.",
        path,
    )


def special(path: str) -> Exception:
    """A device, pipe or socket."""
    return unsafe(
        "special-file",
        "“{entry}”不是普通文件（是设备、管道之类），请删去。",
        "“{entry}” is no ordinary file (a device, a pipe or the like); please remove it.",
        path,
    )


def _denied(entry: str) -> Exception:
    return unreadable(
        "unreadable",
        "打不开“{entry}”：没有权限或磁盘出错。",
        "“{entry}” cannot be opened: no permission, or a disk error.",
        entry,
    )


class FileSource:
    """A file on disk.

    Raises:
        Unreadable, Unsafe: see `open_regular`.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._descriptor = open_regular(path)
        self.size = os.fstat(self._descriptor).st_size
        self._lock = threading.Lock()

    def read_at(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset`."""
        try:
            if hasattr(os, "pread"):
                return os.pread(self._descriptor, count, offset)
            with self._lock:
                os.lseek(self._descriptor, offset, os.SEEK_SET)
                return os.read(self._descriptor, count)
        except (OSError, OverflowError) as error:
            raise _denied(self._name) from error

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class StreamSource:
    """A seekable stream that someone else opened and will close."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.size = stream.seek(0, os.SEEK_END)
        self._lock = threading.Lock()

    def read_at(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset`."""
        with self._lock:
            self._stream.seek(offset)
            return self._stream.read(count)

    def close(self) -> None:
        """Nothing: the stream belongs to whoever opened it."""
