"""Who may work at the desk."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_work_desk(actor: Actor) -> bool:
    """Register parcels, photograph their covers, copy disks, note telephone calls, and see what was registered."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
