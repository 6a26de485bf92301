"""Reading letters."""

from __future__ import annotations

from ketang.platform.outbox.models import Letter, LetterState


def holds(digest: str) -> bool:
    """Whether these bytes go with a letter that has not certainly left."""
    unsent = Letter.objects.exclude(state=LetterState.SENT).exclude(files=[])
    return any(digest == file[2] for files in unsent.values_list("files", flat=True).iterator() for file in files)
