"""Who may keep the pool and the panels, and who declares. Conflicts and their reasons are the office's alone."""

from __future__ import annotations

from ketang.people.account.models import Account
from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds
from ketang.selection.experts.models import PanelSeat


@permission
def may_keep_experts(actor: Actor) -> bool:
    """Keep the pool and the panels; see, add and lift conflicts."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_declare(actor: Actor, seat: PanelSeat) -> bool:
    """Sign one's own declaration, and say with what one has to do."""
    own = isinstance(actor, Account) and actor.is_active and seat.expert.account_id == actor.pk
    return own and seat.left_at is None and holds(actor, Role.EXPERT)
