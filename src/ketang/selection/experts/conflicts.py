"""Conflicts of interest (回避): computed ones kept up to date, others said by the office or by the expert; each lifted with a reason.

What becomes of assignments that a new conflict stands against is asked for by `on_conflict`, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.audit.naming import Actor as Named
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.experts.comparing import Key, computed, known, pasts
from ketang.selection.experts.models import COMPUTED, Conflict, Expert, Ground, PanelSeat
from ketang.selection.experts.permissions import may_declare, may_keep_experts
from ketang.selection.experts.sayings import every_saying, memberships, reviewed, sayings
from ketang.selection.intake.models import Submission

_arisen: list[Callable[[Named, Sequence[Conflict]], None]] = []


def on_conflict(act: Callable[[Named, Sequence[Conflict]], None]) -> None:
    """Have `act` called with new conflicts in the transaction that writes them; their call is locked."""
    if act not in _arisen:
        _arisen.append(act)


def found_in(call: Call) -> dict[Key, str]:
    """What can be computed now between the panel of a call and its reviewed submissions. Reasons are in the language that is active."""
    seated = Expert.objects.filter(seats__call=call, seats__left_at=None).select_related("account").distinct()
    experts = list(seated.order_by("id"))
    if not experts:
        return {}
    members = memberships(one.account_id for one in experts if one.account_id is not None)
    ready = [known(one, members.get(one.account_id or 0, ())) for one in experts]
    return computed(ready, sayings(call), pasts(ready, every_saying()))


def recompute(*, call: Call, overtaken: Callable[[], bool] = lambda: False) -> int:
    """Bring the computed conflicts of a call up to date. Twice gives the same as once.

    Args:
        overtaken: whether somebody began later and so has read, or reads, what is newer: then nothing is written.

    Returns:
        How many conflicts are new.

    Effects: what is found and not there is written; what is there and not found any more is lifted without a reason; what
    somebody lifted stays lifted as long as its reason is the same; `experts.recompute` when something changed; whoever
    asked by `on_conflict` is called.
    """
    with override("zh-hans"):  # reasons are kept, and the office's own language is Chinese
        found = found_in(call)
    with audited():
        Call.objects.select_for_update().get(pk=call.pk)
        if overtaken():
            return 0
        # Only what is reviewed and seated now: of others nothing is known.
        about = Conflict.objects.filter(
            submission__in=reviewed(call).values("pk"), ground__in=COMPUTED,
            expert__in=PanelSeat.objects.filter(call=call, left_at=None).values("expert"),
        )  # fmt: skip
        standing = {(one.expert_id, one.submission_id, Ground(one.ground)): one for one in about.filter(lifted_at=None)}
        lifted = set(
            about.filter(~Q(lifted_because="")).values_list("expert", "submission", "ground", "reason")
        )  # fmt: skip
        gone = [one.pk for key, one in standing.items() if key not in found]
        new = [
            Conflict(expert_id=expert, submission_id=submission, ground=ground, reason=reason)
            for (expert, submission, ground), reason in found.items()
            if (expert, submission, ground) not in standing and (expert, submission, ground.value, reason) not in lifted
        ]
        Conflict.objects.filter(pk__in=gone).update(lifted_at=timezone.now())
        made = Conflict.objects.bulk_create(new, batch_size=1000)
        if made or gone:
            payload = {"found": len(made), "gone": len(gone)}
            record(actor=SYSTEM, action="experts.recompute", of=call, payload=payload)
        _tell(SYSTEM, made)
    return len(made)


def add(*, actor: Actor, expert: Expert, submission: Submission, reason: str) -> Conflict:
    """The office says that an expert may not score a submission.

    Raises:
        Refused: without a reason; the office said so before.

    Effects: the row; `experts.add_conflict`; whoever asked by `on_conflict` is called.
    """
    require(may_keep_experts(actor))
    if not reason.strip():
        raise Refused(_("请写明回避的依据。"), field="reason")
    return _say(actor, expert, submission, Ground.OFFICE, reason, "experts.add_conflict")


def declare(*, actor: Actor, seat: PanelSeat, submission: Submission, reason: str) -> Conflict:
    """A member of the panel says that they have to do with a submission.

    Raises:
        Refused: it is said already.

    Effects: the row; `experts.declare_conflict`; whoever asked by `on_conflict` is called.
    """
    require(may_declare(actor, seat) and submission.call_id == seat.call_id)
    return _say(actor, seat.expert, submission, Ground.DECLARED, reason, "experts.declare_conflict")


def lift(*, actor: Actor, conflict: Conflict, reason: str) -> None:
    """The office lifts a conflict; it stays on record.

    Raises:
        Refused: without a reason.

    Effects: the row; `experts.lift_conflict`. Nothing when it was lifted before.
    """
    require(may_keep_experts(actor))
    if not reason.strip():
        raise Refused(_("请写明解除的理由。"), field="reason")
    with audited():
        Call.objects.select_for_update().get(pk=conflict.submission.call_id)
        held = Conflict.objects.select_for_update().get(pk=conflict.pk)
        if held.lifted_at is None:
            held.lifted_at, held.lifted_because = timezone.now(), reason.strip()[:1000]
            held.save(update_fields=["lifted_at", "lifted_because"])
            record(actor=actor, action="experts.lift_conflict", of=held, payload={"reason": held.lifted_because})
    conflict.refresh_from_db()


def _say(
    actor: Actor, expert: Expert, submission: Submission, ground: Ground, reason: str, action: str
) -> Conflict:  # fmt: skip
    with audited():
        Call.objects.select_for_update().get(pk=submission.call_id)
        standing = Conflict.objects.filter(expert=expert, submission=submission, ground=ground, lifted_at=None)
        if standing.exists():
            raise Refused(_("已经记为回避。"), field="reason")
        made = Conflict.objects.create(
            expert=expert, submission=submission, ground=ground, reason=reason.strip()[:1000],
            said_by=actor if isinstance(actor, Account) else None,
        )  # fmt: skip
        record(actor=actor, action=action, of=made, payload={"submission": str(submission.uuid)})
        _tell(actor, [made])
    return made


def _tell(actor: Named, made: Sequence[Conflict]) -> None:
    for act in _arisen if made else ():
        act(actor, made)
