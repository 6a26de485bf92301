"""A class of a centre whose learner has a task sheet to do."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from ketang.classroom.catalogue.models import Course, Lesson
from ketang.classroom.groups.actions import make_group
from ketang.classroom.groups.models import Enrolment, Group
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from learning_rows import LESSONS, published_course

TASK: dict[str, Any] = {
    "kind": "task", "title": "协助饮水 · 任务单", "text": "扶稳，再喂。", "article": "<p>扶稳，再喂。</p>", "counts_ms": 600_000,
}  # fmt: skip
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x00\x00\x00"


def photograph(kind: str = "JPEG", **more: Any) -> bytes:
    """A picture with a place in its metadata where there is room for it."""
    out, image = io.BytesIO(), Image.new("RGB", (640, 480), "white")
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x010E] = "HIDDEN-PLACE"
        more = {"exif": exif, **more}
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.fixture
def teacher(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.CENTRE]
    assert isinstance(found, Account)
    return found


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.CLERK]
    assert isinstance(found, Account)
    return found


@pytest.fixture
def course(db: None) -> Course:
    return published_course(lessons=(*LESSONS, TASK))


@pytest.fixture
def sheet(course: Course) -> Lesson:
    return course.lessons.select_related("edition").get(kind="task")


@pytest.fixture
def learner(db: None) -> Account:
    found = open_by_command(login="learner-1", name="学员甲").account
    Account.objects.filter(pk=found.pk).update(email="learner@example.org")
    found.refresh_from_db()
    return found


@pytest.fixture
def group(teacher: Account, course: Course, learner: Account) -> Group:
    centre = Organisation.objects.get(kind=OrganisationKind.CENTRE)
    made = make_group(actor=teacher, centre=centre, title="养老护理班", courses=[course])
    Enrolment.objects.create(group=made, account=learner)
    return made
