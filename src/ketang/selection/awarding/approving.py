"""Two people approve a list; then it is written as decisions. And an award is withdrawn, for which the next of the reserve is called up."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.awarding.actions import decide, reviewed, undo_held, unproven
from ketang.selection.awarding.bands import band_of, read_bands
from ketang.selection.awarding.lists import changed, held_draft
from ketang.selection.awarding.models import AwardApproval, AwardList, AwardRow, ListState, Outcome
from ketang.selection.awarding.permissions import may_approve_awards, may_decide
from ketang.selection.awarding.queries import chosen_of, digest_of, limits_of
from ketang.selection.calls.models import Call

VERBS = {
    Outcome.SELECTED: "awarding.select",
    Outcome.RESERVE: "awarding.reserve",
    Outcome.NOT_SELECTED: "awarding.reject",
}


def approve(*, actor: Actor, award_list: AwardList, digest: str) -> AwardList:
    """Approve a list as it was shown. The second person's approval writes it as decisions.

    Args:
        digest: of the list that the approver saw.

    Raises:
        Refused: it says something else by now; approved by the same person before; beyond cap or budget; a selected one whose
            check has errors without a written reason; one that is not in review any more; nothing is selected.

    Effects: the approval; `awarding.approve` with the digest. With the second: decisions, each with its entry; what they
    replace is undone; state `approved`; `awarding.approved`.
    """
    require(may_approve_awards(actor))
    if not isinstance(actor, Account):
        raise TypeError("an approval is a person's")
    with audited():
        held = held_draft(award_list)
        now = digest_of(held)
        if digest != now:
            raise Refused(_("名单刚刚有改动。请重新看过再批准。"))
        earlier = list(held.approvals.select_for_update().filter(voided_at=None).order_by("id"))
        if any(one.digest != now for one in earlier):  # the call's fee was changed since
            changed(held)
            earlier = []
        if any(one.approved_by_id == actor.pk for one in earlier):
            raise Refused(_("您已经批准过。还要由另一个人批准。"))
        _refuse_unsound(held)
        AwardApproval.objects.create(
            award_list=held, approved_by=actor, signed_as=actor.name or actor.login, digest=now
        )
        record(actor=actor, action="awarding.approve", of=held, payload={"digest": now, "nth": len(earlier) + 1})
        if earlier and earlier[0].approved_by is not None:
            _write(held, earlier[0].approved_by, actor)
            held.state, held.approved_at = ListState.APPROVED, timezone.now()
            held.save(update_fields=["state", "approved_at"])
            record(actor=actor, action="awarding.approved", of=held, payload={"digest": now})
    award_list.refresh_from_db()
    return held


def withdraw_award(*, actor: Actor, row: AwardRow, reason: str) -> AwardRow | None:
    """Withdraw an award that was given. The next of the reserve whose band the freed money covers is put up for approval.

    Returns:
        The row that was called up; the list is a draft again until two people approve it. None without one.

    Raises:
        Refused: without a reason; the award does not stand; something was built on it (a published course, a payment).

    Effects: its decision is undone, and the submission is not selected, with the reason; the list; `awarding.withdraw_award`.
    """
    require(may_decide(actor))
    reason = reason.strip()[:2000]
    if not reason:
        raise Refused(_("请写明撤回的理由。"), field="withdraw_reason")
    with audited():
        Call.objects.select_for_update().get(pk=row.award_list.call_id)
        held_list = AwardList.objects.select_for_update(of=("self",)).select_related("call").get(pk=row.award_list_id)
        held = AwardRow.objects.select_for_update(of=("self",)).select_related("decision").get(pk=row.pk)
        if held.decision is None or not held.decision.is_selected:
            raise Refused(_("这份申报现在没有生效的入选，不用撤回。"), field="withdraw_reason")
        undo_held(actor, held.decision, reason)
        submission, version = reviewed(held.submission)
        held.decision = decide(actor, submission, version, Outcome.NOT_SELECTED, None, reason, "")
        held.outcome, held.amount, held.reason = Outcome.NOT_SELECTED, None, reason
        held.withdrawn_at, held.withdrawn_because = timezone.now(), reason
        held.save()
        changed(held_list)
        called = _call_up(held_list)
        if called is not None:
            held_list.state = ListState.DRAFT
            held_list.save(update_fields=["state"])
        payload = {"reason": reason, "called_up": None if called is None else called.submission.number}
        record(actor=actor, action="awarding.withdraw_award", of=held, payload=payload)
    row.refresh_from_db()
    return called


def _refuse_unsound(held: AwardList) -> None:
    """Refused unless the list may be written as decisions as it is."""
    chosen = chosen_of(held)
    if not limits_of(held).hold(chosen):
        raise Refused(_("名单上的金额超过了征集的上限或预算。请先修改。"))
    if not chosen:
        raise Refused(_("名单上还没有入选的申报。请先测算，或逐件修改。"))
    selected = held.rows.filter(outcome=Outcome.SELECTED, despite="").exclude(submission__latest=None)
    found = selected.select_related("submission__latest").order_by("place", "id")
    wrong = [one.submission.number for one in found if one.submission.latest and unproven(one.submission.latest)]
    if wrong:
        words = {"numbers": "、".join(wrong[:5]), "count": len(wrong)}
        raise Refused(
            _("%(count)s 件入选的申报，检查没有完成或有必须改的问题：%(numbers)s。仍要入选，请逐件写明理由。") % words
        )


def _write(held: AwardList, first: Account, second: Account) -> None:
    """Each row as a decision of both people; what stands already as it is stays."""
    rows = held.rows.select_related("decision", "submission").order_by("place", "id")
    for row in rows:
        before = row.decision
        if before is not None and before.undone_at is None:
            if (before.outcome, before.amount) == (row.outcome, row.amount):
                continue
            undo_held(second, before, _("入选名单修订"))
        submission, version = reviewed(row.submission)
        outcome = Outcome(row.outcome)
        row.decision = decide(first, submission, version, outcome, row.amount, row.reason, row.despite, second)
        row.save(update_fields=["decision"])
        payload = {
            "amount": None if row.amount is None else str(row.amount),
            "version": str(version.uuid),
            "reason": row.reason,
        }
        record(actor=second, action=VERBS[outcome], of=row.decision, payload=payload)


def _call_up(held: AwardList) -> AwardRow | None:
    """The next of the reserve for whom there is room, selected for the lowest of its band; the others close up."""
    limits, bands = limits_of(held), read_bands(held.bands)
    waiting = held.rows.filter(outcome=Outcome.RESERVE).select_related("submission").order_by("reserve_place")
    for row in waiting:
        band = band_of(bands, row.adjusted)
        if band is None or row.reserve_place is None:
            continue
        room = limits.room(row.submission.organisation_id, chosen_of(held))
        if room < band.lowest:
            continue
        place, row.reserve_place = row.reserve_place, None
        row.outcome, row.amount = Outcome.SELECTED, min(room, band.highest)
        row.save()
        for behind in held.rows.filter(reserve_place__gt=place).order_by("reserve_place"):
            AwardRow.objects.filter(pk=behind.pk).update(reserve_place=behind.reserve_place - 1)  # type: ignore[operator]
        return row
    return None
