"""A course of two short texts, and who learns."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from ketang.classroom.catalogue.models import Course
from ketang.classroom.learning.actions import report
from ketang.classroom.learning.crediting import Read
from ketang.classroom.learning.tickets import Ticket, now_ms
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from learning_rows import published_course

LESSONS = (
    {"kind": "text", "title": "职业守则", "text": "尊重老人。" * 40, "counts_ms": 540_000, "stretches": [[0, 540_000, "素养"]]},
    {"kind": "text", "title": "试水温", "text": "先试后喂。" * 40, "counts_ms": 810_000, "stretches": [[0, 810_000, "实操"]]},
)  # fmt: skip
"""0.2 and 0.3 学时."""

Study = Callable[[Account, Course, int], None]


@pytest.fixture
def course(db: None) -> Course:
    return published_course(lessons=LESSONS)


@pytest.fixture
def learner(db: None) -> Account:
    return open_by_command(login="learner", name="示例学员").account


@pytest.fixture
def study() -> Study:
    """Read a lesson of a course to its end."""

    def read(learner: Account, course: Course, order: int) -> None:
        lesson, now = course.lessons.get(order=order), now_ms()
        ticket = Ticket(learner.pk, lesson.pk, lesson.thread, now - 3_600_000)
        report(ticket=ticket, sitting=uuid.uuid4(), entries=[Read(1, 0, lesson.counts_ms)], now=now)

    return read
