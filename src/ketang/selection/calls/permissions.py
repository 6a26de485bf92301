"""Who may do what with calls."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_edit_calls(actor: Actor) -> bool:
    """See drafts; create, edit, import, clone a call."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_publish_calls(actor: Actor) -> bool:
    """Publish, close, move on and archive a call."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
