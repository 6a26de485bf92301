"""Reading from the store; what differs from its digest is never handed out as good."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import Storage, storages

from ketang.platform.storage.models import path_of

PIECE = 1 << 20


class Damaged(Exception):
    """The stored bytes are not those of the digest, or are gone: the store is to be restored from its backup."""


def store() -> Storage:
    """The store of this instance."""
    return storages["default"]


def spool() -> Path:
    """Where files lie that are not whole yet: on the disk of the store's folder, so that a finished one is only renamed.

    With S3, in the instance folder and never in the system's, which may be memory.
    """
    # From the settings, not from the store: the client of S3 is large, and a process that only waits has no use for it.
    location = settings.STORAGES["default"].get("OPTIONS", {}).get("location")
    folder = Path(location) / "incoming" if location else settings.SPOOL
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def read(digest: str) -> Iterator[bytes]:
    """The bytes in pieces. Damaged after the last piece when they were not the right ones, before the first when absent."""
    with _opened(digest) as file:
        hashed = hashlib.sha256()
        while piece := file.read(PIECE):
            hashed.update(piece)
            yield piece
    if hashed.hexdigest() != digest:
        raise Damaged(digest)


def read_range(digest: str, start: int, end: int) -> Iterator[bytes]:
    """Bytes `start` to `end`, both included, in pieces: for players that seek. A part cannot be verified against the digest.

    Damaged when the file is absent or ends too early. From S3 only the part is fetched.
    """
    left = end - start + 1
    for piece in _part(digest, start, end):
        left -= len(piece)
        yield piece
    if left:
        raise Damaged(digest)


def _part(digest: str, start: int, end: int) -> Iterator[bytes]:
    target: Any = store()
    try:
        place = Path(target.path(path_of(digest)))
    except NotImplementedError:
        try:
            answer = target.bucket.Object(path_of(digest)).get(Range=f"bytes={start}-{end}")
        except target.connection.meta.client.exceptions.NoSuchKey:
            raise Damaged(digest) from None
        yield from answer["Body"].iter_chunks(PIECE)
        return
    try:
        file = place.open("rb")
    except FileNotFoundError:
        raise Damaged(digest) from None
    with file:
        file.seek(start)
        left = end - start + 1
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


class Reading(io.RawIOBase):
    """The bytes as one stream, read forwards. Damaged at its end when they were not the right ones."""

    def __init__(self, digest: str) -> None:
        super().__init__()
        self._pieces = read(digest)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a buffer as the caller has it
        """The next bytes."""
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def read_whole(digest: str) -> bytes:
    """A small file's bytes, verified. Damaged when they are not the right ones."""
    return b"".join(read(digest))


@contextmanager
def local(digest: str) -> Iterator[Path]:
    """A verified file on this machine, for as long as the block lasts: the folder's own, or a copy from S3. Do not write to it."""
    try:
        place = Path(store().path(path_of(digest)))
    except NotImplementedError:
        with tempfile.TemporaryDirectory(prefix="copy-", dir=spool()) as folder:
            copy = Path(folder) / digest
            with copy.open("wb") as file:
                for piece in read(digest):
                    file.write(piece)
            yield copy
        return
    for _piece in read(digest):
        pass
    yield place


def free_bytes() -> int | None:
    """Space left in the folder; None for S3."""
    try:
        return shutil.disk_usage(store().path("")).free
    except (NotImplementedError, FileNotFoundError):
        return None


@contextmanager
def _opened(digest: str) -> Iterator[IO[bytes]]:
    try:
        file = store().open(path_of(digest), "rb")
    except FileNotFoundError:
        raise Damaged(digest) from None
    with file:
        yield file
