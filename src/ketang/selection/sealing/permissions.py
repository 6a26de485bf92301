"""Who may seal."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_seal(actor: Actor) -> bool:
    """Seal the list of a call; reading it is everybody's."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
