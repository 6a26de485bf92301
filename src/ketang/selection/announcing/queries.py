"""Reading notices and objections, and what a supplier may know of its result."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ketang.platform.listing import Listing
from ketang.selection.announcing.models import NoticeEntry, Objection, ObjectionState, PublicNotice
from ketang.selection.awarding.models import Decision, Outcome
from ketang.selection.awarding.queries import standing
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission

PUBLISHED = (Outcome.SELECTED, Outcome.RESERVE)
"""What stands on a notice: nobody is named as not selected."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a supplier knows of its result: the decision, and the notice on which it stands."""

    decision: Decision
    notice: PublicNotice | None

    @property
    def is_final(self) -> bool:
        """Whether the time for objections is over and none is open."""
        return self.notice is not None and self.notice.final_at is not None


def notices() -> QuerySet[PublicNotice]:
    """Every notice."""
    return PublicNotice.objects.select_related("call", "published_by")


def list_of_notices() -> Listing[PublicNotice]:
    """Every notice to be read in pages, the latest first."""
    return Listing(PublicNotice.objects.order_by("-id"), PublicNotice.objects.select_related("call"))


def notices_of(call: Call) -> QuerySet[PublicNotice]:
    """Notices of a call, the latest first, with `open_objections`."""
    waiting = Count("objections", filter=Q(objections__state=ObjectionState.OPEN))
    return PublicNotice.objects.filter(call=call).annotate(open_objections=waiting).order_by("-id")


def entries_of(notice: PublicNotice) -> Listing[NoticeEntry]:
    """Entries to be read in pages, in their order."""
    return Listing(notice.entries.order_by("place"), NoticeEntry.objects.select_related("decision"))


def to_be_announced(call: Call) -> QuerySet[Decision]:
    """Decisions behind which two people stand, selected or reserve, that are on no notice yet."""
    found = Decision.objects.filter(
        submission__call=call, undone_at=None, outcome__in=PUBLISHED, confirmed_at__isnull=False, entry=None
    )
    return found.select_related("submission__organisation", "row").order_by("row__place", "id")


def unconfirmed(call: Call) -> int:
    """How many single decisions wait for the second person."""
    return Decision.objects.filter(
        submission__call=call, undone_at=None, outcome__in=PUBLISHED, confirmed_at=None
    ).count()


def list_of_objections(call: Call) -> Listing[Objection]:
    """Objections to a call's results to be read in pages, the latest first."""
    shown = Objection.objects.select_related("notice", "entry")
    return Listing(Objection.objects.filter(notice__call=call).order_by("-id"), shown)


def objections() -> QuerySet[Objection]:
    """Every objection."""
    return Objection.objects.select_related("notice__call", "entry__decision__row", "answered_by", "letter")


def result_of(submission: Submission) -> Result | None:
    """What the supplier may know: a decision of a list once the list was put on notice, a withdrawal from it at once, a
    single one once a second person has confirmed it."""
    decision = standing(submission)
    if decision is None or not (decision.is_confirmed or (hasattr(decision, "row") and not decision.is_selected)):
        return None
    own = NoticeEntry.objects.select_related("notice").filter(decision=decision).first()
    if own is not None:
        return Result(decision, own.notice)
    of_list = hasattr(decision, "row")
    if not of_list or decision.row.withdrawn_at is not None:
        return Result(decision, None)
    told = PublicNotice.objects.filter(call=submission.call_id, starts_at__gte=decision.decided_at)
    newest = told.order_by("-id").first()
    if newest is None or decision.outcome in PUBLISHED:
        return None
    return Result(decision, newest)


def is_final(decision: Decision) -> bool:
    """Whether a decision stands and the notice on which it stood ended without an open objection."""
    final = NoticeEntry.objects.filter(decision=decision, notice__final_at__isnull=False)
    return decision.undone_at is None and final.exists()


def holds(digest: str) -> bool:
    """Whether these bytes are evidence of an objection."""
    return Objection.objects.filter(evidence=digest).exists()
