"""Reading letters."""

from __future__ import annotations

from django.conf import settings

from ketang.platform.outbox.models import Letter, LetterState

NOWHERE = frozenset({"filebased", "console", "dummy"})
"""Kinds of Django's mail backends by which nothing leaves the machine."""


def can_send() -> bool:
    """Whether letters leave this instance: a mail server is named (`KETANG_MAIL`)."""
    return str(settings.EMAIL_BACKEND).split(".")[-2] not in NOWHERE


def holds(digest: str) -> bool:
    """Whether these bytes go with a letter that has not certainly left."""
    unsent = Letter.objects.exclude(state=LetterState.SENT).exclude(files=[])
    return any(digest == file[2] for files in unsent.values_list("files", flat=True).iterator() for file in files)
