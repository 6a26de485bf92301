"""Reading the ledger. Whoever calls asks `permissions` first: it is the office's alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from ketang.platform.listing import Listing
from ketang.platform.search.passages import Found
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.ledger.marks import mark_of_beginning, marks_asked, marks_between
from ketang.selection.ledger.models import Arrival, ArrivalPassage, ArrivalState, Board, Holding

SHOWN = ("call", "submission__organisation", "receipt", "merged_into", "registered_by")
"""What is read with one arrival."""


def arrivals() -> QuerySet[Arrival]:
    """Every arrival, the one registered last first, with what a page of one shows."""
    return Arrival.objects.select_related(*SHOWN).order_by("-id")


def rows_of(*, call: Call | None = None, door: str = "", state: str = "") -> QuerySet[Arrival]:
    """Arrivals of one filter that an index of the table answers, the one registered last first; empty words for any."""
    chosen = {"call": call, "door": door, "state": state}
    return Arrival.objects.filter(**{name: value for name, value in chosen.items() if value}).order_by("-id")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the ledger is wanted; what is left as it is wants everything.

    Attributes:
        words: phrases of numbers, sender, supplier, title or file name, all of which must be found.
        call, door, medium, state: of these only.
        since, until: received on these days or between them, by the clock on the office's wall.
        late: how it stands to the deadline (`Lateness`).
        supplier: how the supplier's name begins.
    """

    words: str = ""
    call: Call | None = None
    door: str = ""
    medium: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    late: str = ""
    supplier: str = ""

    @property
    def needs_marks(self) -> bool:
        """Whether more is asked than one equality, which an index of the table answers by itself."""
        equal = [name for name in ("call", "door", "state") if getattr(self, name)]
        others = (self.words.strip(), self.medium, self.since, self.until, self.supplier.strip(), self.late)
        return len(equal) > 1 or any(others)


def list_of_ledger(chosen: Chosen) -> Listing[Arrival]:
    """The ledger, to be read in pages, the one registered last first."""
    shown = Arrival.objects.select_related("submission__organisation", "receipt").prefetch_related("call")
    rows = rows_of(call=chosen.call, door=chosen.door, state=chosen.state)
    return Listing(rows, shown, _found(chosen) if chosen.needs_marks else None)


def _found(chosen: Chosen) -> Found:
    marks = marks_asked(
        door=chosen.door, medium=chosen.medium, state=chosen.state, late=chosen.late,
        call=chosen.call.pk if chosen.call is not None else None,
    )  # fmt: skip
    either: tuple[tuple[str, ...], ...] = ()
    if chosen.since or chosen.until:
        either = (marks_between(chosen.since, chosen.until),)
    begun: tuple[str, ...] = ()
    if chosen.supplier.strip():
        mark, goes_on = mark_of_beginning(chosen.supplier)
        marks, begun = (marks, (mark,)) if goes_on else ((*marks, mark), ())
    return Found(ArrivalPassage._meta.db_table, "arrival_id", chosen.words, marks, either, begun)


def of_submission(submission: Submission) -> QuerySet[Arrival]:
    """What was entered for a submission, in the order in which it was registered."""
    return Arrival.objects.filter(submission=submission, state=ArrivalState.ENTERED).order_by("id")


def unclaimed(most: int) -> int:
    """How many wait to be claimed, counted up to `most`."""
    return Arrival.objects.filter(state=ArrivalState.UNCLAIMED)[:most].count()


def board(call: Call) -> Mapping[Board, int]:
    """How many submissions of a call stand where on the board of completeness."""
    counted = dict(Holding.objects.filter(call=call).order_by().values_list("board").annotate(Count("pk")))
    return {place: counted.get(place, 0) for place in Board}


def list_of_board(call: Call, place: Board) -> Listing[Holding]:
    """Submissions of a call at one place of the board, the latest first."""
    rows = Holding.objects.filter(call=call, board=place).order_by("-submission")
    return Listing(rows, Holding.objects.select_related("submission__organisation").defer("submission__draft"))


def holds(digest: str) -> bool:
    """Whether an arrival came as these bytes."""
    return Arrival.objects.filter(digest=digest).exists()
