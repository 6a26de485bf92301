"""Who may take official papers, and hand submissions over to the panel."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_hand_over(actor: Actor) -> bool:
    """Make a list of what is handed over to the panel, and withdraw it."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_see_papers(actor: Actor) -> bool:
    """See lists of what was handed over, and take acceptance forms."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
