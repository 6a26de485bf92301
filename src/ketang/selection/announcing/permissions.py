"""Who may put results on public notice and handle objections. Anybody may read a notice and object to it."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_announce(actor: Actor) -> bool:
    """Put results on public notice; read objections with who sent them, and answer."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
