"""Reading notices. Whoever shows them asks `permissions` first."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from ketang.platform.listing import Listing
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.notices.models import OPEN, Notice, NoticeState

SHOWN = ("submission__organisation", "submission__call")
OVERDUE = "overdue"
"""Beside the states: sent, its date passed."""


def notices() -> QuerySet[Notice]:
    """Every notice, with what its page shows."""
    return Notice.objects.select_related(*SHOWN, "check_of").prefetch_related("items")


def list_of_notices(state: str = "") -> Listing[Notice]:
    """Notices to be read in pages, the newest first; of one state, or those overdue."""
    found = Notice.objects.order_by("-id")
    if state == OVERDUE:
        found = found.filter(state=NoticeState.SENT, due_at__lt=timezone.now())
    elif state:
        found = found.filter(state=state)
    return Listing(found, Notice.objects.select_related("submission__organisation"))


def notices_of(submission: Submission, *, drafts: bool) -> list[Notice]:
    """Those of one submission, the newest first; drafts are the office's alone."""
    found = Notice.objects.filter(submission=submission).order_by("-id").prefetch_related("items")
    return list(found if drafts else found.exclude(state=NoticeState.DRAFT))


def askable(call: Call) -> QuerySet[Submission]:
    """Submissions of a call that a notice can be drafted for: arrived, not decided on, without an open one."""
    states = (SubmissionState.SUBMITTED, SubmissionState.COMPLETE, SubmissionState.INCOMPLETE)
    found = Submission.objects.filter(call=call, state__in=states, submitted_at__isnull=False)
    return found.exclude(notices__state__in=OPEN).order_by("-submitted_at", "-id")


def list_of_askable(call: Call) -> Listing[Submission]:
    """The same, to be read in pages."""
    return Listing(askable(call), Submission.objects.select_related("organisation", "holding"))
