"""Reading submissions, each query scoped to who asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ketang.people.account.models import Account
from ketang.people.organisation.queries import suppliers_of
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission, SubmissionState, Version


def submissions_of(account: Account) -> QuerySet[Submission]:
    """Submissions of the suppliers for whom the account acts, the one changed last first."""
    own = Submission.objects.filter(organisation__in=suppliers_of(account))
    return own.select_related("call", "organisation", "latest").order_by("-changed_at", "-id")


def arrivals(
    call: Call | None = None, *, words: str = "", state: str = "", late: bool | None = None
) -> QuerySet[Submission]:
    """What has arrived, the latest first; drafts are their suppliers' own.

    Args:
        call: of this call only.
        words: parts of number, title or supplier, all of which must be found.
        state: of this state only.
        late: only late ones, or only those in time.
    """
    found = Submission.objects.exclude(state=SubmissionState.DRAFT).exclude(number="")
    if call is not None:
        found = found.filter(call=call)
    if state:
        found = found.filter(state=state)
    if late is not None:
        found = found.filter(is_late=late)
    for word in words.split():
        found = found.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(organisation__name__icontains=word)
        )
    return found.select_related("call", "organisation", "latest").order_by("-submitted_at", "-id")


def versions_of(submission: Submission) -> QuerySet[Version]:
    """Every version, newest first, with its receipts."""
    return submission.versions.prefetch_related("receipts", "checks").order_by("-index")
