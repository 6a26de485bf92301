"""Putting files into the store, and taking them out of it."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from ketang.platform.storage.models import StoredFile, path_of
from ketang.platform.storage.reading import PIECE, spool, store


def put(pieces: Iterable[bytes]) -> StoredFile:
    """Store bytes as they come. Effects: the file lies in the store, once; its row. Nothing when `pieces` raises."""
    place = spool() / secrets.token_hex(16)
    hashed, size = hashlib.sha256(), 0
    try:
        with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in pieces:
                hashed.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return _keep(place, hashed.hexdigest(), size)
    finally:
        place.unlink(missing_ok=True)


def put_written(write: Callable[[IO[bytes]], None]) -> StoredFile:
    """Store what `write` writes into the file it is given, where it may go back and forth. Effects: as those of `put`."""
    place = spool() / secrets.token_hex(16)
    try:
        with open(os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        hashed = hashlib.sha256()
        for piece in _pieces(place):
            hashed.update(piece)
        return _keep(place, hashed.hexdigest(), place.stat().st_size)
    finally:
        place.unlink(missing_ok=True)


def put_bytes(content: bytes) -> StoredFile:
    """Store a small file."""
    return put([content])


def put_path(path: Path) -> StoredFile:
    """Store a file of this machine; it stays where it is."""
    return put(_pieces(path))


def take_path(place: Path) -> StoredFile:
    """Store a finished file of the spool (`reading.spool`) by renaming it, where the store is a folder. Effects: as those of `put`; it is gone from there."""
    hashed = hashlib.sha256()
    with place.open("rb+") as file:
        for piece in _read(file):
            hashed.update(piece)
        os.fsync(file.fileno())
    place.chmod(0o600)
    stored = _keep(place, hashed.hexdigest(), place.stat().st_size)
    place.unlink(missing_ok=True)
    return stored


def put_stream(stream: IO[bytes]) -> StoredFile:
    """Store what is left of an open stream, which is not closed."""
    return put(_read(stream))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from _read(file)


def _read(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def _keep(place: Path, digest: str, size: int) -> StoredFile:
    """Let the file appear, and touch its row, under the row's lock: a row always has its file.

    A removal that came before has taken what was there, and it is given again; one that comes after sees a file that was
    stored just now, and leaves it (`releasing`). A file that lost its row is found by its name again.
    """
    if _place_of(digest) is None and not _is_there(digest, size):
        _give(place, digest)  # sending it may take minutes: not under the lock
    with transaction.atomic():
        row = _locked(digest, size)
        if not _is_there(digest, size):
            _give(place, digest)
        row.stored_at = timezone.now()
        row.save(update_fields=["stored_at"])
    return row


def _locked(digest: str, size: int) -> StoredFile:
    """The row, locked; made anew when it was removed while we waited for the lock."""
    while True:
        StoredFile.objects.get_or_create(digest=digest, defaults={"size": size})
        # Who only refers to the row need not wait for us.
        if (row := StoredFile.objects.select_for_update(no_key=True).filter(digest=digest).first()) is not None:
            return row


def _is_there(digest: str, size: int) -> bool:
    path, target = path_of(digest), store()
    return target.exists(path) and target.size(path) == size


def _place_of(digest: str) -> Path | None:
    """Where it lies in the folder; None for S3."""
    try:
        return Path(store().path(path_of(digest)))
    except NotImplementedError:
        return None


def _give(place: Path, digest: str) -> None:
    """Let the bytes appear under their name whole or not at all, and on the disk before anybody hears of them."""
    path, target, final = path_of(digest), store(), _place_of(digest)
    if final is None:  # S3: an object appears whole or not at all
        target.delete(path)
        with place.open("rb") as file:
            saved = target.save(path, File(file))
        if saved != path:  # another process stored the same content at the same moment
            target.delete(saved)
        return
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(place, final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove(stored: StoredFile) -> None:
    """Take a file out of the store: when its keeping time is over and nothing refers to it any more (the database says so).

    Effects: the row, then the file, are gone. ProtectedError while something refers to it.
    """
    path = stored.path
    stored.delete()
    store().delete(path)


def clear_incoming(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete what was cut off while it came in, or while a worker that was killed worked on it; how much there was.

    No job may run so long: what is older is nobody's. On S3 a package is worked on as a copy of its full size.
    """
    limit = time.time() - older_than.total_seconds()
    folders = (spool(), Path(settings.WORK))
    old = [path for folder in folders for path in folder.glob("*") if path.lstat().st_mtime < limit]
    for path in old:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old)
