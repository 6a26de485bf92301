"""Who connects other learning platforms."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_keep_platforms(actor: Actor) -> bool:
    """Enter other learning platforms, change and switch them off; renew our key; have what was refused sent again."""
    return holds(actor, Role.ADMINISTRATOR)
