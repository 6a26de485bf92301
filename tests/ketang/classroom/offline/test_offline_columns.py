"""On SQLite with a folder and on PostgreSQL with S3: a worker that is killed at it, and records that come at once."""

from __future__ import annotations

import io
import time
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from django.db import connections
from django.utils import timezone

from ketang.classroom.catalogue.models import Course
from ketang.classroom.learning.models import Progress
from ketang.classroom.learning.tickets import now_ms
from ketang.classroom.offline.actions import ask
from ketang.classroom.offline.bringing import bring_back
from ketang.classroom.offline.models import BroughtBack, Choice, OfflinePackage, PackageState
from ketang.classroom.offline.queries import zip_of
from ketang.classroom.offline.records import Record, Studied
from ketang.classroom.offline.tickets import ticket_for
from ketang.people.account.actions import open_by_command
from ketang.platform.queue.models import Job, JobState
from ketang.platform.storage.actions import put
from ketang_columns import Column, kill, until
from learning_rows import published_course

PIECE = bytes(range(256)) * 4096


def course_of(films: int, megabytes: int) -> Course:
    """Films whose bytes are no films: they are only packed here."""
    return published_course(
        lessons=tuple(
            {
                "kind": "video", "title": f"第 {number} 课", "seconds": 60, "counts_ms": 60_000, "content_type": "video/mp4",
                "media": put([bytes([number]), *[PIECE] * megabytes]),
            }
            for number in range(films)
        )
    )  # fmt: skip


def test_a_worker_killed_in_the_middle(column: Column) -> None:
    # Long enough for a process of its own to begin on a machine that has much else to do.
    column = replace(column, environment={**column.environment, "KETANG_JOB_LEASE_SECONDS": "15"})
    course = course_of(films=6, megabytes=40)
    assert course.current is not None
    for choice in (Choice.P480, Choice.P720):
        ask(course.current, choice)
    for number in range(2):
        begun, worker = timezone.now(), column.start("worker")
        try:
            until(partial(_is_time, begun), column.log, 120)
            time.sleep(0.05 + 0.21 * number)
        finally:
            kill(worker)
    with column.worker():
        until(
            lambda: not _is_any_left(),
            lambda: (
                list(OfflinePackage.objects.values("state")),
                list(Job.objects.values("name", "attempt", "state", "message")),
                column.log(),
            ),
            240,
        )
    for row in OfflinePackage.objects.all():
        whole = zip_of(row, "t")
        with zipfile.ZipFile(io.BytesIO(b"".join(whole.read(0, whole.size - 1)))) as opened:
            assert opened.testzip() is None
            films = sorted(name for name in opened.namelist() if "/media/" in name)
            assert [opened.read(name)[0] for name in films] == list(range(6))
        assert row.files.count() == 6


def _is_time(since: object) -> bool:
    """Whether one was begun after that moment, or none is left."""
    begun = Job.objects.filter(name="offline.make", state=JobState.RUNNING, started_at__gte=since)
    return begun.exists() or not _is_any_left()


def _is_any_left() -> bool:
    return OfflinePackage.objects.exclude(state=PackageState.MADE).exists()


@pytest.mark.usefixtures("column")
def test_records_that_come_at_once_count_once() -> None:
    account, course = open_by_command(login="learner", name="甲").account, published_course()
    assert course.current is not None
    begun = now_ms() - 100_000
    ticket = ticket_for(account, course.current, now=begun)
    threads = {one.order: one.thread for one in course.lessons}
    records = [
        Record(
            ticket,
            uuid.UUID(int=number),
            [Studied(threads[2], [(0, 80_000, 100)], 0, False), Studied(threads[3], [], 50_000, False)],
        )
        for number in (1, 1, 1, 2, 2, 3)
    ]

    def one(record: Record) -> None:
        try:
            bring_back(account=account, brought=record, now=begun + 100_000)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, records))
    # A hundred seconds went by: the film's eighty, and twenty of the text, whichever record comes first.
    assert dict(Progress.objects.values_list("lesson__order", "counted_ms")) == {2: 80_000, 3: 20_000}
    assert sorted(BroughtBack.objects.values_list("record", "work_ms")) == [
        (uuid.UUID(int=number), work) for number, work in zip((1, 2, 3), _works(), strict=True)
    ]
    assert sum(_works()) == 100_000


def _works() -> list[int]:
    return list(BroughtBack.objects.order_by("record").values_list("work_ms", flat=True))
