"""kill -9 of the workers during a review, on both columns: plan, blind copies, ranking and proposal each end once, whole, and as without a kill."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from django.utils import timezone

from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.storage.reading import read_range
from ketang.selection.assigning import actions as assigning
from ketang.selection.assigning.models import Assignment, Plan
from ketang.selection.awarding.lists import ask_proposal, make_list
from ketang.selection.awarding.models import AwardList
from ketang.selection.ranking import actions as ranking
from ketang.selection.ranking.models import RankedRow, Ranking
from ketang.selection.scoring.actions import make_again
from ketang.selection.scoring.models import BlindCopy, BlindPart
from ketang_columns import Column, kill, until
from ketang_jobs import unfinished
from review_columns import FILMS, Review, review, tiny

DIED = "执行进程中断 4 次 · the worker died 4 times"
WORK = ("experts.conflicts", "assigning.solve", "scoring.copy", "ranking.compute", "awarding.propose")


def killed_at_work(column: Column, kills: int, chance: random.Random) -> int:
    """Kill so often, as long as there is work, then let it end; how many kills hit a job at work. Without kills this process does it."""
    hit = 0
    while not kills and (job := unfinished().filter(name__in=WORK, state=JobState.WAITING).first()):
        run(str(job.uuid))
    for _kill in range(kills):
        if not unfinished().exists():
            break
        began = timezone.now()
        worker = column.start("worker")
        try:
            running = Job.objects.filter(state=JobState.RUNNING, started_at__gt=began)
            until(lambda: running.exists() or not unfinished().exists(), column.log, 120)  # noqa: B023
            time.sleep(chance.uniform(0, 0.5))
            hit += running.exists()
        finally:
            kill(worker)
    if not kills:
        return 0
    with column.worker():
        while left := unfinished().count():
            until(lambda: unfinished().count() < left, lambda: (list(Job.objects.values()), column.log()), 120)
    return hit


def kill_through_a_review(
    column: Column, shipped_call: str, *, packages: int, kills: int, others: int, seed: int
) -> int:
    """Everything of a review that workers do, with so many kills at the copies and `others` at each other step; how many hit.

    All assertions are here.
    """
    chance = random.Random(seed)
    made = review(shipped_call, [tiny(number) for number in range(1, packages + 1)], experts=4 + packages // 3)
    plan = assigning.ask(actor=made.chief, call=made.call, wanted=3)
    hit = killed_at_work(column, others, chance)
    plan.refresh_from_db()
    assert (len(plan.rows), plan.lacking, plan.failed) == (3 * packages, [], "")
    assigning.apply(actor=made.chief, plan=plan)
    hit += killed_at_work(column, kills, chance)
    given_up = list(BlindCopy.objects.exclude(failed_at=None))
    for copy in given_up:  # whose worker died as often as a job is tried: the office has them made again
        make_again(actor=made.chief, copy=copy)
    killed_at_work(column, 0, chance)
    for assignment in Assignment.objects.select_related("expert").order_by("id"):
        made.scored(assignment, str(4 + (assignment.submission_id * 7 + assignment.expert_id * 3) % 6))
    ranked = ranking.ask_ranking(actor=made.chief, call=made.call)
    hit += killed_at_work(column, others, chance)
    ranked.refresh_from_db()
    ranking.make_final(actor=made.chief, ranking=ranked, reason="评审组一致同意")
    ask_proposal(actor=made.chief, award_list=make_list(actor=made.chief, call=made.call))
    hit += killed_at_work(column, others, chance)
    ended_once(column, made, packages, len(given_up))
    return hit


def ended_once(column: Column, made: Review, packages: int, given_up: int) -> None:
    """Of each piece of work one end and one effect, whole; and the ranking made again is the same to the last digit."""
    jobs = Job.objects.filter(name__in=WORK).exclude(state=JobState.DONE)
    assert list(jobs.values_list("name", "message")) == [("scoring.copy", DIED)] * given_up
    done = Counter(AuditEntry.objects.values_list("action", flat=True))
    effects = {"assigning.solved": 1, "scoring.copied": packages, "awarding.propose": 1, "scoring.submit": 3 * packages}
    assert {name: done[name] for name in effects} == effects
    assert (done["scoring.copy_failed"] - given_up, Plan.objects.count(), Ranking.objects.count()) == (0, 1, 1)
    assert sorted(BlindPart.objects.values_list("copy", "number")) == sorted(
        (copy.pk, number) for copy in BlindCopy.objects.all() for number in range(1, FILMS + 1)
    )
    for part in BlindPart.objects.select_related("stored"):
        assert part.stored is not None
        assert b"".join(read_range(part.stored.digest, part.start + 4, part.start + 7)) == b"ftyp"
    assert RankedRow.objects.count() == packages
    listed = AwardList.objects.get()
    assert (listed.proposed_at is not None, listed.rows.count()) == (True, packages)
    told = column.run("rank", made.call.slug, "--verify").stdout.splitlines()[-1]
    assert told.startswith(f"相同：{packages} 行，{3 * packages} 份评分表")
    assert isinstance(verify(), Whole)


def test_a_kill_during_blind_copies(column: Column, shipped_call: str) -> None:
    assert kill_through_a_review(column, shipped_call, packages=3, kills=1, others=0, seed=20260101) == 1


@pytest.mark.sweep
@pytest.mark.timeout(3600)
def test_many_kills_at_each_step(column: Column, shipped_call: str) -> None:
    # A single job is given up when its worker died three times: two kills at each of those.
    assert kill_through_a_review(column, shipped_call, packages=24, kills=16, others=2, seed=1) >= 12
