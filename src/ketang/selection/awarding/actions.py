"""Writing single decisions: select with a fee, do not select, confirm, undo. Where a call has a list of awards, the list decides."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.awarding.models import AwardList, Decision, Outcome
from ketang.selection.awarding.permissions import may_approve_awards, may_decide
from ketang.selection.awarding.queries import spent
from ketang.selection.calls.models import Call
from ketang.selection.checking.queries import latest_check
from ketang.selection.intake.models import Submission, SubmissionState, Version
from ketang.selection.ruling.queries import effective_verdict

CENT = Decimal("0.01")

_undoing: list[Callable[[Decision], None]] = []


def before_undoing(act: Callable[[Decision], None]) -> None:
    """Have `act` called before a decision is undone, inside its transaction; it may refuse. So awarding need not know who builds on it."""
    if act not in _undoing:
        _undoing.append(act)


def select(*, actor: Actor, submission: Submission, amount: Decimal, reason: str = "", despite: str = "") -> Decision:
    """Select the version that counts, for a fee. The same decision again changes nothing.

    Args:
        actor: who records it.
        submission: accepted for review.
        amount: yuan, at most two decimals.
        reason: as it may be told to the supplier.
        despite: the written reason where the check of the version has errors, rulings counted, or has not ended.

    Raises:
        Refused: not accepted, decided otherwise, a check with errors and no written reason, more than cap or budget; the call
            has a list of awards.

    Effects: the row; `awarding.select`.
    """
    require(may_decide(actor))
    amount = exact(amount)
    with audited():
        call, held, version = _held(submission)
        if known := _decided(held, Outcome.SELECTED, amount):
            return known
        if not despite.strip() and (wrong := unproven(version)):
            raise Refused(wrong, field="despite")
        _within(call, held, amount)
        made = decide(actor, held, version, Outcome.SELECTED, amount, reason, despite)
        payload = {"amount": str(amount), "version": str(version.uuid), "reason": made.reason, "despite": made.despite}
        record(actor=actor, action="awarding.select", of=made, payload=payload)
    return made


def reject(*, actor: Actor, submission: Submission, reason: str) -> Decision:
    """Do not select, with the reason that the supplier reads. The same decision again changes nothing.

    Effects: the row; `awarding.reject`.
    """
    require(may_decide(actor))
    if not reason.strip():
        raise Refused(_("请写明未入选的理由。"), field="reason")
    with audited():
        _call, held, version = _held(submission)
        if known := _decided(held, Outcome.NOT_SELECTED, None):
            return known
        made = decide(actor, held, version, Outcome.NOT_SELECTED, None, reason, "")
        record(actor=actor, action="awarding.reject", of=made, payload={"reason": made.reason})
    return made


def confirm(*, actor: Actor, decision: Decision) -> None:
    """A second person confirms a single decision: before that it is neither put on public notice, nor paid, nor published, and its supplier does not see it.

    Raises:
        Refused: by the one who made it; undone.

    Effects: the row; `awarding.confirm`. Nothing when it was confirmed before.
    """
    require(may_approve_awards(actor))
    with audited():
        held = Decision.objects.select_for_update().get(pk=decision.pk)
        if held.undone_at is not None:
            raise Refused(_("这个决定已经撤销。"))
        if held.confirmed_at is None:
            if not isinstance(actor, Account) or held.decided_by_id in (None, actor.pk):
                raise Refused(_("复核的人不能是作出决定的人。请另一位同事复核。"))
            held.confirmed_by, held.confirmed_at = actor, timezone.now()
            held.save(update_fields=["confirmed_by", "confirmed_at"])
            record(actor=actor, action="awarding.confirm", of=held)
    decision.refresh_from_db()


def undo(*, actor: Actor, decision: Decision, reason: str) -> None:
    """Take a decision back; it stays on record.

    Raises:
        Refused: without a reason; when something that stands was built on it (a published course); one of a list of awards.

    Effects: the row; `awarding.undo`. Nothing when it was undone before.
    """
    require(may_decide(actor))
    if not reason.strip():
        raise Refused(_("请写明撤销的理由。"), field="undo_reason")
    with audited():
        held = Decision.objects.select_for_update().get(pk=decision.pk)
        if hasattr(held, "row"):
            raise Refused(_("这个决定来自入选名单。请在名单里撤回。"), field="undo_reason")
        undo_held(actor, held, reason)
    decision.refresh_from_db()


def undo_held(actor: Actor, held: Decision, reason: str) -> None:
    """Take a decision back, inside a transaction; nothing when it was before. Refused by what was built on it."""
    # Locked before anybody is asked: a payment that is begun meanwhile is either seen here, or finds the decision undone.
    Decision.objects.select_for_update().get(pk=held.pk)
    if held.undone_at is None:
        for act in _undoing:
            act(held)
        held.undone_at = timezone.now()
        held.save(update_fields=["undone_at"])
        record(actor=actor, action="awarding.undo", of=held, payload={"reason": reason.strip()})


def keep_in_review(submission: Submission) -> None:
    """Refused while a decision on the submission stands: what was selected, and perhaps published, is not withdrawn or refused."""
    if Decision.objects.filter(submission=submission, undone_at=None).exists():
        raise Refused(_("这份申报已有遴选决定。请先撤下课程、撤销决定。"))


def exact(amount: Decimal) -> Decimal:
    """Whole cents; Refused otherwise."""
    if not amount.is_finite() or not 0 <= amount < 10**9 or amount != amount.quantize(CENT):
        raise Refused(_("请填写金额，单位元，最多两位小数。"), field="amount")
    return amount.quantize(CENT)


def _held(submission: Submission) -> tuple[Call, Submission, Version]:
    """The call locked first, so that two decisions never spend the same budget; then the submission that may be decided on."""
    call = Call.objects.select_for_update().get(pk=submission.call_id)
    if AwardList.objects.filter(call=call).exists():
        raise Refused(_("这个征集有入选名单，由两个人批准。请在名单里决定，不能单独决定。"))
    return (call, *reviewed(submission))


def reviewed(submission: Submission) -> tuple[Submission, Version]:
    """The submission, locked, with the version that counts; Refused unless it is in review."""
    held = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("organisation", "latest")
        .get(pk=submission.pk)
    )
    if held.state != SubmissionState.ACCEPTED or held.latest is None:
        words = {"state": held.get_state_display()}
        raise Refused(_("这份申报现在是“%(state)s”，进入评审后才能作出决定。") % words)
    return held, held.latest


def _decided(held: Submission, outcome: Outcome, amount: Decimal | None) -> Decision | None:
    """The standing decision when it is the same one; Refused when it is another."""
    known = Decision.objects.filter(submission=held, undone_at=None).first()
    if known is not None and (known.outcome, known.amount) != (outcome, amount):
        raise Refused(_("这份申报已经有决定，请先撤销。"))
    return known


def unproven(version: Version) -> str:
    """Why the version's check, with what people ruled, does not carry a selection; empty when it does."""
    check = latest_check(version)
    if check is None or not check.is_done:
        return _("这一版的检查还没有完成。仍要入选，请写明理由。")
    if (ruled := effective_verdict(check)) is not None:
        words = _("裁定后仍有 %(count)s 个必须改的问题。仍要入选，请写明理由。")
        return words % {"count": ruled.errors} if ruled.errors else ""
    if check.errors:
        return _("检查发现 %(count)s 个必须改的问题。仍要入选，请写明理由。") % {"count": check.errors}
    return ""


