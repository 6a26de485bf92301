"""Reading the ledger. Whoever calls asks `permissions` first: it is the office's alone."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, QuerySet

from ketang.platform.listing import Listing
from ketang.platform.search.passages import Found
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.ledger.models import Arrival, ArrivalPassage, ArrivalState, Board, Holding, marks_of

SHOWN = ("call", "submission__organisation", "receipt", "merged_into", "registered_by")
"""What is read with one arrival."""


def arrivals() -> QuerySet[Arrival]:
    """Every arrival, the one registered last first, with what a page of one shows."""
    return Arrival.objects.select_related(*SHOWN).order_by("-id")


def rows_of(*, call: Call | None = None, door: str = "", medium: str = "", state: str = "") -> QuerySet[Arrival]:
    """Arrivals of a filter, the one registered last first; empty words for any."""
    chosen = {"call": call, "door": door, "medium": medium, "state": state}
    return Arrival.objects.filter(**{name: value for name, value in chosen.items() if value}).order_by("-id")


def list_of_ledger(
    *, words: str = "", call: Call | None = None, door: str = "", medium: str = "", state: str = ""
) -> Listing[Arrival]:
    """The ledger, to be read in pages.

    Args:
        words: phrases of numbers, sender, supplier, title or file name, all of which must be found.
        call, door, medium, state: of these only.
    """
    found = None
    if words.strip():
        marks = marks_of(door=door, medium=medium, state=state, call=call.pk if call is not None else None)
        found = Found(ArrivalPassage._meta.db_table, "arrival_id", words, marks)
    shown = Arrival.objects.select_related("submission__organisation", "receipt").prefetch_related("call")
    return Listing(rows_of(call=call, door=door, medium=medium, state=state), shown, found)


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
    return Listing(rows, Holding.objects.select_related("submission__organisation"))


def holds(digest: str) -> bool:
    """Whether an arrival came as these bytes."""
    return Arrival.objects.filter(digest=digest).exists()
