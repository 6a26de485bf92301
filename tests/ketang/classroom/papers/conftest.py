"""A class before a course with papers, and two people of its centre."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from exam_rows import course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.models import Paper
from ketang.classroom.groups.actions import enrol_names, make_group
from ketang.classroom.groups.models import Group
from ketang.classroom.groups.queries import enrolments_of
from ketang.classroom.papers.actions import make_printing
from ketang.classroom.papers.models import Printing
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import add_member
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor


@dataclass(frozen=True)
class Hall:
    """The class, its short paper printed, who enters and who checks, and its learners by name."""

    course: Course
    group: Group
    paper: Paper
    printing: Printing
    teacher: Account
    second: Account
    clerk: Account
    learners: dict[str, Account]


@pytest.fixture
def hall(actors: dict[Role, Actor]) -> Hall:
    course = course_with_papers()
    assert course.current is not None
    teacher, clerk = actors[Role.CENTRE], actors[Role.CLERK]
    assert isinstance(teacher, Account)
    assert isinstance(clerk, Account)
    centre = Organisation.objects.get(kind=OrganisationKind.CENTRE)
    second = open_by_command(login="second", name="示例同事").account
    add_member(invited_by=teacher, account=second, organisation=centre)
    group = make_group(actor=teacher, centre=centre, title="养老护理班", courses=[course])
    enrol_names(actor=teacher, group=group, names=["示例学员一", "示例学员二"])
    paper = course.current.papers.get(number=1)
    printing = make_printing(actor=teacher, group=group, paper=paper, spare=2)
    learners = {one.account.name: one.account for one in enrolments_of(group)}
    return Hall(course, group, paper, printing, teacher, second, clerk, learners)
