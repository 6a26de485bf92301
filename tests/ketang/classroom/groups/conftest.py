"""A centre with a teacher, a class of it, and a course."""

from __future__ import annotations

import pytest

from ketang.classroom.catalogue.models import Course
from ketang.classroom.groups.actions import make_group
from ketang.classroom.groups.models import Group
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from learning_rows import published_course


@pytest.fixture
def teacher(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.CENTRE]
    assert isinstance(found, Account)
    return found


@pytest.fixture
def centre(teacher: Account) -> Organisation:
    return Organisation.objects.get(kind=OrganisationKind.CENTRE)


@pytest.fixture
def course(db: None) -> Course:
    return published_course()


@pytest.fixture
def group(teacher: Account, centre: Organisation, course: Course) -> Group:
    return make_group(actor=teacher, centre=centre, title=" 养老  护理班 ", courses=[course])
