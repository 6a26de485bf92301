"""A folder on disk as a tree: links are never followed, special files refused."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kebao.archive.faults import unreadable, unsafe
from kebao.archive.gather import Found, gather
from kebao.archive.limits import Limits
from kebao.archive.names import decode_name, is_junk
from kebao.archive.source import linked, open_regular, special
from kebao.archive.tree import Tree

_REPARSE_POINT = 0x400


class FolderTree(Tree):
    """A folder. Files are opened one by one, so there is nothing to close.

    Raises:
        Unsafe: `symlink`, `special-file`, `too-many`, `depth`, and what `gather` raises.
        Unreadable: `empty`, `unreadable`.
    """

    def __init__(self, source: Path, limits: Limits) -> None:
        found = gather(_walk(source, limits), limits, in_folder=True)
        if not found.entries:
            raise unreadable("empty", "文件夹“{entry}”是空的。", "The folder “{entry}” is empty.", source.name)
        super().__init__(source, "folder", source.resolve().name, found.wrapper, found.entries, found.notes, limits)
        self._places = found.places

    def open(self, path: str) -> BinaryIO:
        """The file on disk."""
        return open(open_regular(self._places[self.entry(path).path], path), "rb")

    def local_path(self, path: str) -> Path | None:
        """Where the file lies on disk."""
        return self._places[self.entry(path).path]

    def digest(self, path: str) -> str:
        """SHA-256 of the file as 64 hex digits."""
        with self.open(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _walk(root: Path, limits: Limits) -> Iterator[Found[Path]]:
    """Everything below `root`, junk folders not entered."""
    count = 0
    skip = len(os.path.join(os.fspath(root), ""))
    pending: list[tuple[str, str, int]] = [(os.fspath(root), "", 1)]
    while pending:
        folder, prefix, depth = pending.pop()
        try:
            with os.scandir(folder) as listing:
                children = list(_bounded(listing, limits.entries - count, root.name, limits))
        except OSError as error:
            raise unreadable(
                "unreadable",
                "打不开文件夹“{entry}”：没有权限或磁盘出错。请检查权限，或复制到别处再试。",
                "The folder “{entry}” cannot be opened: no permission, or a disk error. Mend that, or copy the folder elsewhere.",
                prefix or root.name,
            ) from error
        count += len(children)
        for child in children:
            raw = os.fsencode(child.name)
            name, encoding = decode_name(raw)
            path = prefix + name
            if is_junk(path):
                continue
            size, is_folder = _examine(child, path)
            # On a POSIX disk a backslash is part of the name, not a separator: `gather` must not split there.
            if "\\" in name:
                raise _backslash(path)
            yield Found(path, os.fsencode(child.path[skip:]), encoding, size, is_folder, Path(child.path))
            if is_folder:
                if depth >= limits.depth:
                    raise unsafe(
                        "depth",
                        "“{entry}”的文件夹超过 {limit} 层，请减少层数。",
                        "“{entry}” lies deeper than {limit} folders; use fewer.",
                        path,
                        limit=limits.depth,
                    )
                pending.append((child.path, path + "/", depth + 1))


def _bounded(
    listing: Iterator[os.DirEntry[str]], allowed: int, name: str, limits: Limits
) -> Iterator[os.DirEntry[str]]:
    for index, child in enumerate(listing):
        if index >= allowed:
            raise too_many(name, limits)
        yield child


def _examine(child: os.DirEntry[str], path: str) -> tuple[int, bool]:
    """Size, and whether it is a folder; links and special files are refused."""
    try:
        facts = child.stat(follow_symlinks=False)
    except OSError as error:
        raise unreadable("unreadable", "读不到“{entry}”。", "“{entry}” cannot be read.", path) from error
    if stat.S_ISLNK(facts.st_mode) or getattr(facts, "st_file_attributes", 0) & _REPARSE_POINT:
        raise linked(path)
    if stat.S_ISDIR(facts.st_mode):
        return 0, True
    if not stat.S_ISREG(facts.st_mode):
        raise special(path)
    return facts.st_size, False


def _backslash(path: str) -> Exception:
    return unsafe(
        "bad-name", "文件名“{entry}”含有反斜杠，请改名。", "The name “{entry}” holds a backslash; rename it.", path
    )


def too_many(name: str, limits: Limits) -> Exception:
    """More entries than allowed."""
    return unsafe(
        "too-many",
        "“{entry}”里的文件超过 {limit} 个，请合并或删减。",
        "“{entry}” holds more than {limit} files; merge or remove some.",
        name,
        limit=limits.entries,
    )
