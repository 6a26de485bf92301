"""Who may read the ledger, and who may work on it."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_see_ledger(actor: Actor) -> bool:
    """See every arrival of every door."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_keep_ledger(actor: Actor) -> bool:
    """Register what arrived, say what it belongs to, set it aside, take that back."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
