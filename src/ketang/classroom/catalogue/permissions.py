"""Who may do what with courses. Watching needs no permission."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_publish_courses(actor: Actor) -> bool:
    """Publish and withdraw courses, and see those that are not public."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
