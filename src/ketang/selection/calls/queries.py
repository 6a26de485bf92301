"""Reading calls."""

from __future__ import annotations

from django.db.models import QuerySet

from ketang.selection.calls.models import Call, CallState

_PUBLIC = (CallState.PUBLISHED, CallState.CLOSED, CallState.IN_REVIEW, CallState.DECIDED)


def public_calls() -> QuerySet[Call]:
    """Calls that anybody may read, the one closing last first."""
    return Call.objects.filter(state__in=_PUBLIC)


def open_calls() -> QuerySet[Call]:
    """Published calls, the one closing first first: what a supplier can answer."""
    return Call.objects.filter(state=CallState.PUBLISHED).order_by("closes_at", "id")


def every_call() -> QuerySet[Call]:
    """All calls, for the office."""
    return Call.objects.all()
