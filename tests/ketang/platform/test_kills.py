"""kill -9 of the workers at random instants, on both columns: nothing lost, no effect twice, every job ends.

The full count, fifty kills during twenty checks, is in `selection/test_check_kills.py`.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import datetime

from django.utils import timezone

from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.queue.actions import enqueue_group
from ketang.platform.queue.models import UNFINISHED, Job, JobGroup, JobState
from ketang.platform.queue.queries import counts
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import read_whole
from ketang_columns import Column, kill, until


def unfinished() -> int:
    return Job.objects.filter(state__in=UNFINISHED).count()


def kill_while_working(column: Column, *, groups: int, pieces: int, kills: int, seed: int) -> int:
    """Fan out and kill; how many kills hit a job at work. All assertions on the end are here."""
    chance = random.Random(seed)
    for group in range(groups):
        works = [
            ("trial.piece", {"number": group * pieces + number, "seconds": chance.uniform(0, 0.6)})
            for number in range(pieces)
        ]
        enqueue_group(works, then="trial.join")
    hit = 0
    for _kill in range(kills):
        began = timezone.now()
        worker = column.start("worker")
        try:
            # Until it works, then until a random instant of its work: killing a process that only starts proves little.
            until(lambda: at_work(began) or not unfinished(), column.log)  # noqa: B023
            time.sleep(chance.uniform(0, 0.8))
            hit += at_work(began)
        finally:
            kill(worker)
    with column.worker():
        while left := unfinished():  # however slow the machine: something must end within a minute
            until(lambda: unfinished() < left, lambda: (list(Job.objects.values()), column.log()))
    total = groups * pieces
    assert counts() == {JobState.DONE: total + groups}
    effects = Counter(AuditEntry.objects.filter(action__startswith="trial.").values_list("action", "object_key"))
    assert effects == Counter({(job.name, str(job.uuid)): 1 for job in Job.objects.all()})
    assert JobGroup.objects.filter(joined_at=None).count() == 0
    assert [entry.details for entry in AuditEntry.objects.filter(action="trial.join")] == [
        {"states": ["done"]}
    ] * groups
    assert StoredFile.objects.count() == total
    assert {read_whole(stored.pk) for stored in StoredFile.objects.all()} == {
        f"piece {number}".encode() * 1000 for number in range(total)
    }
    assert isinstance(verify(), Whole)
    return hit


def at_work(since: datetime) -> bool:
    """Whether a worker that was started after `since` has a job."""
    return Job.objects.filter(state=JobState.RUNNING, started_at__gt=since).exists()


def test_three_kills(column: Column) -> None:
    assert kill_while_working(column, groups=2, pieces=4, kills=3, seed=20260101) >= 1
