"""Letting go of bytes: they are removed once nobody holds them."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.db.models import ProtectedError
from django.utils import timezone

from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.storage.actions import remove
from ketang.platform.storage.holding import is_held
from ketang.platform.storage.models import StoredFile

REST = timedelta(hours=1)
"""How long bytes are left alone after they were put: whoever put them writes who holds them only afterwards."""


def release(digest: str) -> None:
    """Say that the caller holds these bytes no longer; call it in the transaction that ends the holding. Twice is harmless.

    Effects: the job `storage.release`, due when the bytes have rested.
    """
    stored_at = StoredFile.objects.filter(digest=digest).values_list("stored_at", flat=True).first()
    if stored_at is not None:
        # Without a key: one that is under way may have asked already, before its caller let go.
        enqueue("storage.release", not_before=stored_at + REST, digest=digest)


def remove_unheld(digest: str) -> None:
    """Remove the bytes if nobody holds them and they have rested.

    Effects: row and file are gone and `storage.release`; or, where they were put again meanwhile, another job. Nothing for
    what is held or gone.
    """
    with audited():
        row = StoredFile.objects.select_for_update().filter(digest=digest).first()
        if row is None or is_held(digest):
            return
        if row.stored_at > timezone.now() - REST:
            enqueue("storage.release", not_before=row.stored_at + REST, digest=digest)
            return
        with suppress(ProtectedError), audited():  # what refuses takes its entry with it
            record(actor=SYSTEM, action="storage.release", of=row, payload={"size": row.size})
            # The file goes while the row is locked: whoever puts it now waits, and gives it again.
            remove(row)
