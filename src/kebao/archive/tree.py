"""A package's files, whatever they lie in: one face for a folder, a zip and a tar."""

from __future__ import annotations

import hashlib
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, Self

from kebao.archive.faults import megabytes, unreadable, unsafe
from kebao.archive.limits import MIB, Limits
from kebao.model.text import Text

Kind = Literal["folder", "zip", "tar"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file.

    Attributes:
        path: inside the package, forward slashes, NFC (except the later of two that clash after NFC), wrapper left off.
        size: bytes; declared for archives, and proven when it is read.
        raw_name: the bytes as they stand in the container; None where they are just `path` in UTF-8.
    """

    path: str
    size: int
    raw_name: bytes | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was accepted and is worth a word.

    `code` is `norm-clash` (two names alike after NFC), `name-decoded` (names not marked as UTF-8 were read in another
    encoding) or `backslash` (Windows separators were turned into `/`).
    """

    code: str
    message: Text
    path: str = ""


class Tree(ABC):
    """What came in, opened safely. Close it, or use `with`.

    Attributes:
        source: the folder or archive on disk.
        kind: what it is.
        name: what counts for the package's name (P7.1): the folder's name, or the archive's without its extension.
        wrapper: name of the one folder that held everything and was stepped into; empty where there was none. It may
            carry the package's name where `name` does not (`下载(1).zip` with the named folder inside).
        entries: files, sorted by path; junk of operating systems left out.
        notes: what was accepted and is worth a word.
        limits: what was allowed.
    """

    def __init__(
        self,
        source: Path,
        kind: Kind,
        name: str,
        wrapper: str,
        entries: tuple[Entry, ...],
        notes: tuple[Note, ...],
        limits: Limits,
    ) -> None:
        self.source = source
        self.kind: Kind = kind
        self.name = name
        self.wrapper = wrapper
        self.entries = entries
        self.notes = notes
        self.limits = limits
        self._by_path = {entry.path: entry for entry in entries}
        self._by_folded: dict[str, Entry] | None = None

    def get(self, path: str) -> Entry | None:
        """The file at exactly this path (any normal form of Unicode)."""
        return self._by_path.get(path) or self._by_path.get(unicodedata.normalize("NFC", path))

    def find_casefold(self, path: str) -> Entry | None:
        """The file that a Windows author means by `path`: letter case, `\\` for `/` and a leading `./` do not count."""
        if self._by_folded is None:
            self._by_folded = {}
            for entry in self.entries:
                self._by_folded.setdefault(_folded(entry.path), entry)
        return self.get(path) or self._by_folded.get(_folded(path))

    @abstractmethod
    def open(self, path: str) -> BinaryIO:
        """The file as a seekable stream, memory bounded; sizes and sums are checked while it is read.

        Raises:
            Unreadable: `missing`; while reading `truncated`, `damaged`.
            Unsafe: while reading `false-size`, `zip-bomb`.
        """

    def place(self, path: str) -> tuple[int, int] | None:
        """First byte and length of the file within `source`, where its bytes lie there as they are; None where they do not."""
        self.entry(path)
        return None

    def read(self, path: str, limit: int | None = None) -> bytes:
        """The file's bytes, at most `limit` (default `limits.member_bytes`).

        Raises:
            Unsafe: `too-large`, and what `open` raises.
            Unreadable: what `open` raises.
        """
        entry = self.entry(path)
        allowed = self.limits.member_bytes if limit is None else limit
        with self.open(path) as stream:
            content = b"" if entry.size > allowed else _read_up_to(stream, allowed + 1)
        if max(len(content), entry.size) > allowed:
            raise unsafe(
                "too-large",
                "“{entry}”有 {size}，超过可读取的上限 {limit}。",
                "“{entry}” is {size} long, above the limit of {limit} for reading it.",
                path,
                size=megabytes(max(len(content), entry.size)),
                limit=megabytes(allowed),
            )
        return content

    def entry(self, path: str) -> Entry:
        """Like `get`, for a file that must be there.

        Raises:
            Unreadable: `missing`.
        """
        entry = self.get(path)
        if entry is None:
            raise unreadable("missing", "包里没有文件“{entry}”。", "The package has no file “{entry}”.", path)
        return entry

    def local_path(self, path: str) -> Path | None:
        """Where the file lies on disk; None inside an archive."""
        self.entry(path)
        return None

    def digest(self, path: str) -> str:
        """SHA-256 of the file as 64 hex digits, read in blocks of 1 MiB.

        Raises:
            Unreadable, Unsafe: what `open` raises.
        """
        total = hashlib.sha256()
        block = bytearray(MIB)
        view = memoryview(block)
        with self.open(path) as stream:
            while count := stream.readinto(block):  # type: ignore[attr-defined]
                total.update(view[:count])
        return total.hexdigest()

    def close(self) -> None:  # noqa: B027  a folder holds nothing open
        """Let go of the archive; a second call does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def tree_digest(digests: Mapping[str, str]) -> str:
    """One SHA-256 for a whole tree: of the lines `digest  path` sorted by path, as `SHA256SUMS` would hold them.

    Args:
        digests: hex digest of each file by its path.
    """
    total = hashlib.sha256()
    for path in sorted(digests):
        total.update(f"{digests[path]}  {path}\n".encode())
    return total.hexdigest()


def _folded(path: str) -> str:
    path = unicodedata.normalize("NFC", path).replace("\\", "/")
    while path.startswith("./"):
        path = path[2:]
    return unicodedata.normalize("NFC", path.casefold())


def _read_up_to(stream: BinaryIO, count: int) -> bytes:
    """As `stream.read(count)` but without reserving `count` bytes beforehand."""
    parts = []
    while count > 0 and (part := stream.read(min(count, MIB))):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
