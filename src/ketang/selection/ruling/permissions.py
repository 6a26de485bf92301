"""Who may make rulings, and who may read them."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds
from ketang.selection.intake.models import Submission
from ketang.selection.intake.permissions import may_see_submission


@permission
def may_rule(actor: Actor) -> bool:
    """Confirm or dismiss a finding, waive a clause, look a clause over, take any of these back."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_see_rulings(actor: Actor, submission: Submission) -> bool:
    """Read what was ruled of a submission: its supplier, and the office. Experts review it blind: this page would name its supplier."""
    return may_see_submission(actor, submission)
