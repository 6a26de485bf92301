"""Who may register recommending bodies. What such a body does itself it does by its link, and only with what is its own."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_keep_recommenders(actor: Actor) -> bool:
    """Register recommending bodies, give and end their links, see their lists and letters."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
