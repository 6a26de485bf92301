"""Pages of who learns: what a lesson's page reports, what 我的学习 shows, and to whom."""

from __future__ import annotations

import io
import json
import re
import uuid
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from ketang.classroom.catalogue.models import Course
from ketang.classroom.learning.actions import report
from ketang.classroom.learning.crediting import Read, Watched
from ketang.classroom.learning.models import HowFinished, Progress
from ketang.classroom.learning.tickets import Ticket, now_ms, ticket_for
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from learning_rows import published_course

pytestmark = pytest.mark.django_db
HOUR = 3_600_000


@pytest.fixture
def learner() -> Account:
    return open_by_command(login="learner", name="示例学员").account


@pytest.fixture
def browser(learner: Account) -> Client:
    client = Client()
    client.force_login(learner)
    return client


def words(answer: Any) -> str:
    return answer.content.decode()  # type: ignore[no-any-return]


def send(client: Client, told: object, to: str = "learn-report") -> tuple[int, Any]:
    answer = client.post(
        reverse(to), told if isinstance(told, str | bytes) else json.dumps(told), content_type="application/json"
    )
    return answer.status_code, answer.json()


def told(ticket: str, *entries: list[Any], sitting: int = 1) -> dict[str, Any]:
    return {"ticket": ticket, "sitting": str(uuid.UUID(int=sitting)), "entries": list(entries)}


def studies(learner: Account, course: Course, order: int, *entries: Read | Watched, ago: int = HOUR) -> None:
    lesson = course.lessons.get(order=order)
    now = now_ms()
    ticket = Ticket(learner.pk, lesson.pk, lesson.thread, now - ago)
    report(ticket=ticket, sitting=uuid.uuid4(), entries=list(entries), now=now)


def test_a_page_reports_without_a_session(learner: Account) -> None:
    lesson = published_course().lessons.get(order=2)
    then = now_ms() - 30_000
    ticket = ticket_for(learner, lesson, now=then)
    stranger = Client(enforce_csrf_checks=True)
    status, answer = send(stranger, told(ticket, [1, then, "w", 0, 20_000, 100]))
    assert (status, answer["last"], answer["counted"], then + 30_000 <= answer["now"]) == (200, 1, 20_000, True)
    assert send(stranger, told(ticket))[1].keys() == {"now", "last"}


def test_a_visitor_is_told_the_time_and_nothing_is_kept() -> None:
    lesson = published_course().lessons.get(order=2)
    status, answer = send(Client(), told(ticket_for(None, lesson), [1, now_ms(), "r", 1000]))
    assert (status, answer["last"], Progress.objects.count()) == (200, 0, 0)


def test_what_is_no_report(learner: Account) -> None:
    lesson = published_course().lessons.get(order=2)
    ticket, gone = ticket_for(learner, lesson), Client()
    wrong: list[tuple[object, int]] = [
        ("{", 400), ("[" * 100_000, 400), ("[]", 400), ({}, 410), (told("forged"), 410), ({**told(ticket), "sitting": "x"}, 400),
        (told(ticket, [1]), 400), ("x" * 300_000, 413), (told(ticket_for(learner, lesson, now=1)), 410),
    ]  # fmt: skip
    assert [send(gone, one)[0] for one, _status in wrong] == [status for _one, status in wrong]
    assert send(gone, "{")[1] == {"message": "学习记录读不懂。"}
    lesson.delete()
    assert send(gone, told(ticket, [1, now_ms(), "r", 1])) == (410, {"message": "这一课已经不在了。"})
    assert gone.get(reverse("learn-report")).status_code == 405


