"""What the demonstration did before anybody came: its supplier sent a package twice, and the office selected and published it.

Every step is the product's own action by the role that takes it; a step that was taken already is not taken again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ketang.classroom.catalogue.models import Course
    from ketang.people.account.models import Account
    from ketang.selection.calls.models import Call
    from ketang.selection.checking.models import Check
    from ketang.selection.intake.models import Submission

FEE = Decimal(18_000)
"""Yuan, within the cap of the shipped call."""
CATEGORY = "P2(3)"
PATIENCE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts."""

    supplier: Account
    clerk: Account
    administrator: Account
    """The second person behind the decision."""


def send_and_publish(cast: Cast, call: Call) -> None:
    """Send the sample with mistakes, then the mended one; select it; publish its course."""
    submission = _submission(cast.supplier, call)
    for name in ("faulty", "mended")[submission.versions.count() :]:
        check = _send(cast.supplier, submission, name)
        _work_until(partial(_is_over, check))
    _publish(cast, submission)


def _submission(supplier: Account, call: Call) -> Submission:
    from kebao.demo.course import TITLE
    from ketang.people.organisation.queries import suppliers_of
    from ketang.selection.intake.actions import start
    from ketang.selection.intake.models import Submission

    unit = suppliers_of(supplier).first()
    assert unit is not None  # noqa: S101 - `ketang demo` registered it a moment ago
    known = Submission.objects.filter(call=call, organisation=unit, title=TITLE).order_by("pk").first()
    return known or start(actor=supplier, call=call, organisation=unit, title=TITLE, category=CATEGORY)


def _send(supplier: Account, submission: Submission, sample: str) -> Check:
    from ketang.platform.storage.models import StoredFile
    from ketang.selection.checking.models import Check
    from ketang.selection.checking.samples import sample_of
    from ketang.selection.intake.actions import receive
    from ketang.selection.intake.models import Door

    found = sample_of(sample)
    assert found is not None  # noqa: S101 - the samples were put in a moment ago
    name, digest = found
    size = StoredFile.objects.get(digest=digest).size
    receipt = receive(
        actor=supplier, submission=submission, door=Door.WEB, name=name, digest=digest, size=size
    )  # fmt: skip
    return Check.objects.get(version=receipt.version)


def _publish(cast: Cast, submission: Submission) -> None:
    from ketang.classroom.catalogue.actions import publish
    from ketang.classroom.catalogue.queries import course_of
    from ketang.selection.awarding.actions import confirm, select
    from ketang.selection.awarding.queries import standing
    from ketang.selection.intake.actions import accept, find_complete
    from ketang.selection.intake.models import SubmissionState

    if submission.state == SubmissionState.SUBMITTED:
        find_complete(actor=cast.clerk, submission=submission)
    if submission.state == SubmissionState.COMPLETE:
        accept(actor=cast.clerk, submission=submission)
    decision = standing(submission)
    if decision is None and submission.state == SubmissionState.ACCEPTED:
        decision = select(actor=cast.clerk, submission=submission, amount=FEE, reason="检查没有必须改的问题。")
    if decision is None or not decision.is_selected or course_of(decision) is not None:
        return  # somebody who tries things out has decided otherwise
    if decision.decided_by_id != cast.administrator.pk:
        confirm(actor=cast.administrator, decision=decision)
    if not decision.is_confirmed:
        return
    course = publish(actor=cast.clerk, decision=decision)
    _work_until(partial(_is_ready, course))
    _give_for_practice(cast.clerk, course)


def _give_for_practice(clerk: Account, course: Course) -> None:
    """The last paper is for practice, the others for the exam: a learner finds both."""
    from ketang.classroom.exams.actions import give_for_practice
    from ketang.classroom.exams.models import Paper

    paper = Paper.objects.filter(edition=course.current).order_by("-number").first()
    if paper is not None:  # a package of somebody's own may have none that can be read
        give_for_practice(actor=clerk, paper=paper, is_practice=True)


def _is_over(check: Check) -> bool:
    check.refresh_from_db()
    return check.is_over


def _is_ready(course: Course) -> bool:
    from ketang.classroom.catalogue.models import CourseState

    course.refresh_from_db()
    return course.state != CourseState.PREPARING


def _work_until(over: Callable[[], bool]) -> None:
    """Work on what waits, as a worker does; where one runs beside this command, wait for it, too."""
    from django.utils import timezone

    from ketang.platform.queue.models import Job, JobState
    from ketang.platform.queue.running import run

    late = time.monotonic() + PATIENCE_SECONDS
    while not over():
        due = Job.objects.filter(state=JobState.WAITING, not_before__lte=timezone.now()).order_by("pk").first()
        if due is not None:
            run(str(due.uuid))
        elif time.monotonic() > late:
            raise click.ClickException(
                "后台处理没有完成，请看日志。 · The background work did not come to an end; see the log."
            )
        else:
            time.sleep(0.2)
