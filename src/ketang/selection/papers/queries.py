"""Reading what was handed over, and what waits to be. Whoever calls asks `permissions` first."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, QuerySet

from ketang.platform.listing import Listing
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.papers.models import Transfer, TransferRow


def list_of_transfers(call: Call) -> Listing[Transfer]:
    """Lists of a call, the latest first, with `count` of what stands on each."""
    shown = Transfer.objects.select_related("made_by").annotate(count=Count("rows"))
    return Listing(Transfer.objects.filter(call=call).order_by("-id"), shown)


def transfers() -> QuerySet[Transfer]:
    """Every list, with what a page of one shows."""
    return Transfer.objects.select_related("call", "made_by")


def rows_of(transfer: Transfer) -> QuerySet[TransferRow]:
    """What stands on a list, in its order."""
    shown = ("submission__organisation", "submission__holding", "version")
    return TransferRow.objects.filter(transfer=transfer).select_related(*shown).order_by("place")


def ready(call: Call) -> QuerySet[Submission]:
    """Submissions of a call that were accepted for review and stand on no list yet, in the order of their numbers."""
    handed = TransferRow.objects.filter(submission=OuterRef("pk"), transfer__withdrawn_at=None)
    accepted = Submission.objects.filter(call=call, state=SubmissionState.ACCEPTED).exclude(latest=None)
    return accepted.filter(~Exists(handed)).select_related("organisation", "latest", "holding").order_by("number")


def transfer_of(submission: Submission) -> Transfer | None:
    """The list on which a submission stands."""
    return Transfer.objects.filter(rows__submission=submission, withdrawn_at=None).first()
