"""An unzipped package in Debian's Chromium, opened from the disk without a server: it plays, is read, and what was studied is brought back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import pytest_django.live_server_helper
from django.conf import settings
from django.test import Client, override_settings

from browsing import launched, until
from ketang.classroom.catalogue.models import Course
from ketang.classroom.learning.intervals import measure, union
from ketang.classroom.learning.models import Progress
from ketang.classroom.learning.tickets import now_ms
from ketang.classroom.offline.models import Choice
from ketang.classroom.offline.tickets import ticket_for
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from offline_rows import made, unzipped, whole_course

pytestmark = pytest.mark.django_db(transaction=True)
WITHIN_MS = 5000
VIDEO = "document.querySelector('video[data-main]')"
NOW = f"Math.round({VIDEO}.currentTime * 1000)"
TRACKS = f"""[...{VIDEO}.textTracks].map((one) => [one.kind, one.mode, one.activeCues?.[0]?.text ?? ""])"""


def on_a_stick(course: Course, account: Account | None, folder: Path) -> Path:
    """The package as it was taken and unzipped."""
    assert course.current is not None
    return unzipped(made(course, Choice.P480), ticket_for(account, course.current, now=now_ms()), folder)


def open_page(context: Any, place: Path, **told: Any) -> Any:
    """A page from the disk; whatever it asks for beyond the disk, and whatever it says is wrong, fails the test."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wrong = []
    page.on(
        "request",
        lambda one: page.wrong.append(one.url) if not one.url.startswith(("file:", "data:", "blob:")) else None,
    )
    page.on("requestfailed", lambda one: page.wrong.append(f"failed: {one.url}"))
    page.on("console", lambda one: page.wrong.append(one.text) if one.type == "error" else None)
    page.goto(place.as_uri(), **told)
    return page


def play(page: Any, start: float, seconds: float, rate: float = 1) -> tuple[int, int]:
    """Play a stretch and pause; gives it in milliseconds, as the player says."""
    page.evaluate(f"{VIDEO}.currentTime = {start}, {VIDEO}.playbackRate = {rate}, {VIDEO}.play().catch(() => 0), 0")
    until(page, f"{VIDEO}.currentTime >= {start + seconds}")
    page.evaluate(f"{VIDEO}.pause()")
    return round(start * 1000), page.evaluate(NOW)


def saved(page: Any, place: Path, name: str = "学习记录") -> Path:
    """The record's file, saved by its button with the keyboard."""
    page.locator("[data-save]").focus()
    with page.expect_download() as told:
        page.keyboard.press("Enter")
    assert told.value.suggested_filename == f"{name} 老年人饮水照护：入门 一.json"
    told.value.save_as(place)
    return place


def cookie(client: Client, origin: str) -> dict[str, Any]:
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": origin,
    }


