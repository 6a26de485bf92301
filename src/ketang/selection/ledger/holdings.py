"""Which copies of a submission are here, kept beside it so that the board of completeness is read from an index."""

from __future__ import annotations

from django.db.models import Min

from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.ledger.models import Arrival, ArrivalState, Board, Holding, Medium


def board_of(state: str, *, electronic: bool, paper: bool) -> Board:
    """The place on the board: whoever was asked to mend lacks something, whatever copies are here."""
    if state == SubmissionState.INCOMPLETE:
        return Board.LACKING
    if electronic and paper:
        return Board.WHOLE
    return Board.ELECTRONIC_ONLY if electronic else Board.PAPER_ONLY


def keep_holding(submission: Submission) -> None:
    """Write anew what is here of a submission. Effects: its row, or none when nothing is here."""
    entered = Arrival.objects.filter(submission=submission, state=ArrivalState.ENTERED)
    first = dict(entered.order_by().values_list("medium").annotate(Min("received_at")))
    electronic, paper = first.get(Medium.ELECTRONIC), first.get(Medium.PAPER)
    if electronic is None and paper is None:
        Holding.objects.filter(submission=submission).delete()
        return
    state = Submission.objects.values_list("state", flat=True).get(pk=submission.pk)
    board = board_of(state, electronic=electronic is not None, paper=paper is not None)
    Holding.objects.update_or_create(
        submission=submission,
        defaults={"call_id": submission.call_id, "electronic_at": electronic, "paper_at": paper, "board": board},
    )
