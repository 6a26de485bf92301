"""Writing uploads. A piece counts once its bytes lie in the store and its row is committed, in this order: whatever is cut
off in between is sent again, and two connections that send the same place cannot both win.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ketang.platform.storage.releasing import release
from ketang.platform.uploads.models import Upload, UploadPiece, UploadState

PIECE_BYTES = 4 << 20
"""Bytes held in memory at a time, and lost at most when the line is cut."""
KEPT = timedelta(days=7)
"""How long an unfinished upload waits for its rest; every piece begins the time anew. A whole one waits as long for its page."""
UNCLAIMED = timedelta(days=1)
"""How long a stored upload, or one that a page has asked for, waits for the row that takes it."""
ALGORITHMS = ("sha256", "sha1", "md5")
"""Of the checksum extension; a client names one a request."""


class Source(Protocol):
    """Where the bytes come from: a request."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class WrongOffset(Exception):
    """The bytes belong to another place than the one where the upload stands."""


class TooLong(Exception):
    """More bytes than were announced."""


class ChecksumDiffers(Exception):
    """The bytes are not those that the client meant; they were thrown away."""


class ChecksumUnknown(Exception):
    """The checksum is of no algorithm that is known here, or cannot be read."""


def create(*, owner: str, name: str, length: int) -> Upload:
    """Begin an upload. Its name is only shown, and never a path here.

    Effects: the row.
    """
    shown = PurePosixPath(name.replace("\\", "/")).name.strip() or "upload"
    shown = "".join(letter for letter in shown if letter.isprintable())[-255:]
    upload = Upload(owner=owner, name=shown, length=length, expires_at=timezone.now() + KEPT)
    if length == 0:
        upload.state, upload.whole_at = UploadState.WHOLE, timezone.now()
    upload.save()
    return upload


def append(*, upload: Upload, offset: int, source: Source, checksum: str = "") -> int:
    """Take bytes for the place `offset` until the source ends; what came before a cut is kept.

    Args:
        upload: an open one.
        offset: where the sender believes the upload to stand.
        source: the bytes.
        checksum: `algorithm base64` of all the bytes of this call (tus's extension); empty for none.

    Returns:
        How many bytes are kept now.

    Raises:
        WrongOffset, ChecksumUnknown: nothing of this call is kept.
        TooLong: pieces that fitted are kept, as they would be after a cut; with a checksum nothing is.
        ChecksumDiffers: nothing of this call is kept.
    """
    if upload.offset != offset or not upload.is_open:
        raise WrongOffset
    expected = _expected(checksum)
    reached = offset
    names: list[str] = []
    try:
        for piece in _pieces(source):
            if reached + len(piece) > upload.length:
                raise TooLong
            if expected is not None:
                expected[1].update(piece)
            name = default_storage.save(
                f"{folder_of(upload)}/{reached:015d}-{secrets.token_hex(4)}", ContentFile(piece)
            )
            names.append(name)
            if expected is None:
                _commit(upload, [(reached, len(piece), name)])
                names.clear()
            reached += len(piece)
        if expected is not None:
            if expected[1].digest() != expected[0]:
                raise ChecksumDiffers
            _commit(upload, _places(offset, names))
            names.clear()
    finally:
        for name in names:
            default_storage.delete(name)
    return reached


def _places(offset: int, names: list[str]) -> list[tuple[int, int, str]]:
    rows = []
    for name in names:
        size = default_storage.size(name)
        rows.append((offset, size, name))
        offset += size
    return rows


def _commit(upload: Upload, rows: list[tuple[int, int, str]]) -> None:
    """Let the upload stand behind these pieces, unless another connection was quicker."""
    if not rows:
        return
    start, end = rows[0][0], rows[-1][0] + rows[-1][1]
    now = timezone.now()
    columns = {"offset": end, "expires_at": now + KEPT}
    if end == upload.length:
        columns |= {"state": UploadState.WHOLE, "whole_at": now}
    with transaction.atomic():
        moved = Upload.objects.filter(pk=upload.pk, offset=start, state=UploadState.OPEN).update(**columns)
        if not moved:
            raise WrongOffset
        UploadPiece.objects.bulk_create(
            UploadPiece(upload=upload, offset=o, length=n, name=name) for o, n, name in rows
        )
    for name, value in columns.items():
        setattr(upload, name, value)


def _pieces(source: Source) -> Iterator[bytes]:
    """Pieces of `PIECE_BYTES`; a line that is cut ends them like an end, so that what came is kept."""
    while True:
        held = io.BytesIO()
        ended = False
        while held.tell() < PIECE_BYTES:
            try:
                part = source.read(min(PIECE_BYTES - held.tell(), 256 << 10))
            except OSError:  # the line was cut: Django and the server raise kinds of OSError
                part = b""
            if not part:
                ended = True
                break
            held.write(part)
        if held.tell():
            yield held.getvalue()
        if ended:
            return


def _expected(checksum: str) -> tuple[bytes, hashlib._Hash] | None:
    if not checksum:
        return None
    algorithm, _, encoded = checksum.partition(" ")
    if algorithm not in ALGORITHMS:
        raise ChecksumUnknown
    try:
        return base64.b64decode(encoded, validate=True), hashlib.new(algorithm, usedforsecurity=False)
    except (binascii.Error, ValueError) as error:
        raise ChecksumUnknown from error


class PieceReader(io.RawIOBase):
    """The whole upload as one stream, a piece open at a time."""

    def __init__(self, upload: Upload) -> None:
        super().__init__()
        self._names = iter(list(upload.pieces.order_by("offset").values_list("name", flat=True)))
        self._piece: io.BytesIO | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a buffer as the caller has it
        """The next bytes."""
        while True:
            if self._piece is None:
                name = next(self._names, None)
                if name is None:
                    return 0
                with default_storage.open(name, "rb") as file:
                    self._piece = io.BytesIO(file.read())
            count = self._piece.readinto(buffer)
            if count:
                return count
            self._piece = None


def claim(*, upload: Upload) -> bool:
    """Say that a page is about to take the upload: for a day it does not expire. False when it is gone: that was its time.

    Effects: `expires_at` of a whole or stored upload; an open one goes by its pieces.
    """
    if upload.is_open:
        return True
    until = max(upload.expires_at, timezone.now() + UNCLAIMED)
    # One statement: who lets it go holds the row, and is either too late or was quicker.
    return bool(Upload.objects.filter(pk=upload.pk).update(expires_at=until))


def drop(*, upload: Upload) -> None:
    """End an upload and remove its pieces; the bytes that were stored go unless somebody else holds them.

    Effects: pieces and rows are gone; for a stored upload the job `storage.release`.
    """
    with transaction.atomic():
        names = list(upload.pieces.values_list("name", flat=True))
        folder, digest = folder_of(upload), upload.digest
        upload.delete()
        if digest:
            release(digest)
        remove_pieces(folder, names)


def folder_of(upload: Upload) -> str:
    """Where its pieces lie."""
    return f"uploads/{upload.uuid}"


def remove_pieces(folder: str, names: Iterable[str]) -> None:
    """Remove the pieces, those whose sender was killed before their rows were written, and the folder."""
    with suppress(FileNotFoundError):
        names = {*names, *(f"{folder}/{name}" for name in default_storage.listdir(folder)[1])}
    for name in names:
        default_storage.delete(name)
    with suppress(OSError):  # a piece that came just now is removed by its own sender
        default_storage.delete(folder)
