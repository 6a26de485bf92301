"""Who may look at blind copies, fill in score sheets, and read them."""

from __future__ import annotations

from ketang.people.account.models import Account
from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds
from ketang.selection.assigning.models import Assignment
from ketang.selection.experts.models import Conflict
from ketang.selection.experts.queries import seat_of


@permission
def may_have_sheet(actor: Actor, assignment: Assignment) -> bool:
    """See that a package was assigned to oneself, and read one's own sheet of it, also when the review is over."""
    own = isinstance(actor, Account) and assignment.expert.account_id == actor.pk
    return own and holds(actor, Role.EXPERT)


@permission
def may_score(actor: Actor, assignment: Assignment) -> bool:
    """Look at the blind copy and fill in the sheet: the expert to whom it is assigned, once the declaration on avoiding conflicts is signed and while no conflict stands."""
    if not may_have_sheet(actor, assignment) or not assignment.stands:
        return False
    seat = seat_of(actor, assignment.call)
    if seat is None or not seat.is_declared:
        return False
    conflicts = Conflict.objects.filter(
        expert_id=assignment.expert_id, submission_id=assignment.submission_id, lifted_at=None
    )
    return not conflicts.exists()


@permission
def may_see_sheets(actor: Actor) -> bool:
    """See who has submitted, every submitted sheet, and what a blind copy hides."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
