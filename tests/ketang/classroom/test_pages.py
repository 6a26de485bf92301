"""The office selects and publishes on pages; visitors find the course, watch, and get its files only while it is public."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ketang.classroom.catalogue.actions import publish, withdraw
from ketang.classroom.catalogue.indexing import rebuild
from ketang.classroom.catalogue.models import Course, Lesson
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.selection.awarding.actions import undo
from ketang.selection.awarding.models import Decision, Outcome
from ketang.selection.intake.models import Submission
from ketang_accounts import signed_in

from .conftest import second_clerk

pytestmark = pytest.mark.django_db(transaction=True)


def words(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def finance_told(client: Client) -> tuple[object, object, object]:
    """Sum and number of awards that finance may count on, and how many wait for the second person."""
    shown = client.get(reverse("finance")).context
    return shown["total"], shown["count"], shown["waiting"]


def test_the_office_selects_publishes_and_withdraws(
    selected: Decision, administrator: Account, prepare: Callable[[], None]
) -> None:
    office, submission = signed_in(administrator), selected.submission
    undo(actor=administrator, decision=selected, reason="从网页重来")
    arrival = reverse("office-arrival", args=[submission.uuid])
    assert 'id="award"' in words(office.get(arrival))
    award = reverse("office-arrival-award", args=[submission.uuid])
    assert "请选择入选或未入选。" in words(office.post(award, {}))
    for amount in ("", "20000.01"):
        told = words(office.post(award, {"outcome": "selected", "amount": amount}))
        assert 'href="#id_amount"' in told
        assert "<title>错误：" in told
    assert 'href="#id_reason"' in words(office.post(award, {"outcome": "not-selected"}))
    assert office.post(award, {"outcome": "selected", "amount": "18000"})["Location"] == arrival
    decision = Decision.objects.get(undone_at=None)
    assert (decision.outcome, decision.amount) == (Outcome.SELECTED, Decimal("18000.00"))
    prepare_address = reverse("office-decision-prepare", args=[decision.uuid])
    unconfirmed = words(office.get(arrival))
    assert (prepare_address in unconfirmed, "还没有第二个人复核：复核以前不算数" in unconfirmed) == (False, True)
    assert "还没有第二个人复核，复核以后才能发布。" in words(office.post(prepare_address, follow=True))
    assert not Course.objects.exists()
    assert finance_told(office) == (0, 0, 1)
    signed_in(second_clerk(administrator)).post(reverse("office-decision-confirm", args=[decision.uuid]))
    assert finance_told(office) == (Decimal("18000.00"), 1, 0)
    course_page = office.post(prepare_address)["Location"]
    assert "正在准备" in words(office.get(arrival))
    assert office.get(f"{course_page}/progress").json() == {"over": False, "state": "正在准备", "media": 0, "done": 0}
    prepare()
    course = Course.objects.get()
    page = words(office.get(course_page))
    ready = course.editions.get()
    assert ("已备好，未发布" in page, reverse("course", args=[ready.uuid]) in page) == (True, True)
    assert Client().get(reverse("course", args=[course.uuid])).status_code == 404
    assert office.post(f"{course_page}/show")["Location"] == course_page
    assert reverse("course", args=[course.uuid]) in words(office.get(arrival))
    assert "18000.00 元" in words(office.get(arrival))
    assert "老年人饮水照护入门" in words(office.get(reverse("office-courses")))
    kept = office.post(reverse("office-decision-undo", args=[decision.uuid]), {"undo_reason": "改期"})
    assert "请先撤下" in words(kept)
    gone = reverse("office-course-withdraw", args=[course.uuid])
    assert "请写明撤下的理由。" in words(office.post(gone, {}))
    office.post(gone, {"withdraw_reason": "单位来函"})
    assert Client().get(reverse("course", args=[course.uuid])).status_code == 404
    assert "重新发布" in words(office.get(course_page))
    office.post(f"{course_page}/show")
    assert Client().get(reverse("course", args=[course.uuid])).status_code == 200


def test_a_visitor_finds_and_opens_the_course(
    selected: Decision, administrator: Account, prepare: Callable[[], None]
) -> None:
    visitor = Client()
    assert "还没有课程" in words(visitor.get(reverse("courses")))
    course = publish(actor=administrator, decision=selected)
    assert visitor.get(reverse("course", args=[course.uuid])).status_code == 404
    prepare()
    listed = words(visitor.get(reverse("courses"), {"words": "试水温 示例"}))
    assert [text in listed for text in ("老年人饮水照护入门", "示例培训学校", "字幕", "文字稿")] == [True] * 4
    assert "没有找到" in words(visitor.get(reverse("courses"), {"words": "焊接"}))
    page = words(visitor.get(reverse("course", args=[course.uuid])))
    assert re.findall(r'href="[^"]*/(\d)/">([^<]+)</a> (\S+)</li>', page) == [
        ("1", "职业守则", "00:08"), ("2", "试温与防烫 · 试水温", "00:08"), ("3", "试温与防烫 · 饮水要点", "文字"), ("4", "协助饮水", "00:08"),
        ("5", "协助饮水 · 任务单", "实操任务"),
    ]  # fmt: skip
    lesson = words(visitor.get(reverse("lesson", args=[course.uuid, 2])))
    assert "提供：示例培训学校" in lesson
    assert ["上一课：职业守则" in lesson, "下一课：试温与防烫 · 饮水要点" in lesson] == [True, True]
    assert re.findall(r'data-start="([\d.]+)"', lesson) == ["1.000", "4.000"]
    assert f'<a href="{reverse("courses")}">看课</a>' in words(visitor.get("/"))
    text = words(visitor.get(reverse("lesson", args=[course.uuid, 3])))
    assert ["少量多次，先试后喂。" in text, "<video" in text, "提供：示例培训学校" in text] == [True, False, True]
    assert visitor.get(reverse("lesson", args=[course.uuid, 6])).status_code == 404


def test_files_only_of_public_courses(selected: Decision, administrator: Account, prepare: Callable[[], None]) -> None:
    visitor = Client()
    course = publish(actor=administrator, decision=selected)
    prepare()
    files = {"lesson-media": "video/mp4", "lesson-captions": "text/vtt; charset=utf-8", "lesson-poster": "image/jpeg"}
    for name, content_type in files.items():
        answer = visitor.get(reverse(name, args=[course.uuid, 1]))
        assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
            200,
            content_type,
            "nosniff",
        )
        b"".join(answer)  # type: ignore[arg-type]  # read to its end, so that the file is closed
        assert visitor.get(reverse(name, args=[course.uuid, 3])).status_code == 404
    part = visitor.get(reverse("lesson-media", args=[course.uuid, 1]), headers={"range": "bytes=4-7"})
    assert (part.status_code, b"".join(part)) == (206, b"ftyp")  # type: ignore[arg-type]
    withdraw(actor=administrator, course=course, reason="单位来函")
    for name in files:
        assert visitor.get(reverse(name, args=[course.uuid, 1])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_row_and_three(
    supplier_draft: Submission, administrator: Account, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        draft = Submission.objects.create(
            call=supplier_draft.call,
            organisation=supplier_draft.organisation,
            title=f"课 {number}",
            number=f"X-{number}",
        )
        version = draft.versions.create(
            index=1, door="web", name="课.zip", digest="0" * 64, size=1, received_at=timezone.now()
        )
        decision = Decision.objects.create(submission=draft, version=version, outcome="selected", amount=1)
        names = {"title": f"课 {number}", "supplier": "示例培训学校"}
        course = Course.objects.create(decision=decision, **names)
        edition = course.editions.create(
            number=1, version=version, name="课.zip", digest="0" * 64, state="current", **names
        )
        Course.objects.filter(pk=course.pk).update(
            current=edition, state="published", published_at=timezone.now() + timedelta(seconds=number)
        )
        Lesson.objects.create(edition=edition, kind="text", order=1, title="一", text="字")
    rebuild()
    office, visitor = signed_in(administrator), Client()
    office.get(reverse("finance"))
    for client, name, queries in ((visitor, "courses", 3), (office, "office-courses", 6), (office, "finance", 7)):
        with django_assert_num_queries(queries):  # type: ignore[operator]
            assert words(client.get(reverse(name))).count("示例培训学校") >= rows


@pytest.mark.parametrize("role", Role)
def test_who_sees_which_page(actors: dict[Role, Actor], role: Role) -> None:
    actor = actors[role]
    client = signed_in(actor) if isinstance(actor, Account) else Client()
    seen = {
        "finance": {Role.CLERK, Role.FINANCE, Role.ADMINISTRATOR},
        "office-courses": {Role.CLERK, Role.ADMINISTRATOR},
        "courses": set(Role),
    }
    no = 302 if role == Role.VISITOR else 403
    assert {name: client.get(reverse(name)).status_code for name in seen} == {
        name: 200 if role in roles else no for name, roles in seen.items()
    }
