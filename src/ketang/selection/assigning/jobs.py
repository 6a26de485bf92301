"""Background work: a plan is worked out. Done twice it is the same plan."""

from __future__ import annotations

from time import perf_counter

from django.utils import timezone

from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.assigning.models import Plan
from ketang.selection.assigning.proposing import proposal
from ketang.selection.assigning.situation import situation_of
from ketang.selection.experts.conflicts import recompute


@job("assigning.solve", limit_seconds=600, attempts=3, when_failed="assigning.not_solved")
def solve_plan(running: Running, *, plan: str) -> None:
    """Conflicts are brought up to date first, so that the plan honours what is known now."""
    found = Plan.objects.filter(uuid=plan, made_at=None).select_related("call").first()
    if found is None:
        return
    start = perf_counter()
    running.tell(step="conflicts")
    recompute(call=found.call)
    running.tell(step="reading")
    now = situation_of(found.call)
    running.tell(step="solving")
    made = proposal(now, wanted=found.asked["wanted"], balance=found.asked["balance"])
    seconds = perf_counter() - start
    with running.finish(), audited():
        held = Plan.objects.select_for_update().get(pk=found.pk)
        held.rows, held.lacking, held.cost, held.bound = made.rows, made.lacking, made.cost, made.bound
        held.asked = {**held.asked, "proof": made.proof}
        held.seconds, held.made_at = seconds, timezone.now()
        held.save()
        counted = {"pairs": len(made.rows), "lacking": sum(one[1] for one in made.lacking)}
        record(actor=SYSTEM, action="assigning.solved", of=held, payload=counted)


@job("assigning.not_solved", limit_seconds=60)
def not_solved(running: Running, *, plan: str) -> None:
    """It failed as often as it may: the page says so."""
    del running
    Plan.objects.filter(uuid=plan, made_at=None).update(failed="计算失败 · The plan could not be worked out")
