"""Reading score sheets. Whoever calls asks `permissions` first."""

from __future__ import annotations

from django.db.models import QuerySet

from ketang.selection.calls.models import Call
from ketang.selection.scoring.models import SubmittedSheet


def counting_sheets(call: Call) -> QuerySet[SubmittedSheet]:
    """The submitted sheets of a call that count: superseded by none, of an assignment that stands."""
    found = SubmittedSheet.objects.filter(call=call, superseded_by=None, assignment__ended_at=None)
    return found.select_related("assignment__expert", "submission").order_by("id")
