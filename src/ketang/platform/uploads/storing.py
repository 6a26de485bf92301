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
    """Store a whole upload: now when it is small, by a job when it is large. Once is enough; twice does no harm.

    Ask for its state after it: it is not `stored` when a job does it, or when its owner ended it meanwhile.
    """
    if upload.state != UploadState.WHOLE:
        return
    if upload.length <= AT_ONCE:
        store(upload)
    else:
        enqueue("uploads.store", key=f"uploads.store:{upload.uuid}", upload=str(upload.uuid))


def store(upload: Upload) -> None:
    """Put the bytes into the store and let the pieces go.

    Effects: the stored file; state `stored` with the digest, which is held for a day until somebody takes it; the pieces
    are gone. Nothing for an upload that is not whole, or that its owner ends before or meanwhile: it stays as it was read.
    """
    if not _is_whole(upload):
        return
    try:
        kept = put(_bytes(upload))
    except FileNotFoundError:  # a piece went: with the upload, or because another store was quicker
        if _is_whole(upload):
            raise
        return
    names = list(upload.pieces.values_list("name", flat=True))
    moved = Upload.objects.filter(pk=upload.pk, state=UploadState.WHOLE).update(
        state=UploadState.STORED, digest=kept.digest, expires_at=timezone.now() + UNCLAIMED
    )
    if moved:
        upload.pieces.all().delete()
        remove_pieces(folder_of(upload), names)
    else:  # another store was quicker, or the upload was ended meanwhile
        release(kept.digest)
    _is_whole(upload)


def _is_whole(upload: Upload) -> bool:
    """Read its row anew: whether it is there, and waits to be stored."""
    try:
        upload.refresh_from_db()
    except Upload.DoesNotExist:
        return False
    return upload.state == UploadState.WHOLE


def _bytes(upload: Upload) -> Iterator[bytes]:
    with PieceReader(upload) as reader:
        while part := reader.read(_PIECE):
            yield part
