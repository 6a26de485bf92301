"""Who may do what with decisions."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_decide(actor: Actor) -> bool:
    """Record that a package is selected or not, with its fee, and undo that; draw up the list of awards."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_approve_awards(actor: Actor) -> bool:
    """Be one of the two people who approve a list of awards, or the second one behind a single decision."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_see_decisions(actor: Actor) -> bool:
    """See decisions and fees."""
    return holds(actor, Role.CLERK, Role.FINANCE, Role.ADMINISTRATOR)
