"""Assignments: having them worked out, putting a plan into force, adding and ending by hand.

The call is locked by whatever writes here, and by whatever writes seats and conflicts: between a check and what it allows nothing
comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.audit.naming import Actor as Named
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.assigning.counting import recount_for
from ketang.selection.assigning.fitting import BALANCE, POINT
from ketang.selection.assigning.models import Assignment, Means, Plan
from ketang.selection.assigning.permissions import may_assign
from ketang.selection.assigning.situation import BARS, Situation, situation_of
from ketang.selection.calls.models import Call, CallState
from ketang.selection.experts.models import Conflict, Expert, PanelSeat
from ketang.selection.intake.models import Submission

MOST_WANTED, MOST_BALANCE = 15, 5000

_assigned: list[Callable[[Sequence[Assignment]], None]] = []


def on_assigned(act: Callable[[Sequence[Assignment]], None]) -> None:
    """Have `act` called with new assignments in the transaction that makes them."""
    if act not in _assigned:
        _assigned.append(act)


def ask(*, actor: Actor, call: Call, wanted: int, balance: int = BALANCE) -> Plan:
    """Have a plan worked out in the background. What stands stays; what is lacking is filled.

    Args:
        wanted: experts a package.
        balance: what even loads weigh, in thousandths; a field that does not fit at all weighs 1000.

    Raises:
        Refused: numbers that cannot be; nobody sits on the panel; a plan is being worked out.

    Effects: the plan; the job `assigning.solve`; `assigning.ask`.
    """
    require(may_assign(actor))
    if not 1 <= wanted <= MOST_WANTED:
        raise Refused(_("每件由 1 至 %(most)s 位专家评审。") % {"most": MOST_WANTED}, field="wanted")
    if not 0 <= balance <= MOST_BALANCE:
        raise Refused(_("均衡的分量为 0 至 %(most)s。") % {"most": MOST_BALANCE}, field="balance")
    with audited():
        held = _held(call)
        if not PanelSeat.objects.filter(call=held, left_at=None).exists():
            raise Refused(_("评审组里还没有专家。"))
        if Plan.objects.filter(call=held, made_at=None, failed="").exists():
            raise Refused(_("上一个方案还在计算，请等它算完。"))
        made = Plan.objects.create(
            call=held, asked={"wanted": wanted, "balance": balance},
            asked_by=actor if isinstance(actor, Account) else None,
        )  # fmt: skip
        record(actor=actor, action="assigning.ask", of=made, payload=made.asked)
        enqueue("assigning.solve", key=f"assigning.solve:{made.uuid}", plan=str(made.uuid))
    return made


def apply(*, actor: Actor, plan: Plan) -> list[Assignment]:
    """Put a plan into force, whole or not at all. Each pair is checked again as things stand now.

    Raises:
        Refused: it was not worked out, or is in force; something came in between that stands against one of its pairs.

    Effects: the assignments; `assigning.apply`; whoever asked by `on_assigned` is called.
    """
    require(may_assign(actor))
    with audited():
        call = _held(plan.call)
        held = Plan.objects.select_for_update().get(pk=plan.pk)
        if held.made_at is None or held.applied_at is not None:
            raise Refused(_("这个方案还没有算出，或者已经采用。"))
        now = situation_of(call)
        packages = {str(one.uuid): key for key, one in now.submissions.items()}
        experts = {str(seat.expert.uuid): key for key, seat in now.seats.items()}
        made, loads = [], now.loads.copy()
        for package, expert, why in held.rows:
            pair = packages.get(package), experts.get(expert)
            if pair[0] is None or pair[1] is None or now.bar(pair[0], pair[1]) is not None:
                raise _overtaken()
            loads[pair[1]] += 1
            if loads[pair[1]] > now.seats[pair[1]].load_limit:
                raise _overtaken()
            made.append(_assignment(actor, now, pair[0], pair[1], Means.SOLVER, why, held))
        made = Assignment.objects.bulk_create(made, batch_size=1000)
        held.applied_at = timezone.now()
        held.save(update_fields=["applied_at"])
        record(actor=actor, action="assigning.apply", of=held, payload={"assignments": len(made)})
        _tell(made)
    plan.refresh_from_db()
    return made


def assign(*, actor: Actor, submission: Submission, expert: Expert) -> Assignment:
    """Assign an expert by hand.

    Raises:
        Refused: the expert has no seat, has to avoid it, takes no work now, has a full load or is on it already; it is not in review.

    Effects: the assignment; `assigning.assign`; whoever asked by `on_assigned` is called.
    """
    require(may_assign(actor))
    with audited():
        now = situation_of(_held(submission.call), only=submission)
        if submission.pk not in now.submissions:
            raise Refused(_("这份申报没有进入评审。"))
        if expert.pk not in now.seats:
            raise Refused(_("这位专家不在评审组里。"), field="expert")
        if (bar := now.bar(submission.pk, expert.pk)) is not None:
            raise Refused(_("不能分配：%(why)s。") % {"why": BARS[bar]}, field="expert")
        why = {
            "expertise": now.fit(submission.pk, expert.pk).value, "cost": now.price(submission.pk, expert.pk) / POINT,
            "load": now.loads[expert.pk] + 1, "limit": now.seats[expert.pk].load_limit,
        }  # fmt: skip
        made = _assignment(actor, now, submission.pk, expert.pk, Means.HAND, why, None)
        made.save()
        payload = {"submission": str(submission.uuid), "expert": str(expert.uuid)}
        record(actor=actor, action="assigning.assign", of=made, payload=payload)
        _tell([made])
    return made


def end(*, actor: Actor, assignment: Assignment, reason: str) -> None:
    """End an assignment; a sheet that was submitted for it does not count any more.

    Raises:
        Refused: without a reason.

    Effects: the row; `assigning.end`. Nothing when it was ended before.
    """
    require(may_assign(actor))
    if not reason.strip():
        raise Refused(_("请写明取消的理由。"), field="reason")
    with audited():
        Call.objects.select_for_update().get(pk=assignment.call_id)
        _end(actor, Assignment.objects.filter(pk=assignment.pk), reason)
    assignment.refresh_from_db()


def leave_out(*, actor: Actor, seat: PanelSeat, reason: str) -> int:
    """Take the sheets of a member who left the panel out of the count; they stay on record.

    Returns:
        How many sheets count no more.

    Raises:
        Refused: without a reason; the member sits on the panel; none of their sheets counts.

    Effects: the assignments end; `assigning.end` for each, `assigning.leave_out` once.
    """
    require(may_assign(actor))
    if not reason.strip():
        raise Refused(_("请写明不计入的理由。"), field="reason")
    with audited():
        _held(seat.call)
        if PanelSeat.objects.filter(call=seat.call_id, expert=seat.expert_id, left_at=None).exists():
            raise Refused(_("这位专家还在评审组里，评分表照常计入。"))
        standing = Assignment.objects.filter(call=seat.call_id, expert=seat.expert_id, ended_at=None)
        if not (sheets := list(standing.filter(submitted__index=1))):
            raise Refused(_("这位专家没有计入的评分表。"))
        _end(actor, sheets, _("专家已退出评审组，评分表不计入：%(reason)s") % {"reason": reason.strip()})
        payload = {"reason": reason.strip()[:500], "sheets": len(sheets)}
        record(actor=actor, action="assigning.leave_out", of=seat, payload=payload)
    return len(sheets)


def end_unscored(actor: Named, seat: PanelSeat) -> None:
    """A member dropped out: what they have not scored is taken from them; their submitted sheets stay. The call is locked."""
    standing = Assignment.objects.filter(call=seat.call_id, expert=seat.expert_id)
    _end(actor, standing.filter(submitted=None), _("专家退出评审组：%(reason)s") % {"reason": seat.left_because})


def end_conflicting(actor: Named, conflicts: Sequence[Conflict]) -> None:
    """New conflicts end what stands against them, scored or not: nobody's sheet counts where they have to stay away. The call is locked."""
    grounds = {(one.submission_id, one.expert_id): one for one in conflicts}
    standing = Assignment.objects.filter(submission__in={one for one, _expert in grounds}, ended_at=None)
    for one in standing.filter(expert__in={expert for _one, expert in grounds}).select_related("submission"):
        if (conflict := grounds.get((one.submission_id, one.expert_id))) is not None:
            why = _("应当回避：%(ground)s") % {"ground": conflict.get_ground_display()}
            _end(actor, Assignment.objects.filter(pk=one.pk), why)


