"""Putting files into the store, and taking them out of it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.core.files import File

from ketang.platform.storage.models import StoredFile, path_of
from ketang.platform.storage.reading import store


def put(pieces: Iterable[bytes]) -> StoredFile:
    """Store bytes as they come. Effects: the file lies in the store, once; its row. Nothing when `pieces` raises."""
    with tempfile.NamedTemporaryFile(prefix="ketang-") as spool:
        hashed, size = hashlib.sha256(), 0
        for piece in pieces:
            hashed.update(piece)
            size += len(piece)
            spool.write(piece)
        spool.flush()
        spool.seek(0)
        return _keep(spool.file, hashed.hexdigest(), size)


def put_bytes(content: bytes) -> StoredFile:
    """Store a small file."""
    return put([content])


def put_path(path: Path) -> StoredFile:
    """Store a file of this machine; it stays where it is."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        file.seek(0)
        return _keep(file, digest, size)


def _keep(file: IO[bytes], digest: str, size: int) -> StoredFile:
    """The file first, its row second: a row always has its file; a file that lost its row is found by its name again."""
    path, target = path_of(digest), store()
    if not target.exists(path) or target.size(path) != size:
        if target.exists(path):
            target.delete(path)  # the rest of a write that was cut off
        saved = target.save(path, File(file))
        if saved != path:  # another process stored the same content at the same moment
            target.delete(saved)
    return StoredFile.objects.get_or_create(digest=digest, defaults={"size": size})[0]


def remove(stored: StoredFile) -> None:
    """Take a file out of the store: when its keeping time is over and nothing refers to it any more (the database says so).

    Effects: the row, then the file, are gone. ProtectedError while something refers to it.
    """
    stored.delete()
    store().delete(path_of(stored.pk))
