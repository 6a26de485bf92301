"""The panel of a call: taking seats, their limits, the chair, and dropping out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call, CallState
from ketang.selection.experts.details import check_limit
from ketang.selection.experts.models import Expert, PanelSeat
from ketang.selection.experts.permissions import may_keep_experts
from ketang.selection.experts.recomputing import look_again

MOST = 500
"""Experts that are seated at once."""

_left: list[Callable[[Actor, PanelSeat], None]] = []


def on_left(act: Callable[[Actor, PanelSeat], None]) -> None:
    """Have `act` called in the transaction in which a seat is left."""
    if act not in _left:
        _left.append(act)


def seat(*, actor: Actor, call: Call, experts: Sequence[str]) -> list[PanelSeat]:
    """Seat experts on the panel of a call, each with the pool's limit.

    Args:
        experts: uuids; who has a seat already keeps it.

    Raises:
        Refused: none or too many; one is not in the pool; the call is no more, or not yet, one that is reviewed.

    Effects: the seats; `experts.seat` once; conflicts are looked for.
    """
    require(may_keep_experts(actor))
    wanted = set(experts)
    if not wanted or len(wanted) > MOST:
        raise Refused(_("请选择 1 至 %(most)s 位专家。") % {"most": MOST}, field="chosen")
    with audited():
        held = _held(call)
        found = list(Expert.objects.filter(uuid__in=wanted, left_at=None).order_by("id"))
        if len(found) < len(wanted):
            raise Refused(_("有的专家已经出库。请刷新页面，再选一次。"), field="chosen")
        sitting = set(PanelSeat.objects.filter(call=held, left_at=None).values_list("expert", flat=True))
        by = actor if isinstance(actor, Account) else None
        made = PanelSeat.objects.bulk_create(
            PanelSeat(call=held, expert=one, load_limit=one.load_limit, seated_by=by)
            for one in found
            if one.pk not in sitting
        )
        if made:
            named = sorted(str(one.expert.uuid) for one in made)
            record(actor=actor, action="experts.seat", of=held, payload={"experts": named})
            look_again(held)
    return made


def change_seat(*, actor: Actor, seat: PanelSeat, load_limit: int, chairs: bool) -> None:
    """Change how many packages a member takes here, and whether the member chairs. One chairs at most.

    Raises:
        Refused: the seat was left; a limit that is none, or below what the member has.

    Effects: the row, and that of who chaired before; `experts.change_seat` when something changed.
    """
    require(may_keep_experts(actor))
    check_limit(load_limit)
    with audited():
        _held(seat.call)
        held = PanelSeat.objects.select_for_update(of=("self",)).select_related("expert").get(pk=seat.pk)
        if held.left_at is not None:
            raise Refused(_("这位专家已经退出评审组。"))
        has = held.expert.assignments.filter(call=held.call_id, ended_at=None).count()
        if load_limit < has:
            raise Refused(_("已经分配了 %(count)s 件，不能少于这个数。") % {"count": has}, field="load_limit")
        if (held.load_limit, held.chairs) != (load_limit, chairs):
            if chairs:
                PanelSeat.objects.filter(call=held.call_id, chairs=True).exclude(pk=held.pk).update(chairs=False)
            held.load_limit, held.chairs = load_limit, chairs
            held.save(update_fields=["load_limit", "chairs"])
            payload = {"load_limit": load_limit, "chairs": chairs}
            record(actor=actor, action="experts.change_seat", of=held, payload=payload)
    seat.refresh_from_db()


def drop_out(*, actor: Actor, seat: PanelSeat, reason: str) -> None:
    """A member leaves the panel; the seat stays on record.

    Raises:
        Refused: without a reason.

    Effects: the row; `experts.drop_out`; whoever asked by `on_left` is called. Nothing when the seat was left before.
    """
    require(may_keep_experts(actor))
    if not reason.strip():
        raise Refused(_("请写明退出的理由。"), field="reason")
    with audited():
        _held(seat.call)
        held = PanelSeat.objects.select_for_update(of=("self",)).select_related("expert", "call").get(pk=seat.pk)
        if held.left_at is None:
            held.left_at, held.left_because, held.chairs = timezone.now(), reason.strip()[:500], False
            held.save(update_fields=["left_at", "left_because", "chairs"])
            record(actor=actor, action="experts.drop_out", of=held, payload={"reason": held.left_because})
            for act in _left:
                act(actor, held)
    seat.refresh_from_db()


def _held(call: Call) -> Call:
    """The call, locked: seats, conflicts and assignments of one call are written one after another."""
    held = Call.objects.select_for_update().get(pk=call.pk)
    if held.state in (CallState.DRAFT, CallState.ARCHIVED):
        raise Refused(_("这个征集现在是“%(now)s”，没有评审组。") % {"now": held.get_state_display()})
    return held
