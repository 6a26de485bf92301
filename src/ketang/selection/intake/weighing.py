"""Which copies of a submission were in time, said anew whenever another copy comes, a late one is accepted, or the deadline moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Min

from ketang.selection.calls.models import Call
from ketang.selection.intake.acceptance import LateAcceptance
from ketang.selection.intake.models import BEST_FIRST, Lateness, Submission, SubmissionState, Version
from ketang.selection.intake.timeliness import is_late

_weighed: list[Callable[[Submission, Call], None]] = []


def on_weighed(act: Callable[[Submission, Call], None]) -> None:
    """Have `act` called whenever the copies of a submission were weighed, inside the transaction: how the ledger's rows follow."""
    if act not in _weighed:
        _weighed.append(act)


def lateness_of(
    at: datetime, *, call: Call, other_copy_at: datetime | None, accepted: bool = False, standing: str = ""
) -> Lateness:
    """How a copy stands to the deadline.

    Args:
        at: the moment that counts.
        call: its call.
        other_copy_at: when the other copy (paper or electronic) was here.
        accepted: whether a person accepted it although late.
        standing: what was said of it when it came. What was asked for and came by its date is not late.
    """
    if at <= call.closes_at:
        return Lateness.IN_TIME
    days = int(call.file.get("grace_days", 0))
    if not is_late(at, closes_at=call.closes_at, grace_days=days, zone=call.zone, other_copy_at=other_copy_at):
        return Lateness.IN_GRACE
    if standing == Lateness.IN_MENDING:
        return Lateness.IN_MENDING
    return Lateness.ACCEPTED if accepted else Lateness.LATE


def answers_in_time(held: Submission, at: datetime) -> bool:
    """Whether what comes now answers what the office asked for, by its date. Whoever was late before stays so."""
    asked = held.state == SubmissionState.INCOMPLETE and held.lateness != Lateness.LATE
    return asked and (held.mend_until is None or at <= held.mend_until)


def accepted_of(submission: Submission) -> set[int | None]:
    """Keys of the late versions that a person accepted; None among them for what came on paper."""
    standing = LateAcceptance.objects.filter(submission=submission, undone_at=None)
    return set(standing.values_list("version_id", flat=True))


def weigh(held: Submission, call: Call) -> None:
    """Weigh the copies that are here, and find the version that counts: the latest that was not late, else the latest.

    Args:
        held: the row, locked.
        call: its call.

    Effects: `lateness` of its versions, `latest`, `lateness` and `paper_lateness` of the row, saved; whoever asked by `on_weighed` is called.
    """
    accepted = accepted_of(held)
    versions = list(held.versions.order_by("index"))
    first = min((one.received_at for one in versions), default=None)
    for one in versions:
        found = lateness_of(
            one.received_at, call=call, other_copy_at=held.paper_at, accepted=one.pk in accepted, standing=one.lateness
        )
        if found != one.lateness:
            one.lateness = found
            Version.objects.filter(pk=one.pk).update(lateness=found)
    if held.paper_at is None:
        held.paper_lateness = ""
    else:
        held.paper_lateness = lateness_of(
            held.paper_at, call=call, other_copy_at=first, accepted=None in accepted, standing=held.paper_lateness
        )
    good = [one for one in versions if one.lateness != Lateness.LATE]
    held.latest = (good or versions)[-1] if versions else None
    copies = [one.lateness for one in versions] + [held.paper_lateness] * bool(held.paper_lateness)
    if copies:
        held.lateness = min(copies, key=lambda said: BEST_FIRST.index(Lateness(said)))
    held.save(update_fields=["latest", "lateness", "paper_lateness"])
    for act in _weighed:
        act(held, call)


def paper_lateness(held: Submission, call: Call, at: datetime, standing: str) -> Lateness:
    """How one paper copy, of which there may be several, stands to the deadline; the rest as in `lateness_of`."""
    first = held.versions.aggregate(first=Min("received_at"))["first"]
    return lateness_of(at, call=call, other_copy_at=first, accepted=None in accepted_of(held), standing=standing)


def weigh_again(submission: Submission) -> None:
    """Weigh a submission's copies under its call as it is now. Effects: as `weigh`; within a transaction."""
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    weigh(held, Call.objects.get(pk=held.call_id))