def test_from_the_stick_to_the_hours(live_server: pytest_django.live_server_helper.LiveServer, tmp_path: Path) -> None:
    learner = open_by_command(login="learner", name="示例学员").account
    course, client = whole_course(tmp_path), Client()
    client.force_login(learner)
    with override_settings(PAGES_ORIGIN=live_server.url):
        folder = on_a_stick(course, learner, tmp_path / "stick")
    with launched() as browser:
        context = browser.new_context(accept_downloads=True, locale="zh-CN")
        context.set_offline(True)
        page = open_page(context, folder / "index.html")
        page.click("text=试水温")
        # The page that was left may still stand there: it has no film.
        until(page, f"{VIDEO}?.readyState >= 2 && document.querySelector('video[data-sign]')?.readyState >= 2")
        truth = [play(page, 1, 4)]
        assert page.evaluate(TRACKS) == [["captions", "showing", "再慢慢喂。"], ["descriptions", "disabled", ""]]
        assert page.evaluate(
            f"Math.abs({VIDEO}.currentTime - document.querySelector('video[data-sign]').currentTime) < 0.15"
        )
        page.click("text=打开口述")
        page.evaluate(f"{VIDEO}.currentTime = 2.5, 0")
        until(page, f"{TRACKS}[1][2] === '她用手腕内侧试水。'")
        page.click("text=关闭口述")
        page.click(".player-transcript [data-start='4.500']")  # a line of the transcript seeks and plays
        until(page, f"{VIDEO}.currentTime >= 6.5")
        page.evaluate(f"{VIDEO}.pause()")
        truth += [(4500, page.evaluate(NOW)), play(page, 20, 6, rate=2)]
        page.reload()
        until(page, f"{VIDEO}.readyState >= 2")
        truth.append(play(page, 30, 3))
        page.goto((folder / "03.html").as_uri())
        opened = page.evaluate("performance.now()")
        page.wait_for_timeout(2500)
        page.locator("[data-finish]").focus()
        page.keyboard.press("Space")
        text = page.evaluate("performance.now()") - opened
        page.goto((folder / "index.en.html").as_uri())
        assert page.locator("[data-of-lesson]").first.inner_text() == "0 min studied"
        record = saved(page, tmp_path / "record.json", "Record")
        assert page.wrong == []
        # Back on line.
        context.set_offline(False)
        context.add_cookies([cookie(client, live_server.url)])
        page.goto((folder / "index.html").as_uri())
        page.click("text=联网以后，从这里带回")
        page.set_input_files("input[type=file]", record)
        page.locator("main form button").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/learn/brought/*")
        assert page.locator("caption").inner_text() == "每一课"
        assert page.locator("tbody th").all_inner_texts() == ["试水温", "饮水要点"]
        page.goto(f"{live_server.url}/learn/bring")
        page.set_input_files("input[type=file]", record)
        page.click("main form button")
        page.wait_for_url("**/learn/brought/*")
        assert "没有新的内容" in page.locator(".govuk-notification-banner").inner_text()
    found = {row.lesson.order: row for row in Progress.objects.select_related("lesson") if row.lesson}
    assert abs(found[1].counted_ms - measure(union(truth))) < WITHIN_MS
    assert (abs(found[3].counted_ms - text) < WITHIN_MS, found[3].finished_how) == (True, "said")
    assert set(found) == {1, 3}
    print("difference", found[1].counted_ms - measure(union(truth)), found[3].counted_ms - text)


def test_without_scripts_all_of_it_is_there(tmp_path: Path) -> None:
    folder = on_a_stick(whole_course(tmp_path, 8), None, tmp_path / "stick")
    with launched() as browser:
        context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
        page = open_page(context, folder / "index.html")
        assert page.locator("noscript p").inner_text().startswith("这个浏览器没有打开脚本")
        page.click("text=试水温")
        assert page.locator("video[data-main]").get_attribute("controls") is not None
        assert page.locator(".player-transcript a").all_inner_texts()[0].endswith("先试水温。")
        assert [page.locator(one).is_visible() for one in ("[data-save]", "[data-finish]")] == [False, False]
        for number, words in (("03", "少量多次。"), ("04", "早上"), ("05", "喂一杯水。"), ("06", "一题：水温多少？")):
            page.goto((folder / f"{number}.html").as_uri())
            assert words in page.locator("main").inner_text()
        assert page.wrong == []


def test_a_browser_that_keeps_nothing_says_so_and_saves_all_the_same(tmp_path: Path) -> None:
    folder = on_a_stick(whole_course(tmp_path, 20), None, tmp_path / "stick")
    with launched() as browser:
        context = browser.new_context(accept_downloads=True)
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
        )
        page = open_page(context, folder / "01.html")
        until(page, f"{VIDEO}.readyState >= 2")
        assert page.locator("[data-fleeting]").is_visible()
        played = play(page, 0, 3)
        told = json.loads(saved(page, tmp_path / "record.json").read_text(encoding="utf-8"))
        assert abs(measure(union(one[:2] for one in told["lessons"][0]["watched"])) - measure(union([played]))) < 1000
        assert page.wrong == []
