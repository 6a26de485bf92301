"""Who sees how exchange stands."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_keep_exchange(actor: Actor) -> bool:
    """See what is sent to other systems, and have what was refused sent again."""
    return holds(actor, Role.ADMINISTRATOR)
