"""Pages of sitting a paper, as a browser without scripts sees them, and what the script is answered."""

from __future__ import annotations

import html
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exam_rows import course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams import sitting
from ketang.classroom.exams.models import Attempt, Entry
from ketang.classroom.exams.permissions import may_sit
from ketang.classroom.exams.privacy import SHARE
from ketang.classroom.exams.queries import asked_in, open_papers
from ketang.classroom.groups.assisting import allow
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.preference.actions import keep_display
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
DEVICE = "00000000-0000-4000-8000-000000000001"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def browser(learner: Account) -> Client:
    return signed_in(learner)


def begun(browser: Client, course: Course, shown: str = "one") -> Attempt:
    paper = open_papers(course)[0]
    answer = browser.post(reverse("learn-paper", args=[paper.uuid]), {"shown": shown})
    attempt = Attempt.objects.get(submitted_at=None)
    assert answer.url == reverse("learn-attempt", args=[attempt.uuid])
    return attempt


def test_from_the_course_to_the_explanations_without_a_script(browser: Client, course: Course) -> None:
    assert (
        reverse("learn-exams", args=[course.uuid])
        in browser.get(reverse("course", args=[course.uuid])).content.decode()
    )
    page = words(browser.get(reverse("learn-exams", args=[course.uuid])))
    assert "3 题，总分 100，60 分及格" in page
    attempt = begun(browser, course)
    address = reverse("learn-attempt", args=[attempt.uuid])
    first = browser.get(address)
    assert len(re.findall(r'<section class="exam-question"[^>]* hidden', first.content.decode())) == 2
    every = {"order": ["1", "2", "3"], "seen": "0"}
    answer = browser.post(address, {**every, "a1": "A", "go": "2"})
    assert answer.url == f"{address}?q=2#question-2"
    answer = browser.post(address, {**every, "seen": "1", "a1": "A", "a2": ["A", "B"], "f2": "on", "go": "review"})
    look = words(browser.get(answer.url))
    assert [one in look for one in ("还有 1 题没有答。", "您标记了 1 题。", "您的答案： 洗手")] == [True] * 3
    result = browser.post(answer.url, follow=True)
    told = words(result)
    assert [one in told for one in ("80 分，总分 100", "及格", "A. 洗手 · 您选的 · 正确答案", "A 对：先洗手")] == [
        True
    ] * 4
    assert browser.get(address).url == reverse("learn-result", args=[attempt.uuid])
    assert "80 分，总分 100" in words(browser.get(reverse("learn-exams", args=[course.uuid])))
    attempt.refresh_from_db()
    assert attempt.markings.get().seen_at is not None


def test_all_questions_on_one_page(browser: Client, course: Course) -> None:
    attempt = begun(browser, course, "all")
    page = browser.get(reverse("learn-attempt", args=[attempt.uuid])).content.decode()
    assert (page.count('class="exam-question"'), " hidden><input" in page, 'data-go="next"' in page) == (
        3,
        False,
        False,
    )


def test_options_stand_in_the_attempt_s_own_order_and_results_in_the_paper_s(browser: Client, course: Course) -> None:
    attempt = begun(browser, course)
    Attempt.objects.update(seed="eins")
    shown = [letter for letter, _ in asked_in(Attempt.objects.get())[0].options]
    assert sorted(shown) == list("ABCD") != shown
    page = browser.get(reverse("learn-attempt", args=[attempt.uuid])).content.decode()
    assert re.findall(r'name="a1" value="(\w)"', page) == shown


def post(browser: Client, attempt: Attempt, told: Any) -> Any:
    return browser.post(
        reverse("learn-attempt-answers", args=[attempt.uuid]), told if isinstance(told, str) else json.dumps(told), content_type="application/json"
    )  # fmt: skip


