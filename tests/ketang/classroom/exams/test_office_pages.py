"""The office's pages of exams: papers and bank, drawing, opening, how they are marked; nobody else's."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ketang.classroom.catalogue.models import Course, Edition
from ketang.classroom.exams.actions import draw_papers
from ketang.classroom.exams.models import Paper
from ketang.classroom.exams.permissions import may_keep_exams
from ketang.classroom.exams.queries import open_papers, papers_of
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job
from ketang.platform.refusal import Refused
from ketang_accounts import signed_in
from learning_rows import published_course

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def edition_of(course: Course) -> Edition:
    assert course.current is not None
    return course.current


def test_drawing_papers(course: Course, clerk: Account) -> None:
    browser, edition = signed_in(clerk), edition_of(course)
    page = words(browser.get(reverse("office-exams", args=[course.uuid])))
    assert "题库里共有 103 道不同的题。" in page
    told = {"papers": "2", "count": "10", "minutes": "30", "weight-0": "3", "weight-1": "0"}
    answer = browser.post(reverse("office-exams-draw", args=[course.uuid]), told, follow=True)
    assert "抽好了 2 套试卷。看过没有问题，再开放。" in words(answer)
    drawn = papers_of(edition)[3:]
    assert [(one.title, one.asks, one.total, one.limit_seconds, one.is_open) for one in drawn] == [
        ("抽题卷4", 10, one.total, 1800, False) for one in drawn[:1]
    ] + [("抽题卷5", 10, one.total, 1800, False) for one in drawn[1:]]
    assert [one.weights for one in drawn] == [{"试温": 3, "卫生": 0}] * 2
    first, second = ({place.question_id for place in one.places.all()} for one in drawn)
    assert (len(first), len(second), first & second) == (10, 10, set())
    assert [one.total * 6 / 10 for one in drawn] == [one.pass_points for one in drawn]
    assert [one.uuid for one in open_papers(course)] == [one.uuid for one in papers_of(edition)[:3]]
    assert [(entry.action, json.loads(entry.payload or "")["questions"]) for entry in history(edition)] == [
        ("exams.draw", 10)
    ]


def test_the_same_seed_draws_the_same(course: Course, clerk: Account) -> None:
    edition = edition_of(course)
    twice = [
        draw_papers(actor=clerk, edition=edition, weights={"试温": 1}, count=5, papers=2, seed="eins") for _ in range(2)
    ]
    sames = [[[p.question.same for p in paper.places.order_by("order")] for paper in papers] for papers in twice]
    assert sames[0] == sames[1]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"papers": "3", "count": "10", "weight-0": "1", "weight-1": "1"}, "题不够：“卫生”要 15 道，题库里只有 1 道。请减少试卷套数、题数或这个知识点的比重。"),
        ({"papers": "1", "count": "10", "weight-0": "0", "weight-1": "0"}, "至少要有一个知识点的比重大于 0。"),
        ({"papers": "", "count": "很多", "weight-0": "1", "weight-1": "1"}, "请填要抽几套。"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said_and_nothing_is_lost(
    course: Course, clerk: Account, told: dict[str, str], said: str
) -> None:
    answer = signed_in(clerk).post(reverse("office-exams-draw", args=[course.uuid]), told)
    page = words(answer)
    assert (answer.status_code, said in page, Paper.objects.count()) == (200, True, 3)
    assert f'value="{told["count"]}"' in page


@pytest.mark.parametrize(
    "wrong", [{"papers": 0}, {"papers": 21}, {"count": 0}, {"count": 501}, {"minutes": 0}, {"weights": {"试温": -1}}]
)
def test_the_action_itself_refuses_what_is_not_sensible(course: Course, clerk: Account, wrong: dict[str, Any]) -> None:
    sound: dict[str, Any] = {"papers": 1, "count": 5, "weights": {"试温": 1}, "minutes": None}
    with pytest.raises(Refused):
        draw_papers(actor=clerk, edition=edition_of(course), **{**sound, **wrong})


def test_a_paper_is_closed_opened_and_marked_otherwise(course: Course, clerk: Account) -> None:
    browser, paper = signed_in(clerk), open_papers(course)[0]
    page = words(browser.get(reverse("office-paper", args=[paper.uuid])))
    assert [one in page for one in ("喂水前先做什么？", "A. 洗手", "A 对：先洗手", "40 分")] == [True] * 4
    browser.post(reverse("office-paper-open", args=[paper.uuid]), {"open": "no"})
    assert len(open_papers(course)) == 2
    browser.post(reverse("office-paper-open", args=[paper.uuid]), {"open": "yes"})
    browser.post(reverse("office-paper-marking", args=[paper.uuid]), {"multiple": "part"})
    browser.post(reverse("office-paper-marking", args=[paper.uuid]), {"multiple": "lots"})
    paper.refresh_from_db()
    assert (paper.is_open, paper.multiple) == (True, "part")
    assert [one.action for one in history(paper)] == ["exams.close", "exams.open", "exams.choose_marking"]


def test_a_course_without_papers(clerk: Account) -> None:
    bare, browser = published_course("没有试卷的课"), signed_in(clerk)
    address = reverse("office-exams", args=[bare.uuid])
    assert "这一版没有试卷" in words(browser.get(address))
    browser.post(reverse("office-exams-read", args=[bare.uuid]))
    assert "正在从课程包读取试卷" in words(browser.get(address))
    assert (Job.objects.get(name="exams.read").arguments, open_papers(bare)) == (
        {"edition": str(edition_of(bare).uuid)},
        [],
    )
    none = Course.objects.create(title="还没有", supplier="示例培训学校")
    assert "课程还没有备好" in words(browser.get(reverse("office-exams", args=[none.uuid])))


@pytest.mark.parametrize("role", Role)
def test_nobody_else(course: Course, actors: dict[Role, Actor], role: Role) -> None:
    allowed = role in (Role.CLERK, Role.ADMINISTRATOR)
    assert may_keep_exams(actors[role]) is allowed
    actor = actors[role]
    browser = signed_in(actor) if isinstance(actor, Account) else Client()
    paper = open_papers(course)[0]
    for address in (reverse("office-exams", args=[course.uuid]), reverse("office-paper", args=[paper.uuid])):
        assert browser.get(address).status_code == (200 if allowed else 302 if role == Role.VISITOR else 403)
    status = browser.post(reverse("office-paper-open", args=[paper.uuid]), {"open": "no"}).status_code
    paper.refresh_from_db()
    assert (status, paper.is_open) == (302 if allowed or role == Role.VISITOR else 403, not allowed)
