"""Exams on paper, and what is told of them, on SQLite and on PostgreSQL; and the job by which it goes out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from exam_rows import course_with_papers
from ketang.classroom.exams.models import Attempt
from ketang.classroom.exchange.actions import agree
from ketang.classroom.exchange.queries import state
from ketang.classroom.groups.actions import enrol_names, make_group
from ketang.classroom.groups.queries import enrolments_of
from ketang.classroom.papers.actions import Read, check, enter, make_printing, undo
from ketang.classroom.papers.models import Keyed
from ketang.classroom.papers.queries import printings_of, waiting_printings
from ketang.people.account.actions import open_by_command
from ketang.people.organisation.actions import add_member, register_centre
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang_columns import Column

from .conftest import Peer


def test_from_paper_to_the_store(column: Column, peer: Peer) -> None:
    chief, teacher, second = (open_by_command(login=name, name=name).account for name in ("chief", "teacher", "second"))
    appoint_first_administrator(account=chief)
    centre = register_centre(actor=chief, name="示例区培训中心")
    for one in (teacher, second):
        add_member(invited_by=chief, account=one, organisation=centre)
    course = course_with_papers()
    assert course.current is not None
    group = make_group(actor=teacher, centre=centre, title="班", courses=[course])
    enrol_names(actor=teacher, group=group, names=["示例学员"])
    learner = enrolments_of(group)[0].account
    agree(account=learner, language="zh-hans", agreed=True)
    printing = make_printing(actor=teacher, group=group, paper=course.current.papers.get(number=1), spare=1)
    row = Read(learner, 1, {1: ("A",), 2: ("A", "B"), 3: ("对",)})
    first = enter(actor=teacher, printing=printing, sat_on=timezone.localdate(), rows=[row])[0]
    check(actor=second, printing=printing, entries=[first])
    undo(actor=teacher, keyed=first, reason="看错")
    again = enter(actor=teacher, printing=printing, sat_on=timezone.localdate() - timedelta(days=1), rows=[row])[0]
    assert [(one.entered, one.waiting) for one in printings_of(group)] == [(1, 1)]
    assert [one.pk for one in waiting_printings()] == [printing.pk]
    check(actor=second, printing=printing, entries=[again])
    assert (Attempt.objects.count(), Keyed.objects.count()) == (1, 2)
    peer.answers = [503]
    job = enqueue("exchange.send", key="exchange.send")
    run(str(job.uuid))
    assert (Job.objects.get(pk=job.pk).state, state().waiting, state().sent) == (JobState.WAITING, 1, 0)
    peer.answers = [200]
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
    run(str(job.uuid))
    assert (Job.objects.get(pk=job.pk).state, state().waiting, state().sent) == (JobState.DONE, 0, 1)
    assert [one["verb"]["display"]["en-US"] for one in peer.told] == ["passed"]
    assert isinstance(verify(), Whole)


@pytest.mark.django_db
def test_the_job_is_over_at_once_where_nothing_is_configured(settings: Settings) -> None:
    settings.XAPI = ""
    job = enqueue("exchange.send")
    run(str(job.uuid))
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
