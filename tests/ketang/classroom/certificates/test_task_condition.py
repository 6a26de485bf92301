"""A course may ask for its practical tasks to be marked as passed."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates.actions import issue, set_terms
from ketang.classroom.certificates.models import Terms
from ketang.classroom.certificates.paper import write_certificates
from ketang.classroom.certificates.queries import candidate, candidates
from ketang.classroom.tasks.actions import hand_in, mark
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang_accounts import signed_in
from learning_rows import published_course

from .conftest import LESSONS

pytestmark = pytest.mark.django_db
SHEETS: tuple[dict[str, Any], ...] = tuple(
    {"kind": "task", "title": f"任务单{n}", "text": "扶稳，再喂。", "article": "<p>扶稳，再喂。</p>", "counts_ms": 0} for n in (1, 2)
)  # fmt: skip


@pytest.fixture
def course(db: None) -> Course:
    return published_course(lessons=(*LESSONS, *SHEETS))


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.CLERK]
    assert isinstance(found, Account)
    return found


def done(learner: Account, course: Course, title: str, clerk: Account, passed: bool) -> None:
    sheet = course.lessons.select_related("edition").get(title=title)
    mark(actor=clerk, work=hand_in(learner=learner, lesson=sheet, words="做好了。"), passed=passed, comment="扶稳。")


def asked(course: Course, learner: Account) -> list[tuple[str, str, bool]]:
    return [(one.words, one.state, one.is_met) for one in candidate(course, learner).conditions]


def test_every_sheet_is_passed_once_and_for_good(course: Course, learner: Account, clerk: Account) -> None:
    set_terms(actor=clerk, course=course, is_offered=True, every_lesson=False, exam=False, tasks=True, least=Decimal(0))
    name = "实操任务通过老师评定"
    assert asked(course, learner) == [(name, "通过 0 个，共 2 个", False)]
    hand_in(learner=learner, lesson=course.lessons.select_related("edition").get(title="任务单2"), words="等着。")
    done(learner, course, "任务单1", clerk, passed=False)
    assert asked(course, learner) == [(name, "通过 0 个，共 2 个", False)]
    done(learner, course, "任务单1", clerk, passed=True)
    assert asked(course, learner) == [(name, "通过 1 个，共 2 个", False)]
    with pytest.raises(Refused, match="实操任务通过老师评定（通过 1 个，共 2 个）"):
        issue(actor=learner, account=learner, course=course)
    other = open_by_command(login="other", name="示例乙").account
    mark(actor=clerk, work=learner.works.get(mark="sent"), passed=True)
    assert [asked(course, one) for one in (learner, other)] == [
        [(name, "通过 2 个，共 2 个", True)], [(name, "通过 0 个，共 2 个", False)],
    ]  # fmt: skip
    made = issue(actor=learner, account=learner, course=course)
    with override("zh-hans"):
        pdf = pypdfium2.PdfDocument(write_certificates([made], "/certificates/"))
    words = pdf[0].get_textpage().get_text_range().replace("\r\n", "")
    assert (made.has_done, made.has_passed, "学时，实操任务通过，达到结业条件" in words) == (True, False, True)
    assert [json.loads(one.payload)["tasks"] for one in history(course) if one.action == "certificates.set_terms"] == [
        True
    ]


def test_asked_of_courses_with_sheets_alone_and_only_where_the_office_says_so(
    course: Course, learner: Account, clerk: Account
) -> None:
    assert [one[0] for one in asked(course, learner)] == ["学完每一课", "至少学 0.2 学时"]
    without = published_course("没有任务单的课", lessons=LESSONS)
    set_terms(actor=clerk, course=without, is_offered=True, every_lesson=True, exam=False, tasks=True, least=Decimal(0))
    assert [one[0] for one in asked(without, learner)] == ["学完每一课"]


def test_costs_the_same_for_many(
    course: Course, clerk: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    set_terms(actor=clerk, course=course, is_offered=True, every_lesson=True, exam=True, tasks=True, least=Decimal(0))
    people = [open_by_command(login=f"l{n}", name=str(n)).account for n in range(3)]
    for count in (1, 3):
        with django_assert_num_queries(7):
            assert len(candidates(course, people[:count])) == count


def test_set_on_its_page(course: Course, clerk: Account) -> None:
    address = reverse("office-course-certificate", args=[course.uuid])
    signed_in(clerk).post(address, {"is_offered": "on", "tasks": "on", "hours": "0"})
    terms = Terms.objects.get()
    assert (terms.every_lesson, terms.exam, terms.tasks) == (False, False, True)
    assert signed_in(clerk).get(address).context["form"].initial["tasks"] is True
