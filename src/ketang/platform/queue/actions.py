"""Putting work into the queue."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ketang.platform.queue.models import UNFINISHED, Job, JobGroup, JobState
from ketang.platform.queue.registry import registered

log = logging.getLogger(__name__)


def enqueue(name: str, *, key: str = "", not_before: datetime | None = None, **arguments: Any) -> Job:
    """Put one job into the queue; it is announced when the surrounding transaction commits, or when it is due.

    With a `key`, the unfinished job of that key is returned instead of a second one. LookupError for an unknown name.
    """
    registered(name)
    with transaction.atomic():
        if key and (standing := Job.objects.filter(key=key, state__in=UNFINISHED).first()):
            return standing
        try:
            with transaction.atomic():
                due = {} if not_before is None else {"not_before": not_before, "announce_at": not_before}
                job = Job.objects.create(name=name, key=key, arguments=arguments, **due)
        except IntegrityError:  # another process was quicker with the same key
            return Job.objects.get(key=key, state__in=UNFINISHED)
        if not_before is None:
            announce_on_commit(job)
    return job


def enqueue_after(name: str, *, key: str, **arguments: Any) -> None:
    """Put a job into the queue that begins after the surrounding transaction, and so reads what it wrote.

    One that waits is enough; one that runs is not, for it may have read before: then another waits beside it, under a key of its own.
    """
    keys = (key, f"{key}:again")
    with transaction.atomic():
        for one in keys:
            # Written, so that nobody begins it before the commit.
            if Job.objects.filter(key=one, state=JobState.WAITING).update(announced=F("announced")):
                return
        standing = set(Job.objects.filter(key__in=keys, state__in=UNFINISHED).values_list("key", flat=True))
        free = [one for one in keys if one not in standing]
        made = enqueue(name, key=free[0] if free else "", **arguments)
        if made.state != JobState.WAITING:  # another process was quicker with the key, and its job has begun
            enqueue(name, **arguments)


def enqueue_group(
    works: Sequence[tuple[str, Mapping[str, Any]]], *, then: str, arguments: Mapping[str, Any] | None = None
) -> JobGroup:
    """Fan out: put several jobs into the queue, and after the last of them, done or failed, the job `then`, once.

    The join gets `arguments` and `group`, the group's uuid as text. Without any work it is enqueued at once.
    """
    for name in (*(name for name, _ in works), then):
        registered(name)
    with transaction.atomic():
        group = JobGroup.objects.create(join_name=then, join_arguments=dict(arguments or {}))
        for job in Job.objects.bulk_create(Job(name=n, arguments=dict(a), group=group) for n, a in works):
            announce_on_commit(job)
        if not works:
            join_if_complete(group.pk)
    return group


def join_if_complete(group_id: int) -> None:
    """Enqueue the join when no job of the group is unfinished and it has not been joined; within a transaction.

    The group's row is locked first: of two jobs that finish at the same moment the later sees the earlier one's end.
    """
    group = JobGroup.objects.select_for_update().get(pk=group_id)
    if group.joined_at is not None or group.jobs.filter(state__in=UNFINISHED).exists():
        return
    JobGroup.objects.filter(pk=group.pk).update(joined_at=timezone.now())
    enqueue(group.join_name, **{**group.join_arguments, "group": str(group.uuid)})


def announce_on_commit(job: Job) -> None:
    """Tell the workers after the commit; if that fails the sweeper does."""
    # A function, not a partial: Django names what failed by __qualname__.
    transaction.on_commit(lambda: announce(job), robust=True)


def announce(job: Job) -> None:
    """Tell the workers that a job waits. A hint: it may be lost, late, or come twice.

    If the job still waits after `settings.JOB_ANNOUNCE_SECONDS`, the sweeper tells them again, each time after twice as long.
    """
    from ketang.platform.queue.tasks import run_job

    again = timedelta(seconds=settings.JOB_ANNOUNCE_SECONDS * 2 ** min(job.announced, 7))
    counted = Job.objects.filter(pk=job.pk, state=JobState.WAITING, announced=job.announced)
    if counted.update(announced=job.announced + 1, announce_at=timezone.now() + again):
        run_job.enqueue(str(job.uuid))