def end_of_submission(submission: Submission) -> None:
    """A submission leaves review: nobody scores it any more."""
    standing = Assignment.objects.filter(submission=submission)
    _end(SYSTEM, standing, _("申报不再评审"))


def drop_out(*, actor: Actor, seat: PanelSeat, reason: str, wanted: int, balance: int = BALANCE) -> Plan | None:
    """A member drops out, and what they had is worked out again with all others as they are.

    Returns:
        The plan that is being worked out; None when nothing was taken from them or nobody is left.

    Raises:
        Refused: as `panel.drop_out` and `ask`.

    Effects: those of `panel.drop_out`, of `end_unscored` by it, and of `ask`.
    """
    from ketang.selection.experts import panel

    require(may_assign(actor))
    with audited():
        had = Assignment.objects.filter(call=seat.call_id, expert=seat.expert_id, ended_at=None, submitted=None)
        had_some = had.exists()
        panel.drop_out(actor=actor, seat=seat, reason=reason)
        others = PanelSeat.objects.filter(call=seat.call_id, left_at=None).exists()
        waits = Plan.objects.filter(call=seat.call_id, made_at=None, failed="").exists()
        if not had_some or not others or waits:
            return None
        return ask(actor=actor, call=seat.call, wanted=wanted, balance=balance)


def _end(actor: Named, which: Iterable[Assignment], reason: str) -> None:
    ending = [one for one in which if one.ended_at is None]
    for one in ending:
        one.ended_at, one.ended_because = timezone.now(), reason.strip()[:500]
        one.save(update_fields=["ended_at", "ended_because"])
        record(actor=actor, action="assigning.end", of=one, payload={"reason": one.ended_because})
    recount_for(ending)


def _assignment(
    actor: Actor, now: Situation, submission: int, expert: int, means: Means, why: Mapping[str, Any], plan: Plan | None
) -> Assignment:
    version = now.submissions[submission].latest
    assert version is not None  # noqa: S101 - `reviewed` leaves out what has none
    return Assignment(
        call=now.call, submission_id=submission, version=version, expert_id=expert, plan=plan, means=means,
        why=dict(why), made_by=actor if isinstance(actor, Account) else None,
    )  # fmt: skip


def _tell(made: Sequence[Assignment]) -> None:
    recount_for(made)
    for act in _assigned if made else ():
        act(made)


def _overtaken() -> Refused:
    return Refused(_("方案算出以后，评审组、回避或分配有了变化，不能再采用。请重新计算。"))


def _held(call: Call) -> Call:
    held = Call.objects.select_for_update().get(pk=call.pk)
    if held.state in (CallState.DRAFT, CallState.DECIDED, CallState.ARCHIVED):
        raise Refused(_("这个征集现在是“%(now)s”，不能分配专家。") % {"now": held.get_state_display()})
    return held
