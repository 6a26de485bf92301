"""How each arrival of a submission stands to the deadline, kept with its row."""

from __future__ import annotations

from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.intake.weighing import accepted_of, lateness_of
from ketang.selection.ledger.models import Arrival, ArrivalPassage, ArrivalState, Medium


def keep_lateness(submission: Submission, call: Call) -> None:
    """Say anew of each entered arrival of a submission whether it was in time. Effects: `lateness` of the rows that differ, and what is searched of them."""
    entered = Arrival.objects.filter(submission=submission, state=ArrivalState.ENTERED)
    rows = list(entered.select_related("receipt__version", "submission__organisation", "call"))
    if not rows:
        return
    accepted = accepted_of(submission)
    first = min((row.counts_at for row in rows if row.medium == Medium.ELECTRONIC), default=None)
    for row in rows:
        other = first if row.medium == Medium.PAPER else submission.paper_at
        version = row.receipt.version if row.receipt is not None else None
        came_with_it = version is not None and version.received_at == row.counts_at
        standing = version.lateness if came_with_it and version is not None else row.lateness
        key = version.pk if version is not None else None
        found = lateness_of(row.counts_at, call=call, other_copy_at=other, accepted=key in accepted, standing=standing)
        if found != row.lateness:
            row.lateness = found
            Arrival.objects.filter(pk=row.pk).update(lateness=found)
            ArrivalPassage.objects.filter(arrival=row).update(text=ArrivalPassage.text_of(row))
