"""Writing what a command makes: a place that cannot be written is said at once, in words, and is wrong use."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kebao.model.errors import UsageFault
from kebao.model.text import Text

_REASONS = {
    errno.ENOENT: Text(zh="没有这个文件夹或文件", en="there is no such folder or file"),
    errno.EACCES: Text(zh="没有权限", en="no permission"),
    errno.EPERM: Text(zh="没有权限", en="no permission"),
    errno.ENOSPC: Text(zh="磁盘满了", en="the disk is full"),
    errno.EROFS: Text(zh="这个盘只能读，不能写", en="the disk is read-only"),
    errno.EISDIR: Text(zh="这是文件夹", en="it is a folder"),
    errno.ENOTDIR: Text(zh="路径里有一段不是文件夹", en="a part of the path is no folder"),
    errno.EEXIST: Text(zh="已经有同名的文件", en="a file of that name is there"),
    errno.ENAMETOOLONG: Text(zh="名字太长", en="the name is too long"),
    errno.ENXIO: Text(zh="这不是普通文件", en="it is no ordinary file"),
    errno.EIO: Text(zh="磁盘读写出错", en="the disk reported an error"),
}


def reason(error: OSError) -> Text:
    """Why the system refused, as a person would say it."""
    known = _REASONS.get(error.errno or 0)
    said = error.strerror or type(error).__name__
    return known or Text(zh=f"系统说“{said}”", en=said)


def check_writable(out: Path | None) -> None:
    """Refuse a place that cannot be written before long work begins.

    Raises:
        UsageFault: its folder is not there, or nothing may be written to it.
    """
    if out is None:
        return
    folder = out.absolute().parent
    if not folder.is_dir():
        raise _refused(out, Text(zh=f"没有文件夹“{folder}”", en=f"there is no folder “{folder}”"))
    if not os.access(out if out.exists() else folder, os.W_OK):
        raise _refused(out, _REASONS[errno.EACCES])


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turn the system's refusal to write into words.

    Raises:
        UsageFault: something could not be written.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refused(Path(error.filename) if isinstance(error.filename, str) else out, reason(error)) from error


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Standard output into a pipe that somebody closed (`| head`) is no fault: the rest goes nowhere."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refused(out: Path, why: Text) -> UsageFault:
    return UsageFault(Text(zh=f"不能写到“{out}”：{why.zh}。", en=f"Cannot write to “{out}”: {why.en}."))