def test_what_the_script_is_answered(browser: Client, course: Course, learner: Account) -> None:
    attempt = begun(browser, course)
    line = {"device": DEVICE, "seen": 0, "lines": [[1, 1, 0, ["A"], False]]}
    stored = {"n": 1, "last": 1, "left": None, "news": []}
    assert [(one.status_code, one.json()) for one in (post(browser, attempt, line), post(browser, attempt, line))] == [
        (200, stored)
    ] * 2
    assert [
        post(browser, attempt, one).status_code
        for one in ("{", {}, {**line, "seen": "0"}, {**line, "lines": 1}, "[" * 100_000)
    ] == [400] * 5
    assert post(browser, attempt, {**line, "lines": [[2, 9, 0, ["A"], False]]}).status_code == 410
    assert post(browser, attempt, "x" * (257 << 10)).status_code == 413
    sitting.pause(attempt=attempt.uuid, account=learner, paused=True)
    assert post(browser, attempt, {**line, "lines": [[2, 1, 1, ["B"], False]]}).status_code == 423
    page = words(browser.get(reverse("learn-attempt", args=[attempt.uuid])))
    assert ("考试已暂停" in page, "喂水前先做什么" in page) == (True, False)
    browser.post(reverse("learn-attempt-pause", args=[attempt.uuid]), {"paused": "no"})
    sitting.submit(attempt=attempt.uuid, account=learner)
    over = post(browser, attempt, {**line, "lines": [[2, 1, 1, ["B"], False]]})
    assert (over.status_code, over.json()["n"], Entry.objects.count()) == (409, 1, 1)
    assert Client().post(reverse("learn-attempt-answers", args=[attempt.uuid])).status_code == 302


def test_a_limit_is_told_with_the_learner_s_own_extra_time(browser: Client, learner: Account) -> None:
    course = course_with_papers("限时的课", minutes=Decimal(10))
    paper = open_papers(course)[0]
    address = reverse("learn-paper", args=[paper.uuid])
    assert "需要更多时间？" in words(browser.get(address))
    keep_display(account=learner, display="standard.auto.standard.plain.on.on.off.auto.double")
    assert "20 分钟（原来 10 分钟，按您的设置延长了）" in words(browser.get(address))
    attempt = begun(browser, course)
    assert (attempt.limit_ms, "约 20 分钟" in words(browser.get(reverse("learn-attempt", args=[attempt.uuid])))) == (
        1_200_000,
        True,
    )


def test_nobody_sees_another_s_exam(browser: Client, course: Course) -> None:
    attempt = begun(browser, course)
    other = signed_in(open_by_command(login="other", name="乙").account)
    for name in ("learn-attempt", "learn-attempt-review", "learn-result"):
        assert other.get(reverse(name, args=[attempt.uuid])).status_code == 404
    assert other.post(reverse("learn-attempt-pause", args=[attempt.uuid]), {"paused": "yes"}).status_code == 404
    assert post(other, attempt, {"device": DEVICE, "seen": 0, "lines": []}).status_code == 410


def test_a_helper_s_entries_carry_their_name(course: Course, learner: Account) -> None:
    helper = open_by_command(login="helper", name="丙").account
    made = allow(learner=learner, login="helper", language="zh-hans", text="我同意。")
    browser = signed_in(helper)
    browser.post(reverse("learn-act"), {"for": str(made.uuid)})
    attempt = begun(browser, course)
    post(browser, attempt, {"device": DEVICE, "seen": 0, "lines": [[1, 1, 0, ["A"], False]]})
    assert (attempt.account, Entry.objects.get().by) == (learner, helper)


@pytest.mark.parametrize("role", Role)
def test_who_may_sit(course: Course, actors: dict[Role, Actor], role: Role) -> None:
    paper = open_papers(course)[0]
    assert may_sit(actors[role], paper) is (role != Role.VISITOR)
    Course.objects.update(state="withdrawn", current=None)
    paper.edition.course.refresh_from_db()
    assert may_sit(actors[role], paper) is False


def test_what_is_given_out_and_erased(browser: Client, course: Course, learner: Account) -> None:
    attempt = begun(browser, course)
    post(browser, attempt, {"device": DEVICE, "seen": 0, "lines": [[1, 1, 0, ["A"], True]]})
    sitting.submit(attempt=attempt.uuid, account=learner)
    told = SHARE.export(learner)
    assert [len(told[name]) for name in ("attempts", "answers", "marks", "entered_for_others")] == [1, 1, 1, 0]
    assert [told["answers"][0][name] for name in ("chosen", "flagged")] == [["A"], True]
    assert (SHARE.erase(learner), Attempt.objects.count(), Entry.objects.count()) == ([], 0, 0)
