"""Who sees that two suppliers sent the same."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_see_likeness(actor: Actor) -> bool:
    """See which media of a submission are also another supplier's."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
