"""Who sees rankings and other people's scores, and who takes part in the meeting."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Conflict
from ketang.selection.experts.queries import seat_of
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.models import Meeting


@permission
def may_see_ranking(actor: Actor) -> bool:
    """See how the scoring goes, rankings, and what is known of each expert's scores."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_rank(actor: Actor) -> bool:
    """Have a ranking computed, and make one final."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_hold_meeting(actor: Actor) -> bool:
    """Open and close the panel's meeting, and write in its record."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_attend(actor: Actor, call: Call) -> bool:
    """Sit in the meeting of a call: a member who signed the declaration, from its opening on."""
    seat = seat_of(actor, call)
    return seat is not None and seat.is_declared and Meeting.objects.filter(call=call).exists()


@permission
def may_read_others(actor: Actor, submission: Submission) -> bool:
    """See all submitted sheets of a submission: the office; members without a conflict from the meeting's opening on."""
    return may_see_ranking(actor) or may_vote(actor, submission)


@permission
def may_vote(actor: Actor, submission: Submission) -> bool:
    """Speak and vote on a submission in the meeting: a member who attends and has no conflict."""
    seat = seat_of(actor, submission.call)
    if seat is None or not may_attend(actor, submission.call):
        return False
    return not Conflict.objects.filter(expert=seat.expert_id, submission=submission, lifted_at=None).exists()
