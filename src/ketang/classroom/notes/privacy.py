"""The share of notes in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketang.classroom.notes.models import Note
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    wanted = ("course__title", "lesson__title", "at_ms", "words", "made_at", "changed_at")
    return {"notes": list(Note.objects.filter(account=account).order_by("pk").values(*wanted))}


def _erase(account: Account) -> Sequence[Kept]:
    """All of them: they are nobody else's."""
    Note.objects.filter(account=account).delete()
    return []


SHARE = Share(applet="notes", export=_export, erase=_erase)
