"""Putting files into the store, and taking them out of it."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.core.files import File

from ketang.platform.storage.models import StoredFile, path_of
from ketang.platform.storage.reading import store

INCOMING = "incoming"
"""Where files lie that are not whole yet; what is a day old there was cut off."""


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
        _place(file, path)
    return StoredFile.objects.get_or_create(digest=digest, defaults={"size": size})[0]


def _place(file: IO[bytes], path: str) -> None:
    """Let the bytes appear under their name whole or not at all, and on the disk before anybody hears of them."""
    target = store()
    try:
        final = Path(target.path(path))
    except NotImplementedError:  # S3: an object appears whole or not at all
        target.delete(path)
        saved = target.save(path, File(file))
        if saved != path:  # another process stored the same content at the same moment
            target.delete(saved)
        return
    incoming = Path(target.path(target.save(f"{INCOMING}/{secrets.token_hex(16)}", File(file))))
    _sync(incoming)
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(incoming, final)
    _sync(final.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(stored: StoredFile) -> None:
    """Take a file out of the store: when its keeping time is over and nothing refers to it any more (the database says so).

    Effects: the row, then the file, are gone. ProtectedError while something refers to it.
    """
    path = stored.path
    stored.delete()
    store().delete(path)


def clear_incoming(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete what was cut off while it came in; how many there were. S3 keeps nothing of the kind."""
    try:
        folder = Path(store().path(INCOMING))
    except NotImplementedError:
        return 0
    limit = time.time() - older_than.total_seconds()
    old = [path for path in folder.glob("*") if path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
