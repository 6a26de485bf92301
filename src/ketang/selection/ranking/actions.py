"""Having a ranking computed, keeping what came out, and making one final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.models import RankedRow, Ranking
from ketang.selection.ranking.permissions import may_rank
from ketang.selection.ranking.queries import key_of
from ketang.selection.ranking.verifying import stands

if TYPE_CHECKING:
    from ketang.selection.ranking.result import Ranked

MOST_WEIGHT = Decimal(1000)


def ask_ranking(
    *,
    actor: Actor,
    call: Call,
    line: int | None = None,
    weights: Mapping[str, Decimal] | None = None,
    preferred: Sequence[str] | None = None,
) -> Ranking:
    """Have the sheets that count now ranked.

    Args:
        actor: of the office.
        call: whose sheets.
        line: so many packages are meant to be selected: who crosses that line is told.
        weights: other weights of the rubric's criteria, to be tried beside its own.
        preferred: ids of categories to be tried as preferred, in place of the call's own.

    Raises:
        Refused: a line below 1; a weight that is none, or all of them 0; no category, or one that the call has not; nothing
            was scored yet.

    Effects: the row; the job `ranking.compute`; `ranking.ask`.
    """
    require(may_rank(actor))
    if line is not None and line < 1:
        raise Refused(_("入选线至少是 1。"), field="line")
    asked = {
        "line": line, "weights": None if weights is None else _weights(call, weights),
        "preferred": None if preferred is None else _preferred(call, preferred),
    }  # fmt: skip
    if not call.submitted_sheets.exists():
        raise Refused(_("还没有专家提交评分表，没有可以排名的。"))
    with audited():
        made = Ranking.objects.create(call=call, asked=asked, made_by=actor if isinstance(actor, Account) else None)
        enqueue("ranking.compute", key=key_of(made), ranking=str(made.uuid))
        record(actor=actor, action="ranking.ask", of=made, payload=asked)
    return made


def keep(ranking: Ranking, *, method: str, inputs: str, basis: dict[str, Any], computed: Ranked) -> None:
    """Keep what a job computed; it never changes again.

    Effects: the row, and its rows for pages. Nothing when it was computed before.
    """
    held = Ranking.objects.select_for_update().get(pk=ranking.pk)
    if held.made_at is not None:
        return
    rows, summary, orders = computed
    held.method, held.inputs, held.basis = method, inputs, basis
    held.result, held.summary, held.made_at = {"rows": rows, "orders": orders}, summary, timezone.now()
    held.save()
    keys = {str(uuid): pk for uuid, pk in Submission.objects.filter(call=held.call_id).values_list("uuid", "pk")}
    RankedRow.objects.bulk_create(
        (
            RankedRow(
                ranking=held, submission_id=keys[row["submission"]], order=order, place=row["place"], raw=row["raw"],
                adjusted=row["adjusted"], spread=row["spread"] or None, sheets=row["sheets"],
            )
            for order, row in enumerate(rows, 1)
        ),
        batch_size=500,
    )  # fmt: skip


def keep_failure(ranking: Ranking, words: str) -> None:
    """Keep why it could not be computed. Effects: the row."""
    Ranking.objects.filter(pk=ranking.pk, made_at=None).update(failed=words[:500])


def make_final(*, actor: Actor, ranking: Ranking, reason: str) -> None:
    """Make a ranking the one that awards are made from; another one that was, is no longer.

    Raises:
        Refused: no reason; not computed; sheets, rubric or categories have changed since.

    Effects: the row, that of the one before; `ranking.make_final`. Nothing when it is final already.
    """
    require(may_rank(actor))
    reason = reason.strip()
    if not reason:
        raise Refused(_("请写明理由。"), field="reason")
    if len(reason) > 1000:
        raise Refused(_("理由最多 1000 个字。"), field="reason")
    with audited():
        Call.objects.select_for_update().get(pk=ranking.call_id)
        held = Ranking.objects.select_for_update().select_related("call").get(pk=ranking.pk)
        if held.made_at is None:
            raise Refused(_("这份排名还没有算出来。"))
        if held.is_final:
            return
        if not stands(held):
            raise Refused(_("算出以后评分表有了变化，请重新计算再定为最终排名。"))
        before = Ranking.objects.filter(call=held.call_id, is_final=True).first()
        Ranking.objects.filter(call=held.call_id, is_final=True).update(is_final=False)
        held.is_final, held.final_at, held.reason = True, timezone.now(), reason
        held.save(update_fields=["is_final", "final_at", "reason"])
        payload = {"inputs": held.inputs, "reason": reason, "before": str(before.uuid) if before else None}
        record(actor=actor, action="ranking.make_final", of=held, payload=payload)
    ranking.refresh_from_db()


def _weights(call: Call, weights: Mapping[str, Decimal]) -> dict[str, str]:
    names = [one.id for one in call.content.rubric.criteria]
    given = {name: weights.get(name, Decimal(0)) for name in names}
    for name, weight in given.items():
        if not weight.is_finite() or not 0 <= weight <= MOST_WEIGHT or weight != weight.quantize(Decimal("0.01")):
            raise Refused(_("权重应在 0 到 1000 之间，最多两位小数。"), field=f"weight-{name}")
    if not any(given.values()):
        raise Refused(_("至少一个权重要大于 0。"))
    return {name: str(weight) for name, weight in given.items()}


def _preferred(call: Call, names: Sequence[str]) -> list[str]:
    known = {category.id for category in call.content.categories}
    if not names or not set(names) <= known:
        raise Refused(_("请选择至少一个类别。"), field="preferred")
    return sorted(set(names))
