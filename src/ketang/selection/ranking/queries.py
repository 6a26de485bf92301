"""Reading rankings and the meeting. Whoever calls asks `permissions` first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from ketang.platform.listing import Listing
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.models import Choice, Meeting, RankedRow, Ranking, Remark, Vote
from ketang.selection.scoring.models import BlindCopy, SubmittedSheet
from ketang.selection.scoring.queries import counting_sheets

LARGE = ("basis", "result", "summary")
"""Columns of a ranking that hold a row for each package or sheet."""
ORDERS = {
    "place": ("order",),
    "raw": ("-raw", "order"),
    "spread": ("-spread", "order"),
    "sheets": ("sheets", "order"),
}
"""How the rows of a ranking can be sorted: by place, by raw mean, the most disputed first, those with few sheets first."""


def final_ranking(call: Call) -> Ranking | None:
    """The ranking that awards are made from. Its `result["rows"]` stand in the order of places:
    `{"submission": uuid, "place": 1, "raw": "7.1234", "adjusted": "7.0123", "sheets": 3, "spread": "0.8123"}`, numbers as text;
    `spread` is empty for one sheet. Packages of the same adjusted mean share a place.
    """
    return Ranking.objects.filter(call=call, is_final=True).defer(*LARGE).first()


def shown_ranking(call: Call) -> Ranking | None:
    """The ranking that pages show: the final one, or else the newest computed one; without its large columns."""
    found = Ranking.objects.filter(call=call).exclude(made_at=None).defer(*LARGE)
    return found.order_by("-is_final", "-id").first()


def rankings_of(call: Call) -> QuerySet[Ranking]:
    """All of a call, the newest first, without their large columns."""
    return Ranking.objects.filter(call=call).select_related("made_by", "call").defer(*LARGE)


def key_of(ranking: Ranking) -> str:
    """The key under which a ranking is computed at most once at a time."""
    return f"ranking.compute:{ranking.uuid}"


def is_going(ranking: Ranking) -> bool:
    """Whether it is being computed, or waits for a worker."""
    if ranking.made_at is not None or ranking.failed:
        return False
    return Job.objects.filter(key=key_of(ranking), state__in=UNFINISHED).exists()


def list_of_rows(ranking: Ranking, order: str = "place") -> Listing[RankedRow]:
    """Its rows to be read in pages, sorted as `ORDERS` says."""
    rows = RankedRow.objects.filter(ranking=ranking).order_by(*ORDERS.get(order, ORDERS["place"]))
    return Listing(rows, RankedRow.objects.select_related("submission__organisation"))


def aliases(submissions: Iterable[Submission | int]) -> dict[int, int]:
    """The blind number of each submission that has one, by its key: that of its newest blind copy."""
    keys = [one if isinstance(one, int) else one.pk for one in submissions]
    found = BlindCopy.objects.filter(submission__in=keys).values_list("submission").annotate(newest=Max("alias"))
    return dict(found.order_by())


def meeting_of(call: Call) -> Meeting | None:
    """The panel's meeting, whether it is open or closed."""
    return Meeting.objects.filter(call=call).first()


def meetings_of(calls: Iterable[Call | int]) -> dict[int, Meeting]:
    """The meetings of calls that have one, open or closed, by the call's key; one query."""
    return {one.call_id: one for one in Meeting.objects.filter(call__in=list(calls))}


def remarks_of(meeting: Meeting, submission: Submission | None) -> QuerySet[Remark]:
    """What was said of a submission, or of all, in the order of saying."""
    return Remark.objects.filter(meeting=meeting, submission=submission).order_by("id")


def sheets_of(submission: Submission) -> list[SubmittedSheet]:
    """The counting sheets of a submission side by side, in the order of submitting."""
    return list(counting_sheets(submission.call).filter(submission=submission))


@dataclass(frozen=True, slots=True)
class Count:
    """Votes on a submission; each member's last one counts."""

    votes: tuple[Vote, ...] = ()

    @property
    def counts(self) -> dict[Choice, int]:
        """How many voted how."""
        return {choice: sum(one.choice == choice for one in self.votes) for choice in Choice}


def votes_of(meeting: Meeting, submissions: Iterable[Submission | int]) -> dict[int, Count]:
    """The votes that count, by submission; one query."""
    last: dict[tuple[int, int], Vote] = {}
    keys = [one if isinstance(one, int) else one.pk for one in submissions]
    for one in Vote.objects.filter(meeting=meeting, submission__in=keys).select_related("seat__expert").order_by("id"):
        last[one.submission_id, one.seat_id] = one
    found: dict[int, list[Vote]] = {}
    for (submission, _seat), one in sorted(last.items()):
        found.setdefault(submission, []).append(one)
    return {submission: Count(tuple(votes)) for submission, votes in found.items()}
