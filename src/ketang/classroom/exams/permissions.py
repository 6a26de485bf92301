"""Who may do what with exams."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_keep_exams(actor: Actor) -> bool:
    """See papers with their keys, draw papers from the bank, open and close them, correct keys, answer appeals."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
