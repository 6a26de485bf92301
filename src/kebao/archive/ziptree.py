"""A zip as a tree."""

from __future__ import annotations

import io
import stat
from pathlib import Path
from typing import BinaryIO

from kebao.archive.faults import unreadable
from kebao.archive.gather import Found, Gathered, gather
from kebao.archive.limits import Limits
from kebao.archive.source import Source, linked, special
from kebao.archive.streams import Counted, Inflated, Window, bomb
from kebao.archive.tree import Tree
from kebao.archive.zipdirectory import Record, check_local, check_method, find_directory, read_records

_BUFFER = 128 << 10


class ZipTree(Tree):
    """A zip, judged whole before the first byte of a member is given out.

    Args:
        source: the archive on disk, or a name for messages where there is none.
        content: its bytes; closed with the tree, or at once where opening fails.
        limits: what is allowed.
        keep_junk: keep what operating systems leave behind, too.

    Raises:
        Unsafe: `too-many`, `prefix`, `polyglot`, `overlap`, `false-size`, `false-name`, `zip-bomb`, `symlink`,
            `special-file`, and what `gather` raises.
        Unreadable: `truncated`, `damaged`, `split`, `encrypted`, `method`, `empty`.
    """

    def __init__(self, source: Path, content: Source, limits: Limits, *, keep_junk: bool = False) -> None:
        self._content = content
        try:
            found = self._vetted(source.name, limits, keep_junk)
            if not found.entries:
                raise unreadable("empty", "“{entry}”是空的压缩包。", "“{entry}” is an empty archive.", source.name)
        except BaseException:
            content.close()
            raise
        super().__init__(source, "zip", source.stem, found.wrapper, found.entries, found.notes, limits)
        self._places = found.places

    def _vetted(self, label: str, limits: Limits, keep_junk: bool) -> Gathered[Record]:
        directory = find_directory(self._content, label)
        records = read_records(self._content, directory, label, limits)
        for record in records:
            check_method(record)
            _check_mode(record)
        found = gather(
            (Found(r.name, r.raw, r.encoding, r.size, r.folder, r) for r in records), limits, keep_junk=keep_junk
        )
        if records:
            check_local(self._content, records, directory, label)
            _check_ratio(records, self._content.size, limits)
        return found

    def open(self, path: str) -> BinaryIO:
        """The member: a window on the archive where it is stored, unpacked on the way where it is deflated."""
        entry = self.entry(path)
        record = self._places[entry.path]
        raw: Counted
        if record.method == 0:
            raw = Window(self._content, record.data, record.size, entry.path, record.crc)
        else:
            raw = Inflated(
                self._content,
                record.data,
                record.packed,
                entry.path,
                self.limits,
                size=record.size,
                crc=record.crc,
            )
        return io.BufferedReader(raw, _BUFFER)

    def place(self, path: str) -> tuple[int, int] | None:
        """A stored member's place; a deflated one has none."""
        record = self._places[self.entry(path).path]
        return (record.data, record.size) if record.method == 0 else None

    def close(self) -> None:
        """Close the archive."""
        self._content.close()


def _check_mode(record: Record) -> None:
    kind = stat.S_IFMT(record.mode)
    if kind == stat.S_IFLNK:
        raise linked(record.name)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise special(record.name)


def _check_ratio(records: list[Record], packed: int, limits: Limits) -> None:
    """The declared sizes; the real ones are counted while reading."""
    for record in records:
        if limits.bloats(record.size, record.packed):
            raise bomb(record.name, limits)
    if limits.bloats(sum(record.size for record in records), packed):
        raise bomb(max(records, key=lambda record: record.size).name, limits)
