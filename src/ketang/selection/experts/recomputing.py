"""Asking for conflicts to be looked for again, in the background: after a change that may make or unmake some."""

from __future__ import annotations

from ketang.platform.queue.actions import enqueue_after
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Expert, PanelSeat
from ketang.selection.intake.models import Submission, Version


def look_again(call: Call) -> None:
    """Effects: the job `experts.conflicts`, one a call that waits."""
    enqueue_after("experts.conflicts", key=f"experts.conflicts:{call.uuid}", call=str(call.uuid))


def look_again_for(expert: Expert) -> None:
    """The same for every call on whose panel the expert sits."""
    for seat in PanelSeat.objects.filter(expert=expert, left_at=None).select_related("call"):
        look_again(seat.call)


def look_again_at(submission: Submission) -> None:
    """The same when a submission moved, once its call has a panel."""
    if PanelSeat.objects.filter(call=submission.call_id, left_at=None).exists():
        look_again(submission.call)


def look_again_at_version(version: Version) -> None:
    """The same when another version came."""
    look_again_at(version.submission)
