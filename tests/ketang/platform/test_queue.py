"""Background work on both columns, with real workers in processes of their own: done once, joined once, retried, told."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import psutil
import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.queue import running
from ketang.platform.queue.actions import announce, enqueue, enqueue_after, enqueue_group
from ketang.platform.queue.models import UNFINISHED, Job, JobGroup, JobState
from ketang.platform.queue.queries import counts
from ketang.platform.queue.running import START_SECONDS, LeaseLost, Running, go_on, run
from ketang.platform.queue.sweeping import sweep, sweep_until
from ketang_columns import Column, settings_of, tasks_read_anew, until


def ended() -> bool:
    return not Job.objects.filter(state__in=UNFINISHED).exists()


def effects() -> Counter[str]:
    return Counter(AuditEntry.objects.filter(action__startswith="trial.").values_list("action", flat=True))


def standing() -> list[object]:
    return list(Job.objects.values("name", "state", "attempt", "worker", "message", "announced"))


def test_the_work_is_done_and_joined_once(column: Column) -> None:
    with transaction.atomic():
        works = [("trial.piece", {"number": number}) for number in range(6)]
        group = enqueue_group(works, then="trial.join")
        alone = enqueue("trial.unfinished")
    with column.worker():
        until(ended, lambda: (standing(), column.log()))
    assert counts() == {JobState.DONE: 8}
    assert counts(group) == {JobState.DONE: 6}
    assert effects() == {"trial.piece": 6, "trial.join": 1}
    assert AuditEntry.objects.get(action="trial.join").details == {"states": ["done"]}
    assert set(Job.objects.values_list("attempt", flat=True)) == {1}
    assert Job.objects.get(pk=alone.pk).state == JobState.DONE
    assert isinstance(verify(), Whole)


def test_a_job_that_is_asked_for_begins_after_the_change_it_was_asked_for(column: Column) -> None:
    enqueue_after("trial.unfinished", key="look")
    waiting = Job.objects.get()
    taken: list[datetime] = []

    def take() -> None:
        running._take(str(waiting.uuid))
        taken.append(timezone.now())
        connection.close()

    begins = threading.Thread(target=take)
    with transaction.atomic():
        enqueue_after("trial.unfinished", key="look")
        begins.start()
        begins.join(0.3)
        changed_until = timezone.now()
    begins.join(60)
    assert [at > changed_until for at in taken] == [True]
    assert list(Job.objects.values_list("state", flat=True)) == [JobState.RUNNING]
    for _change in range(2):  # what runs has read before: one more waits, and no third
        enqueue_after("trial.unfinished", key="look")
    assert list(Job.objects.order_by("pk").values_list("state", "key")) == [
        ("running", "look"),
        ("waiting", "look:again"),
    ]
    Job.objects.update(state=JobState.RUNNING)
    enqueue_after("trial.unfinished", key="look")
    assert list(Job.objects.order_by("pk").values_list("state", "key"))[2:] == [("waiting", "")]


def test_nothing_is_announced_before_the_commit_nor_after_a_rollback(column: Column) -> None:
    with transaction.atomic():
        enqueue("trial.unfinished")
        transaction.set_rollback(True)
    assert Job.objects.count() == 0
    with transaction.atomic():
        job = enqueue("trial.unfinished")
        assert Job.objects.get().announced == 0
    assert Job.objects.get().announced == 1
    assert str(job.uuid) != ""


def test_failures_are_told(column: Column) -> None:
    jobs = {name: enqueue(f"trial.{name}") for name in ("faulty", "refused", "broken_finish")}
    with column.worker():
        until(ended, lambda: (standing(), column.log()))
    found = {name: Job.objects.get(pk=job.pk) for name, job in jobs.items()}
    assert {name: (job.state, job.attempt) for name, job in found.items()} == {
        "faulty": (JobState.FAILED, 2), "refused": (JobState.FAILED, 1), "broken_finish": (JobState.FAILED, 1),
    }  # fmt: skip
    assert found["faulty"].message.startswith("ValueError: 坏数据 (ketang_trial_jobs.py:")
    assert found["refused"].message == "没有这个文件。"
    assert effects() == Counter()


def test_a_group_with_failures_is_joined_too(column: Column) -> None:
    enqueue_group([("trial.refused", {}), ("trial.piece", {"number": 1})], then="trial.join")
    with column.worker():
        until(ended, lambda: (standing(), column.log()))
    assert AuditEntry.objects.get(action="trial.join").details == {"states": ["done", "failed"]}


def test_an_endless_job_ends_its_worker_and_then_fails(column: Column) -> None:
    enqueue("trial.endless")
    for attempt in (1, 2):
        with column.worker():
            until(lambda: Job.objects.filter(state=JobState.RUNNING, attempt=attempt).exists(), standing)  # noqa: B023
            until(lambda: sweep() or not Job.objects.filter(state=JobState.RUNNING).exists(), standing)
    job = Job.objects.get()
    assert (job.state, job.attempt, job.message) == (
        JobState.FAILED, 2, "执行进程中断 2 次 · the worker died 2 times",
    )  # fmt: skip


def test_a_job_may_start_processes(column: Column) -> None:
    enqueue("trial.parallel", numbers=[1, 4, 9])
    with column.worker():
        until(ended, lambda: (standing(), column.log()))
    assert [(job.state, job.message, job.progress) for job in Job.objects.all()] == [
        (JobState.DONE, "", {"roots": [1, 2, 3]})
    ]


def test_long_work_goes_on_apart_and_holds_nobody_up(column: Column) -> None:
    """It outlives its process, too: killed, it is begun anew."""
    enqueue("trial.apart")
    apart = Job.objects.filter(name="trial.apart")
    with column.worker() as worker:

        def other() -> psutil.Process | None:
            """Whose attempt it is, once that is no longer the worker."""
            name = apart.filter(state=JobState.RUNNING).values_list("worker", flat=True).first()
            number = int(name.split("/")[-2]) if name else worker.pid
            return psutil.Process(number) if number not in (worker.pid, *workers()) else None

        def workers() -> list[int]:
            return [one.pid for one in psutil.Process(worker.pid).children(True) if "attempt" not in one.cmdline()]

        until(other, lambda: (standing(), column.log()))
        first = other()
        assert first is not None
        assert first.nice() == min(19, psutil.Process(worker.pid).nice() + 1)
        first.kill()
        enqueue("trial.piece", number=1)
        until(ended, lambda: (standing(), column.log()))
    assert list(Job.objects.order_by("pk").values_list("name", "state", "attempt")) == [
        ("trial.apart", JobState.DONE, 2), ("trial.piece", JobState.DONE, 1),
    ]  # fmt: skip
    assert effects() == {"trial.apart": 1, "trial.piece": 1}


def forget_hints(column: Column) -> None:
    """Lose everything that only the queue knows."""
    if column.name == "small":
        from django_tasks_db.models import DBTaskResult

        DBTaskResult.objects.all().delete()
    else:
        import valkey

        with valkey.Valkey.from_url(column.environment["KETANG_BROKER"]) as client:
            client.flushdb()


def test_the_queue_may_forget_everything(column: Column) -> None:
    enqueue_group([("trial.piece", {"number": number}) for number in range(3)], then="trial.join")
    forget_hints(column)
    with column.worker():
        until(ended, lambda: (standing(), column.log()))
    assert effects() == {"trial.piece": 3, "trial.join": 1}


def test_a_broker_that_is_away_stops_nobody(small_column: Column) -> None:
    """A page that enqueues is answered; the work is done once the broker is back."""
    away = settings_of(
        replace(small_column, environment={**small_column.environment, "KETANG_BROKER": "redis://127.0.0.1:1/0"})
    )
    with override_settings(TASKS=away["TASKS"], BROKER=away["BROKER"]), tasks_read_anew(away["BROKER"]):
        began = time.monotonic()
        job = enqueue("trial.unfinished")
        assert time.monotonic() - began < 10
        assert Job.objects.get().state == JobState.WAITING
    with small_column.worker():
        until(ended, lambda: (standing(), small_column.log()))
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


def test_the_sweeper_outlives_a_broker_that_is_away(small_column: Column) -> None:
    away = settings_of(
        replace(small_column, environment={**small_column.environment, "KETANG_BROKER": "redis://127.0.0.1:1/0"})
    )
    known = override_settings(TASKS=away["TASKS"], BROKER=away["BROKER"], JOB_SWEEP_SECONDS=0.1)
    with known, tasks_read_anew(away["BROKER"]):
        waiting, silent = enqueue("trial.unfinished"), enqueue("trial.unfinished")
        Job.objects.update(announce_at=timezone.now())
        Job.objects.filter(pk=silent.pk).update(
            state=JobState.RUNNING, attempt=1, lease_until=timezone.now() - timedelta(seconds=1)
        )
        over = threading.Event()
        sweeper = threading.Thread(target=sweep_until, args=(over,))
        sweeper.start()
        until(lambda: Job.objects.get(pk=silent.pk).state == JobState.WAITING)
        until(lambda: Job.objects.get(pk=waiting.pk).announced > 1)
        assert sweeper.is_alive()
        over.set()
        sweeper.join()


@pytest.mark.parametrize("column", ["large"], indirect=True)
def test_celery_ends_with_its_worker(column: Column) -> None:
    worker = column.start("worker")
    try:
        until(lambda: "[queues]" in column.log(), column.log)
        everybody = psutil.Process(worker.pid).children(recursive=True)
    finally:
        worker.kill()
        worker.wait()
    assert len(everybody) == 1
    assert psutil.wait_procs(everybody, timeout=30)[1] == []


# The rest needs no worker: it is arithmetic on rows.


@pytest.mark.django_db
class TestRows:
    def take(self, job: Job) -> Running:
        """An attempt as `run` begins it."""
        Job.objects.filter(pk=job.pk).update(
            state=JobState.RUNNING,
            attempt=job.attempt + 1,
            worker="elsewhere/1/1/1",
            lease_until=timezone.now() + timedelta(9),
        )
        return Running(Job.objects.get(pk=job.pk))

    def test_an_attempt_that_lost_its_lease_writes_nothing(self) -> None:
        job = enqueue("trial.unfinished")
        first = self.take(job)
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        sweep()
        second = self.take(Job.objects.get())
        with pytest.raises(LeaseLost), first.finish():
            raise AssertionError("not reached")
        with pytest.raises(LeaseLost):
            first.tell(done=1)
        assert not first.beat()
        with second.finish():
            pass
        assert Job.objects.get().state == JobState.DONE
        with pytest.raises(LeaseLost), second.finish():
            pass

    def test_an_attempt_that_is_handed_over_has_time_to_begin_and_is_gone_on_with_once(self) -> None:
        job, handed = enqueue("trial.apart"), list[Job]()
        run(str(job.uuid), handed.append)
        row = Job.objects.get()
        assert [(one.pk, one.attempt) for one in handed] == [(row.pk, 1)]
        assert row.lease_until is not None
        assert row.lease_until > timezone.now() + timedelta(seconds=START_SECONDS)
        Job.objects.create(name="trial.piece", state=JobState.DONE)  # for which it would wait
        go_on(str(job.uuid), 2)  # an attempt that is not the one of now
        assert Job.objects.get(pk=row.pk).state == JobState.RUNNING
        for _again in range(2):
            go_on(str(job.uuid), 1)
        row.refresh_from_db()
        assert (row.state, row.attempt, effects()) == (JobState.DONE, 1, {"trial.apart": 1})

    def test_a_hint_that_comes_twice_or_late_does_nothing(self) -> None:
        job = enqueue("trial.unfinished")
        for _hint in range(3):
            running.run(str(job.uuid))
        running.run("00000000-0000-0000-0000-000000000000")
        assert (Job.objects.get().state, Job.objects.get().attempt) == (JobState.DONE, 1)

    def test_a_hint_that_comes_twice_or_late_serves_whoever_waits(self) -> None:
        jobs = [enqueue("trial.unfinished") for _number in range(3)]
        Job.objects.filter(pk=jobs[1].pk).update(not_before=timezone.now() + timedelta(hours=1))
        for _hint in range(3):
            running.run(str(jobs[2].uuid))
        assert [job.state for job in Job.objects.order_by("pk")] == [JobState.DONE, JobState.WAITING, JobState.DONE]

    def test_progress_is_written_seldom_and_at_the_end(self) -> None:
        found = self.take(enqueue("trial.unfinished"))
        written = []
        for done in range(1, 201):
            found.tell(done=done, of=200)
            written.append(Job.objects.get().progress["done"])
        assert len(set(written)) < 100  # 200 calls take a moment, not fifty seconds
        assert written[0] == 1
        with found.finish():
            pass
        assert Job.objects.get().progress == {"done": 200, "of": 200}

    def test_a_key_is_queued_once_while_it_is_unfinished(self) -> None:
        first = enqueue("trial.unfinished", key="one")
        assert enqueue("trial.unfinished", key="one") == first
        running.run(str(first.uuid))
        assert enqueue("trial.unfinished", key="one") != first

    def test_what_is_for_later_is_announced_when_it_is_due_and_not_before(self) -> None:
        day = timezone.now() + timedelta(days=1)
        later = enqueue("trial.unfinished", not_before=day)
        sweep()
        running.run(str(later.uuid))
        found = Job.objects.get()
        assert (found.state, found.announced, found.not_before, found.announce_at) == (JobState.WAITING, 0, day, day)
        Job.objects.update(not_before=timezone.now(), announce_at=timezone.now())
        sweep()
        assert Job.objects.get().announced == 1

    def test_an_unknown_name_is_refused_at_once(self) -> None:
        with pytest.raises(LookupError, match="no job is called"):
            enqueue("trial.unknown")

    def test_an_empty_group_is_joined_at_once(self) -> None:
        group = enqueue_group([], then="trial.join")
        assert [job.name for job in Job.objects.all()] == ["trial.join"]
        assert JobGroup.objects.get(pk=group.pk).joined_at is not None

    def test_a_lost_hint_is_given_again_ever_more_seldom(self) -> None:
        job = enqueue("trial.unfinished")
        waits = []
        for announced in range(4):
            Job.objects.update(announced=announced)
            job.announced = announced
            announce(job)
            found = Job.objects.get()
            waits.append(round((found.announce_at - timezone.now()).total_seconds()))
            assert found.announced == announced + 1
        assert waits == [30, 60, 120, 240]

    def test_a_dead_neighbour_s_job_waits_again_at_once(self) -> None:
        from ketang.platform.queue.worker_name import worker_name

        place, _pid, _began = worker_name().rsplit("/", 2)
        job = enqueue("trial.unfinished")
        self.take(job)
        for worker, state in (
            (worker_name(), JobState.RUNNING),
            ("elsewhere/0/1/1", JobState.RUNNING),
            (f"{place}/999999999/5", JobState.WAITING),
        ):
            Job.objects.update(worker=worker, state=JobState.RUNNING)
            sweep()
            assert (worker, Job.objects.get().state) == (worker, state)
