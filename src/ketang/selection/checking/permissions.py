"""Who may have a package checked again."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_recheck(actor: Actor) -> bool:
    """Check a submission, or every submission of a call, under another edition of the rulebooks."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
