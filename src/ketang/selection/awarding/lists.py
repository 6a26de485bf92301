"""Drawing up a list of awards: made from the final ranking, proposed by the machine, edited by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.awarding.actions import exact
from ketang.selection.awarding.bands import Band, kept_bands, read_bands, sound_bands, suggested_bands
from ketang.selection.awarding.limits import NOTHING, Limits
from ketang.selection.awarding.models import AwardList, AwardRow, Decision, Outcome
from ketang.selection.awarding.permissions import may_decide
from ketang.selection.awarding.proposing import Entrant, Proposal, propose
from ketang.selection.awarding.queries import chosen_of, key_of, limits_of
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.queries import final_ranking

RESERVES = 50
"""Places of reserve at most."""


def make_list(*, actor: Actor, call: Call) -> AwardList:
    """Draw up the list of a call from its final ranking, with the suggested bands; anew where another ranking was made final.

    Submissions that were decided on singly stay outside; what they were given counts against cap and budget.

    Raises:
        Refused: no final ranking; the list was written as decisions already.

    Effects: the list and its rows; `awarding.make_list`. Nothing when the list is of that ranking already.
    """
    require(may_decide(actor))
    with audited():
        held = Call.objects.select_for_update().get(pk=call.pk)
        ranking = final_ranking(held)
        if ranking is None:
            raise Refused(_("还没有最终排名。先由评审组定下最终排名，再拟订入选名单。"))
        known = AwardList.objects.filter(call=held).first()
        if known is not None:
            if known.ranking_id == ranking.pk:
                return known
            if known.rows.exclude(decision=None).exists():
                raise Refused(_("入选名单已经批准过，不能按另一个排名重新拟订。"))
            known.delete()
        made = AwardList.objects.create(
            call=held, ranking=ranking, bands=kept_bands(suggested_bands(held.content)),
            made_by=actor if isinstance(actor, Account) else None,
        )  # fmt: skip
        AwardRow.objects.bulk_create(_ranked(made, ranking.result["rows"]))
        payload = {"ranking": str(ranking.uuid), "inputs": ranking.inputs}
        record(actor=actor, action="awarding.make_list", of=made, payload=payload)
    return made


def set_bands(*, actor: Actor, award_list: AwardList, bands: Sequence[Band], reserves: int) -> None:
    """Set quality bands and the number of places of reserve. What was proposed before stays until somebody asks anew.

    Raises:
        Refused: the list is approved; bands that are not sound.

    Effects: the row; approvals are void; `awarding.set_bands`.
    """
    require(may_decide(actor))
    with audited():
        held = held_draft(award_list)
        kept = kept_bands(sound_bands(bands, held.call.content.fee.cap))
        if not 0 <= reserves <= RESERVES:
            raise Refused(_("候补件数应在 0 到 %(most)s 之间。") % {"most": RESERVES}, field="reserves")
        if (held.bands, held.reserves) == (kept, reserves):
            return
        held.suggested = kept == kept_bands(suggested_bands(held.call.content))
        held.bands, held.reserves = kept, reserves
        held.save(update_fields=["bands", "reserves", "suggested"])
        changed(held)
        record(actor=actor, action="awarding.set_bands", of=held, payload={"bands": kept, "reserves": reserves})
    award_list.refresh_from_db()


def ask_proposal(*, actor: Actor, award_list: AwardList) -> None:
    """Have the machine propose who is selected and for how much: the solver runs in the background, never in a page.

    Raises:
        Refused: the list is approved; an award of it stands already.

    Effects: a job; `awarding.ask_proposal`.
    """
    require(may_decide(actor))
    with audited():
        held = held_draft(award_list)
        if _is_written(held):
            raise Refused(_("名单上已有生效的决定，只能逐件修改，不能重新测算。"))
        enqueue("awarding.propose", key=key_of(held), award_list=str(held.uuid))
        record(actor=actor, action="awarding.ask_proposal", of=held)


@dataclass(frozen=True, slots=True)
class Basis:
    """All that a proposal is made of."""

    entrants: tuple[Entrant, ...]
    bands: tuple[Band, ...]
    limits: Limits
    reserves: int

    def proposal(self) -> Proposal:
        """Solve it."""
        return propose(self.entrants, self.bands, self.limits, self.reserves)


def basis_of(award_list: AwardList) -> Basis:
    """What a proposal for the list would be made of now."""
    rows = award_list.rows.select_related("submission").order_by("place", "id")
    entrants = tuple(Entrant(row.pk, row.submission.organisation_id, row.place, row.adjusted) for row in rows)
    return Basis(entrants, tuple(read_bands(award_list.bands)), limits_of(award_list), award_list.reserves)


def put_proposal(*, award_list: AwardList, ready: tuple[Basis, Proposal] | None = None) -> Proposal | None:
    """The proposal, written into the list in place of what stood there. By the background job alone.

    Args:
        ready: what was solved beforehand, while nobody had to wait; taken if the list is still of that basis.

    Effects: rows; approvals are void; `awarding.propose` with what it was made of. Nothing for a list that was approved meanwhile.
    """
    with audited():
        Call.objects.select_for_update().get(pk=award_list.call_id)
        held = AwardList.objects.select_for_update(of=("self",)).select_related("call").get(pk=award_list.pk)
        if not held.is_draft or _is_written(held):
            return None
        rows = {row.pk: row for row in held.rows.order_by("place", "id")}
        basis = basis_of(held)
        made = ready[1] if ready is not None and ready[0] == basis else basis.proposal()
        held.rows.update(
            reserve_place=None, outcome=Outcome.NOT_SELECTED, amount=None
        )  # no place is taken twice meanwhile
        for key, row in rows.items():
            _propose_row(row, key, made)
        fields = ["outcome", "amount", "reserve_place", "why", "reason", "by_hand"]
        AwardRow.objects.bulk_update(rows.values(), fields, batch_size=200)
        held.explained = _explained(made)
        held.proposed_at = timezone.now()
        held.save(update_fields=["explained", "proposed_at"])
        void_approvals(held)
        record(actor=SYSTEM, action="awarding.propose", of=held, payload={**held.explained, "bands": held.bands})
    return made


def edit_row(
    *,
    actor: Actor,
    row: AwardRow,
    outcome: Outcome,
    amount: Decimal | None = None,
    reserve_place: int | None = None,
    reason: str = "",
    despite: str = "",
) -> None:
    """Change one row by hand.

    Args:
        amount: of a selected one, yuan.
        reserve_place: of a reserve: those behind it move back; None for the end.
        reason: as the supplier may read it; without one nobody is left out.
        despite: why it is selected although its check has errors or has not ended.

    Raises:
        Refused: the list is approved; the award was given already (it can be withdrawn); more than cap or budget; no reason.

    Effects: the row, and the order of reserves; approvals are void; `awarding.edit_row`. Nothing when nothing changed.
    """
    require(may_decide(actor))
    amount = exact(amount if amount is not None else Decimal("NaN")) if outcome == Outcome.SELECTED else None
    reason, despite = reason.strip()[:2000], despite.strip()[:2000]
    if outcome == Outcome.NOT_SELECTED and not reason:
        raise Refused(_("请写明未入选的理由。"), field="reason")
    with audited():
        held_list = held_draft(row.award_list)
        held = AwardRow.objects.select_for_update(of=("self",)).select_related("submission", "decision").get(pk=row.pk)
        if held.decision is not None and held.decision.is_selected:
            raise Refused(_("这份申报的入选已经生效。要改变，请撤回入选。"))
        if amount is not None:
            refuse_beyond(held_list, held, amount)
        before = (held.outcome, held.amount, held.reserve_place, held.reason, held.despite)
        _take_out_of_reserve(held)
        held.outcome, held.amount, held.reason, held.despite = outcome, amount, reason, despite
        held.by_hand = True
        if outcome != Outcome.NOT_SELECTED:
            held.withdrawn_at, held.withdrawn_because = None, ""  # awarded anew
        if outcome == Outcome.RESERVE:
            held.reserve_place = _make_room(held_list, before[2] if reserve_place is None else reserve_place)
        if (held.outcome, held.amount, held.reserve_place, held.reason, held.despite) != before:
            changed(held_list)
            payload = {"outcome": outcome.value, "amount": None if amount is None else str(amount), "reason": reason}
            record(actor=actor, action="awarding.edit_row", of=held, payload=payload)
        held.save()
    row.refresh_from_db()


def held_draft(award_list: AwardList) -> AwardList:
    """The list as a draft, its call locked first and then itself, as everybody does; Refused when it is approved."""
    Call.objects.select_for_update().get(pk=award_list.call_id)
    held = AwardList.objects.select_for_update(of=("self",)).select_related("call").get(pk=award_list.pk)
    if not held.is_draft:
        raise Refused(_("入选名单已经批准，不能再改。要取消一件，请撤回入选。"))
    return held


def void_approvals(held: AwardList) -> None:
    """The list says something else now: whoever approved it approved other words."""
    held.approvals.filter(voided_at=None).update(voided_at=timezone.now())


def changed(held: AwardList) -> None:
    """It says something else than the proposal came to: approvals are void, and what more money would buy is not known any more."""
    void_approvals(held)
    held.explained = {}
    held.save(update_fields=["explained"])


def refuse_beyond(held: AwardList, row: AwardRow, amount: Decimal) -> None:
    """Refused when the amount goes beyond cap or budget beside all others on the list."""
    limits, others = limits_of(held), chosen_of(held, but=row)
    supplier = row.submission.organisation_id
    if amount > (most := limits.under_cap(supplier, others)):
        words = {"cap": limits.cap, "before": limits.cap - most}
        told = _("金额超过上限：最多 %(cap)s 元。") if most == limits.cap else _("金额超过上限：最多 %(cap)s 元，已定 %(before)s 元。")  # fmt: skip
        raise Refused(told % words, field="amount")
    left = limits.left(others)
    if left is not None and amount > left:
        words = {"budget": limits.budget or NOTHING, "left": max(NOTHING, left)}
        raise Refused(_("超过这个征集的预算：共 %(budget)s 元，还剩 %(left)s 元。") % words, field="amount")


def _ranked(made: AwardList, ranked: Sequence[dict[str, object]]) -> list[AwardRow]:
    found = {str(one.uuid): one for one in Submission.objects.filter(call=made.call)}
    decided = Decision.objects.filter(submission__call=made.call, undone_at=None)
    outside = set(decided.values_list("submission_id", flat=True))
    return [
        AwardRow(
            award_list=made, submission=found[str(one["submission"])], place=int(str(one["place"])),
            raw=Decimal(str(one["raw"])), adjusted=Decimal(str(one["adjusted"])), sheets=int(str(one["sheets"])),
        )
        for one in ranked
        if str(one["submission"]) in found and found[str(one["submission"])].pk not in outside
    ]  # fmt: skip


def _is_written(held: AwardList) -> bool:
    return held.rows.exclude(decision=None).exists()


def _propose_row(row: AwardRow, key: int, made: Proposal) -> None:
    row.amount, row.reserve_place = made.amounts.get(key), None
    row.outcome = Outcome.NOT_SELECTED if row.amount is None else Outcome.SELECTED
    if key in made.reserves:
        row.outcome, row.reserve_place = Outcome.RESERVE, made.reserves.index(key) + 1
    row.why, row.by_hand = made.why[key], False
    row.reason = _("按评审名次和经费预算，未能入选。") if row.outcome == Outcome.NOT_SELECTED else ""
    if row.outcome == Outcome.NOT_SELECTED and row.why["kind"] == "below":
        row.reason = _("评审得分没有达到入选档次。")


def _explained(made: Proposal) -> dict[str, object]:
    more = None if made.more is None else {"needed": str(made.more[0]), "total": str(made.more[1])}
    left = None if made.left is None else str(made.left)
    return {"total": str(made.total), "used": str(made.used), "left": left, "more": more}


def _take_out_of_reserve(held: AwardRow) -> None:
    """Free its place of reserve; those behind it move up."""
    if (place := held.reserve_place) is None:
        return
    behind = AwardRow.objects.filter(award_list=held.award_list_id, reserve_place__gt=place).order_by("reserve_place")
    keys = list(behind.values_list("pk", flat=True))
    held.outcome, held.reserve_place = Outcome.NOT_SELECTED, None
    held.save(update_fields=["outcome", "reserve_place"])
    for number, key in enumerate(keys):
        AwardRow.objects.filter(pk=key).update(reserve_place=place + number)


def _make_room(held: AwardList, wanted: int | None) -> int:
    """A place of reserve: the one wanted, or behind all; those behind it move back."""
    reserves = AwardRow.objects.filter(award_list=held).exclude(reserve_place=None).order_by("-reserve_place")
    taken = list(reserves.values_list("pk", "reserve_place"))
    place = len(taken) + 1 if wanted is None else max(1, min(wanted, len(taken) + 1))
    for key, number in taken:
        if number is not None and number >= place:
            AwardRow.objects.filter(pk=key).update(reserve_place=number + 1)
    return place
