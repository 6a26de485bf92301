"""Reading sealed lists: they are public with their call."""

from __future__ import annotations

from ketang.selection.calls.models import Call
from ketang.selection.sealing.models import SealedList


def lists_of(call: Call) -> list[SealedList]:
    """Every sealed list of a call, the newest first."""
    return list(SealedList.objects.filter(call=call).order_by("-number"))


def holds(digest: str) -> bool:
    """Whether these bytes are a sealed list."""
    return SealedList.objects.filter(digest=digest).exists()
