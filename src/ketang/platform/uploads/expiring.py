"""Uploads whose time is over go: those that stopped half-way, and whole ones that no page took."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils import timezone

from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.uploads.actions import drop
from ketang.platform.uploads.models import Upload
from ketang.platform.uploads.queries import is_taken, takers


def let_expired_go() -> int:
    """Let go of every upload whose time is over and that nobody took. Twice is harmless.

    Returns:
        How many went.

    Effects: for each its row and pieces are gone, `uploads.let_go`, and for a stored one the job `storage.release`.
    """
    due = Upload.objects.filter(expires_at__lt=timezone.now()).order_by("pk")
    for rows, name in takers():
        due = due.filter(~Exists(rows.filter(**{name: OuterRef("pk")})))
    return sum(_let_go(key) for key in list(due.values_list("pk", flat=True)))


def _let_go(key: int) -> bool:
    """One of them, unless it was taken, or more came of it, since it was found."""
    with audited():
        # Whoever claims it or adds to it changes this row: it waits for us and finds it gone, or we wait and find it young.
        held = Upload.objects.select_for_update().filter(pk=key, expires_at__lt=timezone.now()).first()
        if held is None or is_taken(held):
            return False
        payload = {"state": held.state, "size": held.length, "kept": held.offset}
        record(actor=SYSTEM, action="uploads.let_go", of=held, payload=payload)
        drop(upload=held)
    return True
