"""From the pieces of a whole upload to one file of the store."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from ketang.platform.queue.actions import enqueue
from ketang.platform.storage.actions import put
from ketang.platform.storage.releasing import release
from ketang.platform.uploads.actions import UNCLAIMED, PieceReader, folder_of, remove_pieces
from ketang.platform.uploads.models import Upload, UploadState

AT_ONCE = 64 << 20
"""Bytes up to which an upload is stored while its sender waits; larger ones are left to the worker."""
_PIECE = 1 << 20


def finish(upload: Upload) -> None:
    """Store a whole upload: now when it is small, by a job when it is large. Once is enough; twice does no harm."""
    if upload.state != UploadState.WHOLE:
        return
    if upload.length <= AT_ONCE:
        store(upload)
    else:
        enqueue("uploads.store", key=f"uploads.store:{upload.uuid}", upload=str(upload.uuid))


def store(upload: Upload) -> None:
    """Put the bytes into the store and let the pieces go.

    Effects: the stored file; state `stored` with the digest, which is held for a day until somebody takes it; the pieces
    are gone. Nothing for an upload that is not whole.
    """
    upload.refresh_from_db()
    if upload.state != UploadState.WHOLE:
        return
    kept = put(_bytes(upload))
    names = list(upload.pieces.values_list("name", flat=True))
    moved = Upload.objects.filter(pk=upload.pk, state=UploadState.WHOLE).update(
        state=UploadState.STORED, digest=kept.digest, expires_at=timezone.now() + UNCLAIMED
    )
    if moved:
        upload.pieces.all().delete()
        remove_pieces(folder_of(upload), names)
    else:  # another store was quicker, or the upload was ended meanwhile
        release(kept.digest)
    upload.refresh_from_db()


def _bytes(upload: Upload) -> Iterator[bytes]:
    with PieceReader(upload) as reader:
        while part := reader.read(_PIECE):
            yield part
