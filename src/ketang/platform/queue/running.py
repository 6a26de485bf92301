"""One attempt at one job: taken by compare-and-set, kept by a heartbeat, ended by compare-and-set."""

from __future__ import annotations

import logging
import os
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from ketang.platform.queue.actions import enqueue, join_if_complete
from ketang.platform.queue.models import Job, JobGroup, JobState
from ketang.platform.queue.registry import Registered, registered
from ketang.platform.queue.worker_name import worker_name
from ketang.platform.refusal import Refused

log = logging.getLogger(__name__)

LOST_EXIT_CODE = 75
"""With which a worker process ends itself when an attempt went over its time: its supervisor starts another."""


TELL_SECONDS = 0.5
START_SECONDS = 60
"""Added to the lease of an attempt that is handed over: a process begins within it, on a busy machine too."""


class LeaseLost(Exception):
    """Another worker has the job now, or it was ended: this attempt must change nothing more."""


class Running:
    """What a job's function is given: its row's identity, and how to say progress and to end."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.finished = False
        self._lost = threading.Event()
        self._progress: dict[str, Any] = {}
        self._told = -TELL_SECONDS

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, attempt=self.job.attempt)

    def check(self) -> None:
        """LeaseLost when the job is no longer ours; without a query."""
        if self._lost.is_set():
            raise LeaseLost(str(self.job))

    def tell(self, **progress: Any) -> None:
        """Say how far the work is (`done=3, of=7`), as often as wished: it is written twice a second at most, and at the end.

        LeaseLost when the job is no longer ours.
        """
        self._progress = progress
        if monotonic() - self._told >= TELL_SECONDS:
            self._told = monotonic()
            if not self._mine().update(progress=progress):
                self._lost.set()
        self.check()

    @contextmanager
    def finish(self) -> Iterator[None]:
        """The transaction in which the job is done: what is written inside happens exactly once, or not at all.

        Effects: the job is done; if it was the last of its group, the join is enqueued. LeaseLost, and nothing is
        written, when the job is no longer ours.
        """
        with transaction.atomic():
            _end(self.job, JobState.DONE)
            if self._progress:
                Job.objects.filter(pk=self.job.pk).update(progress=self._progress)
            yield
        self.finished = True

    def beat(self) -> bool:
        """Prolong the lease; False when the job is no longer ours."""
        now = timezone.now()
        if self._mine().update(heartbeat_at=now, lease_until=lease_from(now)):
            return True
        self._lost.set()
        return False


def lease_from(now: datetime) -> datetime:
    """Until when a worker that was heard now may be silent."""
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def run(uuid: str, hand_over: Callable[[Job], None] | None = None) -> None:
    """Work on the job if it waits and is due, else on the oldest that does: a hint that came twice or too late is not
    wasted, and hints that pile up never stand before the work.

    Args:
        uuid: of the job.
        hand_over: takes an attempt at a job that is worked on apart; without it all is done here.
    """
    if (job := _take(uuid)) is None:
        return
    try:
        entry = registered(job.name)
    except LookupError as unknown:
        _fail(job, str(unknown), attempts=1)
        return
    if entry.is_apart and hand_over is not None:
        until = lease_from(timezone.now()) + timedelta(seconds=START_SECONDS)
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt).update(lease_until=until)
        hand_over(job)
    else:
        _work(job, entry)


def go_on(uuid: str, attempt: int) -> None:
    """Work on an attempt that another process of this machine took and handed over. Nothing when it is over by now."""
    mine = Job.objects.filter(uuid=uuid, state=JobState.RUNNING, attempt=attempt)
    if mine.update(worker=worker_name()):
        job = Job.objects.get(uuid=uuid)
        _work(job, registered(job.name))


def _work(job: Job, entry: Registered) -> None:
    running = Running(job)
    with _heartbeat(running, entry):
        _attempt(running, entry)


def _take(uuid: str) -> Job | None:
    """Begin an attempt at the job of this uuid, or at the oldest that waits; None when none waits."""
    wanted: str | None = uuid
    while wanted is not None:
        now = timezone.now()
        due = Job.objects.filter(state=JobState.WAITING, not_before__lte=now)
        if due.filter(uuid=wanted).update(
            state=JobState.RUNNING, attempt=F("attempt") + 1, worker=worker_name(), started_at=now, heartbeat_at=now,
            lease_until=lease_from(now), message="",
        ):  # fmt: skip
            return Job.objects.get(uuid=wanted)
        oldest = due.order_by("pk").values_list("uuid", flat=True).first()
        wanted = None if oldest is None else str(oldest)
    return None


def _attempt(running: Running, entry: Registered) -> None:
    try:
        entry.work(running, **running.job.arguments)
        if not running.finished:
            with running.finish():
                pass
    except LeaseLost:
        log.warning("job %s: the lease was lost", running.job)
    except Refused as refused:  # what the words say will not change by trying again
        _fail(running.job, str(refused), attempts=1)
    except Exception as fault:
        log.exception("job %s failed", running.job)
        last = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{os.path.basename(last.filename)}:{last.lineno}"
        _fail(running.job, f"{type(fault).__name__}: {fault} ({where})", attempts=entry.attempts)


def _end(job: Job, state: JobState, message: str = "") -> None:
    """Compare-and-set to an end state, then the join; within a transaction."""
    if job.group_id is not None:
        # The group first, the job second: always in this order, so that two ends never wait for one another.
        JobGroup.objects.select_for_update().get(pk=job.group_id)
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt)
    if not mine.update(state=state, message=message, finished_at=timezone.now(), lease_until=None):
        raise LeaseLost(str(job))
    if state == JobState.FAILED:
        _tell_failed(job)
    if job.group_id is not None:
        join_if_complete(job.group_id)


def _tell_failed(job: Job) -> None:
    """Enqueue the job that another one asks for when it has failed; within the transaction of its end."""
    try:
        told = registered(job.name).when_failed
    except LookupError:
        return  # a job of another version: nobody here knows what it wanted
    if told:
        enqueue(told, **job.arguments)


def _fail(job: Job, message: str, *, attempts: int) -> None:
    """End the job as failed, or let it wait to be tried again: after 2, 8, 32 … seconds, at most ten minutes."""
    try:
        with transaction.atomic():
            if job.attempt >= attempts:
                _end(job, JobState.FAILED, message)
            else:
                due = timezone.now() + timedelta(seconds=min(600, 2 * 4 ** (job.attempt - 1)))
                mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt)
                mine.update(
                    state=JobState.WAITING, message=message, not_before=due, announce_at=due, announced=0,
                    lease_until=None,
                )  # fmt: skip
    except LeaseLost:
        log.warning("job %s failed after its lease was lost", job)


def requeue(expired: Q) -> int:
    """Let jobs wait again whose worker fell silent; those that were started too often have failed. How many there were."""
    found = list(Job.objects.filter(expired, state=JobState.RUNNING))
    for job in found:
        try:
            attempts = registered(job.name).attempts
        except LookupError:
            attempts = 0
        with transaction.atomic():
            mine = Job.objects.filter(expired, pk=job.pk, state=JobState.RUNNING, attempt=job.attempt)
            if job.attempt < attempts:
                mine.update(state=JobState.WAITING, announce_at=timezone.now(), announced=0, lease_until=None)
            elif mine.exists():
                _requeue_failed(job)
    return len(found)


def _requeue_failed(job: Job) -> None:
    try:
        with transaction.atomic():
            message = f"执行进程中断 {job.attempt} 次 · the worker died {job.attempt} times"
            _end(job, JobState.FAILED, message)
    except LeaseLost:
        pass


@contextmanager
def _heartbeat(running: Running, entry: Registered) -> Iterator[None]:
    """A thread with a database connection of its own that prolongs the lease while the work goes on."""
    over = threading.Event()
    began = monotonic()

    def beat() -> None:
        try:
            while not over.wait(settings.JOB_LEASE_SECONDS / 4):
                if monotonic() - began > entry.limit_seconds:
                    log.error("job %s ran longer than %s s: this process ends", running.job, entry.limit_seconds)
                    os._exit(LOST_EXIT_CODE)
                try:
                    if not running.beat():
                        return
                except DatabaseError:
                    log.warning("job %s: no heartbeat this time", running.job, exc_info=True)
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat {running.job.uuid}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
