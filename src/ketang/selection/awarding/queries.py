"""Reading decisions."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import QuerySet, Sum

from ketang.people.organisation.models import Organisation
from ketang.selection.awarding.models import Decision, Outcome
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission


def standing(submission: Submission) -> Decision | None:
    """The decision that stands."""
    found = Decision.objects.filter(submission=submission, undone_at=None)
    return found.select_related("decided_by", "version").first()


def decisions() -> QuerySet[Decision]:
    """Every decision that stands, the newest first."""
    found = Decision.objects.filter(undone_at=None)
    return found.select_related("submission__organisation", "submission__call", "decided_by").order_by("-id")


def spent(call: Call, organisation: Organisation | None = None) -> Decimal:
    """Yuan of all standing decisions of a call, or of one supplier in it."""
    found = Decision.objects.filter(submission__call=call, outcome=Outcome.SELECTED, undone_at=None)
    if organisation is not None:
        found = found.filter(submission__organisation=organisation)
    return (found.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)).quantize(Decimal("0.01"))
