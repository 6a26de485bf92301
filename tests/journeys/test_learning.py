"""A learner finds a course, studies a lesson and sees the hours: by keyboard at 320 px, and without scripts."""

from __future__ import annotations

import re
from typing import Any

from browsing import until
from journeys.conftest import Demonstration
from journeys.keyboard import Keyboard

COURSE = "老年人饮水照护入门"
LESSON = "准备一杯温水"
NARROW = {"width": 320, "height": 640}
PLAYING = "document.querySelector('video[data-main]')"
COUNTED = "document.querySelector('[data-counted]')"


def fits(page: Any) -> None:
    """Nothing is wider than the window (WCAG 2.2, 1.4.10)."""
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url


def test_find_study_and_see_the_hours_by_keyboard_on_a_narrow_screen(page: Any, demonstration: Demonstration) -> None:
    page.set_viewport_size(NARROW)
    demonstration.sign_in(page, "learner")
    keys = Keyboard(page)
    page.goto("/")
    keys.press("看课", "a")
    fits(page)
    keys.write("找课", "温水")
    keys.press("查找", "button")
    fits(page)
    assert COURSE in page.locator("main").inner_text()
    keys.press(COURSE, "a")
    fits(page)
    assert "虚构" in page.locator("main").inner_text(), "the supplier's name"
    keys.press(LESSON, "a")
    fits(page)
    keys.reach("播放", "button")
    page.keyboard.press("Enter")
    until(page, f"{PLAYING}.currentTime > 5", timeout=60_000)
    assert page.evaluate(f"{PLAYING}.textTracks[0].mode") == "showing"
    # One mark of the transcript follows what is said.
    assert page.locator(".player [aria-current]").count() == 1
    page.keyboard.press("Enter")
    until(page, f"{PLAYING}.paused")
    until(page, "document.querySelector('[data-progress] progress').value > 0", timeout=60_000)
    keys.press("我的全部学时", "a")
    fits(page)
    assert page.locator("h1").inner_text() == "我的学习"
    keys.press(COURSE, "a")
    fits(page)
    row = page.locator(".lesson-rows li", has_text=LESSON).first
    assert re.search(r"学了一部分|学完了", row.inner_text())
    keys.press("结业证书", "a")
    fits(page)
    assert page.locator("main h2").first.inner_text() == "条件"


def test_without_scripts(chromium: Any, demonstration: Demonstration) -> None:
    context = chromium.new_context(
        base_url=demonstration.origin, viewport=NARROW, locale="zh-CN", java_script_enabled=False
    )
    try:
        page = context.new_page()
        demonstration.sign_in(page, "learner")
        page.goto("/courses/?words=职业守则")
        page.get_by_role("link", name=COURSE).first.click()
        page.locator("main").get_by_role("link", name="尊重老人与职业守则").first.click()
        assert page.locator("video[controls] track[kind=captions]").count() == 1
        transcript = page.locator("main").inner_text()
        assert "老人" in transcript
        page.get_by_role("button", name="我学完了").click()
        assert page.locator("[data-done]").inner_text().strip() == "学完了"
        page.get_by_role("link", name="我的全部学时").click()
        page.get_by_role("link", name=COURSE).first.click()
        assert "学完了" in page.locator(".lesson-rows li", has_text="尊重老人与职业守则").first.inner_text()
    finally:
        context.close()
