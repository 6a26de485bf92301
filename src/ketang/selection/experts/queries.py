"""Reading the pool, panels and conflicts. Whoever calls asks `permissions` first."""

from __future__ import annotations

from django.db.models import QuerySet

from ketang.people.account.models import Account
from ketang.people.role.queries import Actor
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Expert, PanelSeat


def expert_of(actor: Actor) -> Expert | None:
    """The row of the pool that is the actor's own."""
    if not isinstance(actor, Account):
        return None
    return Expert.objects.filter(account=actor, left_at=None).first()


def seats_of(call: Call) -> QuerySet[PanelSeat]:
    """Who sits on the panel of a call now, in the order of taking seats."""
    return PanelSeat.objects.filter(call=call, left_at=None).select_related("expert").order_by("id")


def seat_of(actor: Actor, call: Call) -> PanelSeat | None:
    """The actor's own seat on the panel of a call, as long as it is taken."""
    if not isinstance(actor, Account):
        return None
    found = PanelSeat.objects.filter(call=call, left_at=None, expert__account=actor, expert__left_at=None)
    return found.select_related("expert", "call").first()
