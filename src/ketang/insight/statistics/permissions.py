"""Who may see statistics."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_see_statistics(actor: Actor) -> bool:
    """See statistics over calls with their sums, and take them away. They name no person and no package."""
    return holds(actor, Role.CLERK, Role.FINANCE, Role.ADMINISTRATOR)