def _within(call: Call, held: Submission, amount: Decimal) -> None:
    """Refused when the fee goes beyond the call's cap for its scope, or its budget."""
    fee = call.content.fee
    before = Decimal(0)
    if fee.scope != "package":
        before = spent(call, held.organisation if fee.scope == "supplier" else None)
    if before + amount > fee.cap:
        words = {"cap": fee.cap, "before": before}
        told = (
            _("金额超过上限：最多 %(cap)s 元。")
            if not before
            else _("金额超过上限：最多 %(cap)s 元，已定 %(before)s 元。")
        )
        raise Refused(told % words, field="amount")
    if fee.budget is not None and (before := spent(call)) + amount > fee.budget:
        words = {"budget": fee.budget, "left": fee.budget - before}
        raise Refused(_("超过这个征集的预算：共 %(budget)s 元，还剩 %(left)s 元。") % words, field="amount")


def decide(
    actor: Actor,
    held: Submission,
    version: Version,
    outcome: Outcome,
    amount: Decimal | None,
    reason: str,
    despite: str,
    confirmed_by: Account | None = None,
) -> Decision:
    """The row of a decision; inside a transaction that records it."""
    return Decision.objects.create(
        submission=held, version=version, outcome=outcome, amount=amount, reason=reason.strip()[:2000],
        despite=despite.strip()[:2000], decided_by=actor if isinstance(actor, Account) else None,
        confirmed_by=confirmed_by, confirmed_at=timezone.now() if confirmed_by is not None else None,
    )  # fmt: skip
