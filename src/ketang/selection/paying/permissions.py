"""Who may do what with money. Nobody but finance ever sees bank or identity data: no clerk, no expert, no administrator."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_pay(actor: Actor) -> bool:
    """Ask for bank data, confirm it, mark what was paid and returned, export."""
    return holds(actor, Role.FINANCE)


@permission
def may_look_at_bank_data(actor: Actor) -> bool:
    """See bank and identity data; each look is in the audit log."""
    return holds(actor, Role.FINANCE)
