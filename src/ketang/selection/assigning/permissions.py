"""Who may assign experts."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_assign(actor: Actor) -> bool:
    """Have assignments worked out, put them into force, add and end them; see why."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
