"""An exam by keyboard in Debian's Chromium: the line is cut twice, the browser is killed, another device goes on, and the explanations are read."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_django.live_server_helper
from django.conf import settings
from django.test import Client

from browsing import launched
from exam_rows import course_with_papers
from journeys.keyboard import Keyboard
from ketang.classroom.exams.models import Attempt, Entry
from ketang.classroom.exams.queries import open_papers
from ketang.classroom.exams.sitting import begin
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = """new Promise((done) => { const asked = indexedDB.open("ketang-exams", 1); asked.onsuccess = () => {
const count = asked.result.transaction("lines").objectStore("lines").count(); count.onsuccess = () => { asked.result.close(); done(count.result); }; }; })"""


@pytest.fixture(autouse=True)
def _rows_beside_playwright(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps an event loop in this thread, in which Django would not touch the database."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def cookie_of(account: Account, origin: str) -> dict[str, Any]:
    client = Client()
    client.force_login(account)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": origin,
    }


def said(page: Any) -> str:
    return str(page.locator("[data-kept]").inner_text())


def shown(page: Any) -> list[str]:
    """Numbers of the questions in sight."""
    return [
        one.get_attribute("data-question") or "" for one in page.locator(".exam-question").all() if one.is_visible()
    ]


def in_log() -> list[tuple[int, str, bool]]:
    """The log: question, what was chosen, whether it stands."""
    return [
        (one.place.order, "".join(one.chosen), one.stands)
        for one in Entry.objects.select_related("place").order_by("number")
    ]


def pick(keys: Keyboard, words: str) -> None:
    """Choose a radio of the question in sight by keyboard."""
    keys.reach("", "input[radio]")
    for _ in range(6):
        if keys.page.evaluate("document.activeElement.labels[0].textContent.trim()") == words:
            keys.page.keyboard.press("Space")
            return
        keys.page.keyboard.press("ArrowDown")
    raise AssertionError(words)


def test_an_exam_by_keyboard_over_a_line_that_breaks(
    live_server: pytest_django.live_server_helper.LiveServer,
) -> None:
    learner, course = open_by_command(login="learner", name="示例学员").account, course_with_papers()
    cookie = cookie_of(learner, live_server.url)
    with launched() as chromium:
        contexts = [chromium.new_context(base_url=live_server.url, locale="zh-CN") for _ in range(2)]
        for context in contexts:
            context.add_cookies([cookie])
        errors: list[str] = []
        page = contexts[0].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        keys = Keyboard(page)
        page.goto(f"/courses/{course.uuid}/")
        keys.press("考试", "a")
        keys.press("试卷1", "a")
        keys.press("开始考试", "button")
        assert shown(page) == ["1"]
        pick(keys, "关灯")
        page.get_by_text("答案已保存。").wait_for()
        # The line is cut: answering and going on need none.
        contexts[0].set_offline(True)
        page.locator("#question-1").focus()
        pick(keys, "洗手")
        page.get_by_text("没有连上。").wait_for()
        keys.reach("下一题", "button")
        page.keyboard.press("Enter")
        assert shown(page) == ["2"]
        keys.tick("用温度计")
        assert page.evaluate(WAITING) >= 2
        contexts[0].set_offline(False)
        page.get_by_text("答案已保存。").wait_for()
        until_none_waits(page)
        assert [one for one in in_log() if one[2]][-1] == (2, "B", True)
        # Once more, and this time the page is gone before the line is back.
        contexts[0].set_offline(True)
        page.locator("#question-2").focus()
        keys.tick("滴在手腕内侧")
        keys.tick("标记这一题")
        page.get_by_text("没有连上。").wait_for()
        address = page.url
        page.close(run_before_unload=False)
        contexts[0].set_offline(False)
        page = contexts[0].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        until_none_waits(page)
        latest = {order: chosen for order, chosen, stands in in_log() if stands}
        assert latest == {1: "A", 2: "AB"}
        # Another device goes on where the first one left off, and hands it in.
        there = contexts[1].new_page()
        there.on("pageerror", lambda error: errors.append(str(error)))
        keys = Keyboard(there)
        there.goto(f"/learn/courses/{course.uuid}/exams")
        keys.press("接着考", "a")
        assert shown(there) == ["3"]
        pick(keys, "对")
        there.get_by_text("答案已保存。").wait_for()
        keys.press("检查答案", "button")
        review = there.locator("main").inner_text()
        assert ("每一题都答了。" in review, "您标记了 1 题。" in review) == (True, True)
        keys.press("交卷", "button")
        result = there.locator("main").inner_text()
        assert [words in result for words in ("100 分，总分 100", "及格", "A 对：先洗手，防止把病菌带给老人。")] == [
            True
        ] * 3
        # The first device is told, and shows the result.
        page.evaluate("document.querySelector('[name=f1]').click()")
        page.wait_for_url("**/result")
        for context in contexts:
            context.close()
    assert errors == []
    attempt = Attempt.objects.get()
    assert (attempt.submitted_how, attempt.markings.get().total) == ("said", 100)
    keys_of = list(Entry.objects.values_list("device", "n"))
    assert len(keys_of) == len(set(keys_of)) == attempt.last


def until_none_waits(page: Any) -> None:
    """Until everything that was kept in the browser is stored."""
    for _again in range(200):
        if page.evaluate(WAITING) == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("something still waits to be sent")


def test_two_devices_that_answer_the_same_question(
    live_server: pytest_django.live_server_helper.LiveServer,
) -> None:
    learner, course = open_by_command(login="learner", name="示例学员").account, course_with_papers()
    attempt = begin(account=learner, paper=open_papers(course)[0], one_at_a_time=False)
    with launched() as chromium:
        pages = []
        for _ in range(2):
            context = chromium.new_context(base_url=live_server.url, locale="zh-CN")
            context.add_cookies([cookie_of(learner, live_server.url)])
            pages.append(context.new_page())
            pages[-1].goto(f"/learn/exams/{attempt.uuid}")
        here, there = pages
        here.context.set_offline(True)
        here.get_by_label("关灯").check()
        there.get_by_label("洗手").check()
        until_none_waits(there)
        here.context.set_offline(False)
        here.get_by_text("第 1 题在另一台设备上改过，现在是那边的答案。").wait_for()
        assert here.get_by_label("洗手").is_checked()
        # Known by now, it may be changed here.
        here.get_by_label("开窗").check()
        until_none_waits(here)
        assert in_log() == [(1, "A", True), (1, "B", False), (1, "D", True)]
        for page in pages:
            page.context.close()
