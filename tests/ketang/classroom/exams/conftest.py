"""A published course with papers, made of rows as its package would bring them."""

from __future__ import annotations

import pytest

from exam_rows import course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor


@pytest.fixture
def course(db: None) -> Course:
    return course_with_papers()


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.CLERK]
    assert isinstance(found, Account)
    return found


@pytest.fixture
def learner(db: None) -> Account:
    return open_by_command(login="learner", name="学员甲").account
