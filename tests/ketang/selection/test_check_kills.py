"""kill -9 of the workers during real checks, on both columns: every check ends once, with its whole report, and nothing is left behind."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from django.utils import timezone

from ketang.people.account.actions import open_by_command
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import OrganisationKind
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.audit.queries import Whole, history, verify
from ketang.platform.queue.models import Job, JobGroup, JobState
from ketang.platform.storage.actions import put_bytes
from ketang.selection.calls import actions as calls
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.checking.queries import media_done, report_of
from ketang.selection.intake import actions
from ketang.selection.intake.models import Door
from ketang_accounts import credit_code
from ketang_columns import Column, kill, until
from ketang_jobs import unfinished
from making import make_clip

from .conftest import call_file

FILMS = 2
"""Of each package: so many jobs that measure, and one that joins them."""


@cache
def film() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return make_clip(Path(folder) / "film.mp4", 1).read_bytes()


def package(number: int) -> bytes:
    """A small package whose films are nobody else's: a box that players skip tells them apart."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for one in range(FILMS):
            mark = f"{number}-{one}".encode().ljust(16)
            content = film() + (8 + len(mark)).to_bytes(4, "big") + b"free" + mark
            written.writestr(f"网络课程+示例培训学校+老年人饮水照护入门/视频/第{one}课.mp4", content)
    return out.getvalue()


def send_packages(count: int) -> None:
    """So many submissions through the product's own actions; each begins its check."""
    administrator = open_by_command(login="administrator", name="管理员甲").account
    appoint_first_administrator(account=administrator)
    supplier = open_by_command(login="manager", name="单位管理员").account
    unit = register_organisation(
        actor=supplier, kind=OrganisationKind.UNIT, name="示例培训学校", credit_code=credit_code(1)
    )
    call = calls.publish(call=calls.create(file=call_file(), actor=administrator), actor=administrator)
    for number in range(count):
        draft = actions.start(actor=supplier, call=call, organisation=unit, title=f"第 {number} 课", category="P2(3)")
        kept = put_bytes(package(number))
        actions.receive(
            actor=supplier, submission=draft, door=Door.WEB, name="课程包.zip", digest=kept.digest, size=kept.size
        )


def at_work(since: datetime) -> bool:
    """Whether a worker that was started after `since` has a job."""
    return Job.objects.filter(state=JobState.RUNNING, started_at__gt=since).exists()


def kill_while_checking(column: Column, *, checks: int, kills: int, seed: int) -> int:
    """Send packages and kill; how many kills hit a job at work. All assertions on the end are here."""
    chance = random.Random(seed)
    send_packages(checks)
    hit = 0
    for _kill in range(kills):
        began = timezone.now()
        worker = column.start("worker")
        try:
            until(lambda: at_work(began) or not unfinished().exists(), column.log, 120)  # noqa: B023
            time.sleep(
                chance.uniform(0, 0.8)
            )  # a random instant of a job, which takes about as long on a quiet machine
            hit += at_work(began)
        finally:
            kill(worker)
    with column.worker():
        while left := unfinished().count():  # however slow the machine: something must end within two minutes
            until(lambda: unfinished().count() < left, lambda: (list(Job.objects.values()), column.log()), 120)
    ended_once(checks)
    return hit


def ended_once(checks: int) -> None:
    """Nothing lost, nothing twice: of each check one end, one join, its whole report, and its two films measured."""
    assert Counter(Check.objects.values_list("state", flat=True)) == {CheckState.DONE: checks}
    for check in Check.objects.all():
        assert [entry.action for entry in history(check)] == ["checking.begin", "checking.done"]
        report = report_of(check)
        assert report is not None
        assert (report.crashes, len(report.files), media_done(check)) == ((), FILMS, FILMS)
    jobs = Counter(Job.objects.exclude(name="sealing.seal").values_list("name", "state"))  # at the deadline, in 2099
    assert jobs["checking.join", JobState.DONE] == JobGroup.objects.count() >= checks
    assert {state for _name, state in jobs} == {JobState.DONE}
    assert JobGroup.objects.filter(joined_at=None).count() == 0
    assert isinstance(verify(), Whole)


def test_two_kills_during_a_check(column: Column) -> None:
    assert kill_while_checking(column, checks=1, kills=2, seed=20260101) >= 1


@pytest.mark.sweep
@pytest.mark.timeout(1800)
def test_fifty_kills_during_twenty_checks(column: Column) -> None:
    assert kill_while_checking(column, checks=20, kills=50, seed=1) >= 25