def test_done_without_scripts(browser: Client, learner: Account) -> None:
    course = published_course()
    address = reverse("lesson", args=[course.uuid, 1])
    page = words(browser.get(address))
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket is not None
    assert f'data-ticket="{ticket[1]}"' in page
    begun = ticket_for(learner, course.lessons.get(order=1), now=now_ms() - 65_000)
    answer = browser.post(reverse("learn-finished"), {"ticket": begun, "next": address}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "记下了：这一课学完了，计入 1 分钟。" in words(answer)
    kept = Progress.objects.get()
    assert (kept.account, kept.finished_how, 65_000 <= kept.counted_ms < 70_000) == (learner, HowFinished.SAID, True)


def test_another_s_ticket_and_another_site(browser: Client, administrator: Account) -> None:
    course = published_course()
    ticket = ticket_for(administrator, course.lessons.get(order=1))
    answer = browser.post(
        reverse("learn-finished"), {"ticket": ticket, "next": "https://example.org//evil"}, follow=True
    )
    assert (answer.redirect_chain, "再按一次" in words(answer), Progress.objects.count()) == (
        [("/learn/", 302)],
        True,
        0,
    )
    assert Client().post(reverse("learn-finished"), {"ticket": ticket}).status_code == 302


def test_what_was_kept_before_sign_in(browser: Client, learner: Account) -> None:
    lesson = published_course().lessons.get(order=2)
    then = now_ms() - 60_000
    kept = told(ticket_for(None, lesson, now=then), [1, then, "w", 0, 20_000, 100])
    own = told(ticket_for(learner, lesson, now=then), [1, then, "w", 50_000, 60_000, 100], sitting=2)
    old = told(ticket_for(None, lesson, now=1), [1, 1, "r", 1000], sitting=3)
    assert send(browser, {"pages": [kept, own, old]}, "learn-take-over") == (200, {"counted": 20_000})
    assert send(browser, {"pages": [kept]}, "learn-take-over") == (200, {"counted": 0})
    assert [
        send(browser, {"pages": one}, "learn-take-over")[0]
        for one in (None, [1], [kept] * 201, [told("x"), {**kept, "entries": 1}])
    ] == [400] * 4
    assert [(row.account, row.counted_ms) for row in Progress.objects.all()] == [(learner, 20_000)]
    assert Client().post(reverse("learn-take-over")).status_code == 302


def test_my_learning(browser: Client, learner: Account) -> None:
    assert "还没有学习记录" in words(browser.get(reverse("learn")))
    course = published_course()
    studies(learner, course, 1, Read(1, 0, 100_000))
    studies(learner, course, 2, Watched(1, 0, 0, 170_000, 100))
    page = words(browser.get(reverse("learn")))
    assert re.findall(r"<strong>([\d.]+)</strong> 学时", page) == ["0.1"]
    assert re.findall(r"<dt>([^<]+)</dt><dd>([\d.]+) 学时", page) == [
        ("职业素养", "0.0"),
        ("理论和演示", "0.0"),
        ("实操", "0.0"),
    ]
    assert "已学 0.1 学时，全部 0.1 学时；学完 1 课，共 3 课" in page
    assert f'href="{reverse("lesson", args=[course.uuid, 2])}"' in page
    assert "上次看到 02:50。" in page
    rows = words(browser.get(reverse("learn-course", args=[course.uuid])))
    assert re.findall(r"</strong> (\d+) 分钟，全长约 (\d+) 分钟", rows) == [("1", "2"), ("2", "3"), ("0", "1")]
    lesson = words(browser.get(reverse("lesson", args=[course.uuid, 2])))
    assert 'href="#t=170" data-seeks="lesson" data-time="170"' in lesson


def test_the_record_as_workbook_and_pdf(browser: Client, learner: Account) -> None:
    course = published_course()
    studies(learner, course, 1, Read(1, 0, 100_000))
    studies(learner, course, 2, Watched(1, 0, 0, 200_000, 100))
    book = openpyxl.load_workbook(io.BytesIO(browser.get(reverse("learn-hours", args=["xlsx"])).content))
    cells = [[cell for cell in row if cell not in (None, "")] for row in book.active.iter_rows(values_only=True)]
    assert [row[:6] for row in cells if row and row[0] in ("课程", course.title, "合计")] == [
        ["课程", "提供单位或个人", "职业素养", "理论和演示", "实操", "合计学时"],
        [course.title, "示例培训学校", "0.0", "0.0", "0.0", "0.1"],
        ["合计", "0.0", "0.0", "0.0", "0.1"],
    ]
    assert browser.get(reverse("learn-hours", args=["pdf"])).content[:5] == b"%PDF-"
    assert browser.get(reverse("learn-hours", args=["docx"])).content[:2] == b"PK"
    assert browser.get(reverse("learn-hours", args=["txt"])).status_code == 404


def test_a_course_that_was_withdrawn_still_counts(browser: Client, learner: Account) -> None:
    course, other = published_course(), published_course("另一门")
    studies(learner, course, 1, Read(1, 0, 100_000))
    Course.objects.update(state="withdrawn")
    assert "已撤下" in words(browser.get(reverse("learn")))
    page = words(browser.get(reverse("learn-course", args=[course.uuid])))
    assert ["这门课已经撤下" in page, reverse("lesson", args=[course.uuid, 1]) in page] == [True, False]
    assert browser.get(reverse("learn-course", args=[other.uuid])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_course_and_three(
    browser: Client, learner: Account, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        studies(learner, published_course(f"课 {number}"), 1, Read(1, 0, 1000))
    browser.get(reverse("learn"))
    with django_assert_max_num_queries(
        11
    ):  # the learner's classes, marks not seen yet, exams that were begun, results that changed, appeals
        assert words(browser.get(reverse("learn"))).count("示例培训学校") == rows


def test_only_who_is_signed_in() -> None:
    course = published_course()
    addresses = [reverse("learn"), reverse("learn-course", args=[course.uuid]), reverse("learn-hours", args=["pdf"])]
    assert [Client().get(address).status_code for address in addresses] == [302] * 3
    page = words(Client().get(reverse("lesson", args=[course.uuid, 1])))
    assert ["data-visitor" in page, "我学完了" in page, f"{reverse('account_login')}?next=" in page] == [
        True,
        False,
        True,
    ]
