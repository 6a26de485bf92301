"""Reading a disk where it is mounted: links are never followed, nothing is ever written, and no path leads out of its folder."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from ketang.platform.refusal import Refused

MOST_FILES = 20_000
DEEPEST = 30
"""Folders within folders that are gone into."""
LISTED = 500
"""Entries of a folder that a page offers."""
LITTER = frozenset(
    {"system volume information", "$recycle.bin", "found.000", "lost+found", "thumbs.db", "desktop.ini", ".ds_store",
     ".trashes", ".spotlight-v100", ".fseventsd", ".temporaryitems", ".documentrevisions-v100", "__macosx"}
)  # fmt: skip
"""What systems leave on every disk."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder or file that may be copied: its name, its path below the root, bytes of a file."""

    name: str
    path: str
    is_folder: bool
    size: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a disk: its path below the copied folder, bytes, and when it was changed (nanoseconds)."""

    path: str
    size: int
    changed_ns: int


@dataclass(slots=True)
class Looked:
    """What is on a disk: files in the order of their paths, and what is left out, as (path, reason)."""

    files: list[Found] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.files)


def root() -> Path | None:
    """The folder under which disks are mounted; None where none is named."""
    return Path(settings.DESK_ROOT).resolve() if settings.DESK_ROOT else None


def places(below: str) -> list[Place]:
    """Folders and files right below a folder of the root, in the order of their names.

    Raises:
        Refused: no root is named, the path leads out of it or over a link, or it cannot be read.
    """
    base = root()
    if base is None:
        raise Refused(_("没有设置 KETANG_DESK_ROOT，网页上不能读 U 盘或硬盘。"))
    with _opened(base / _inside(below)) as folder:
        if not stat.S_ISDIR(os.fstat(folder).st_mode):
            raise Refused(_("这里不是文件夹。"))
        found = []
        for entry in _entries(folder):
            status = entry.stat(follow_symlinks=False)
            is_folder = stat.S_ISDIR(status.st_mode)
            if (is_folder or stat.S_ISREG(status.st_mode)) and _is_readable(entry.name) and not _is_litter(entry.name):
                path = str(PurePosixPath(below) / entry.name)
                found.append(Place(entry.name, path, is_folder, 0 if is_folder else status.st_size))
    return found[:LISTED]


def place_below(path: str) -> Path:
    """Where a path below the root lies. Refused when it leads out of it, or nothing is there."""
    base = root()
    if base is None or not path:
        raise Refused(_("请选择一个文件夹或文件。"), field="path")
    found = base / _inside(path)
    with _opened(found):
        return found


def look(place: Path) -> Looked:
    """Every file of a folder, or the one file.

    Raises:
        Refused: it cannot be read; too many files.
    """
    found = Looked()
    with _opened(place) as handle:
        status = os.fstat(handle)
        if stat.S_ISREG(status.st_mode):
            found.files.append(Found(place.name, status.st_size, status.st_mtime_ns))
        else:
            _walk(handle, PurePosixPath(), found)
    found.files.sort(key=lambda one: one.path)
    return found


@contextmanager
def reading(place: Path, path: str) -> Iterator[BinaryIO]:
    """A file of a disk, from its beginning. OSError when it cannot be read (any more)."""
    with _opened(place) as handle:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            with os.fdopen(os.dup(handle), "rb", buffering=0) as file:
                file.seek(0)
                yield file
            return
        *folders, name = PurePosixPath(path).parts
        with _stepped(handle, folders) as folder, os.fdopen(_open(name, folder), "rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(_("不是普通文件"))
            yield file


@contextmanager
def _opened(place: Path) -> Iterator[int]:
    """A place, opened step by step below the root where it is one of the root's. Refused when that does not go."""
    base = root()
    try:
        if base is not None and place.is_relative_to(base):
            handle = os.open(base, _FLAGS)
            try:
                with _stepped(handle, place.relative_to(base).parts) as found:
                    yield found
            finally:
                os.close(handle)
        else:
            handle = os.open(place, _FLAGS)
            try:
                yield handle
            finally:
                os.close(handle)
    except FileNotFoundError:
        raise Refused(_("找不到 %(name)s：U 盘或硬盘可能已经拔出。") % {"name": place.name}) from None
    except OSError as fault:
        words = _("%(name)s 读不出来：%(fault)s。")
        raise Refused(words % {"name": place.name, "fault": fault.strerror or str(fault)}) from None


@contextmanager
def _stepped(handle: int, parts: tuple[str, ...] | list[str]) -> Iterator[int]:
    """The folder or file at the end of the steps, each opened in the one before."""
    held = os.dup(handle)
    try:
        for part in parts:
            step = _open(part, held)
            os.close(held)
            held = step
        yield held
    finally:
        os.close(held)


# A pipe that somebody made does not hold us up; a link ends in an error.
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def _open(name: str, folder: int) -> int:
    """Open for reading; where the system lets us, without noting the time of it."""
    try:
        return os.open(name, _FLAGS | getattr(os, "O_NOATIME", 0), dir_fd=folder)
    except PermissionError:
        return os.open(name, _FLAGS, dir_fd=folder)


def _inside(path: str) -> PurePosixPath:
    """A path that stays inside. Refused for one that does not."""
    found = PurePosixPath(path)
    if found.is_absolute() or ".." in found.parts or "\0" in path or len(found.parts) > DEEPEST:
        raise Refused(_("只能选择 KETANG_DESK_ROOT 里面的文件夹。"), field="path")
    return found


def _entries(folder: int) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda one: one.name)


def _walk(folder: int, here: PurePosixPath, found: Looked) -> None:
    for entry in _entries(folder):
        path = here / entry.name
        status = entry.stat(follow_symlinks=False)
        if _is_litter(entry.name):
            continue
        if not _is_readable(entry.name):
            shown = os.fsencode(entry.name).decode("utf-8", "replace")
            found.skipped.append((str(here / shown), _("文件名不是 UTF-8，读不出来")))
        elif stat.S_ISREG(status.st_mode):
            found.files.append(Found(str(path), status.st_size, status.st_mtime_ns))
        elif not stat.S_ISDIR(status.st_mode):
            found.skipped.append((str(path), _("是链接或特殊文件")))
        elif len(path.parts) >= DEEPEST:
            found.skipped.append((str(path), _("文件夹套得太深")))
        else:
            step = _open(entry.name, folder)
            try:
                _walk(step, path, found)
            finally:
                os.close(step)
        if len(found.files) > MOST_FILES:
            raise Refused(_("文件太多（超过 %(most)s 个）。请只选课程所在的文件夹。") % {"most": MOST_FILES})


def _is_readable(name: str) -> bool:
    """Whether a name can be written down."""
    return not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name)


def _is_litter(name: str) -> bool:
    return name.casefold() in LITTER or name.startswith("._")
