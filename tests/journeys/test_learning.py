"""A learner finds a course, studies a lesson and sees the hours: by keyboard at 320 px, by screen reader, with captions, sign language and
description on, and without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browsing import until
from journeys.conftest import ROOT, Demonstration
from journeys.keyboard import Keyboard
from listening import READER, Listener

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


def test_find_study_and_see_the_hours_by_what_a_screen_reader_says(page: Any, demonstration: Demonstration) -> None:
    script = ROOT / "build/interface/node_modules" / READER
    if not script.is_file():
        pytest.skip("no screen reader: python tools/interface_assets.py --tests")
    ears = Listener(page, script.read_text(encoding="utf-8"))
    demonstration.sign_in(page, "learner")
    page.goto("/courses/")
    field = ears.hear("找课", "textbox", "searchbox")
    ears.act()
    page.keyboard.type("温水")
    ears.press("查找", "button")
    ears.press(COURSE, "a")
    ears.hear("提供：")
    ears.press(LESSON, "a")
    # The player tells its name and what it can do; the transcript is a list whose lines are said with their times.
    ears.turn("播放")
    until(page, f"{PLAYING}.currentTime > 5", timeout=60_000)
    ears.turn("暂停")
    until(page, f"{PLAYING}.paused")
    line = page.locator(".player-transcript span").first.inner_text()
    ears.hear(line)
    ears.press("我学完了", "button")
    ears.hear("记下了：这一课学完了")
    ears.press("我的全部学时", "a")
    ears.hear("我的学时", "heading")
    ears.press(COURSE, "a")
    ears.hear("学完了")
    assert field.startswith(("textbox", "searchbox"))


SIGNED = """
from ketang.classroom.catalogue.models import Course, Lesson
lesson = Course.objects.get(title=COURSE).lessons.select_related("media").filter(title__startswith=LESSON).order_by("order")[0]
print((lesson.descriptions_id is not None, Lesson.objects.filter(pk=lesson.pk).update(sign=lesson.media, sign_type="video/mp4")))
"""
"""The lesson gets a signer: its own film, for nobody signs in the demonstration. Tells whether it has descriptions."""


def test_with_captions_sign_language_and_description_on(chromium: Any, page: Any, demonstration: Demonstration) -> None:
    said = demonstration.ketang(
        "django", "shell", "--no-imports", "-c", f"COURSE, LESSON = {COURSE!r}, {LESSON!r}\n{SIGNED}"
    )
    assert said.splitlines()[-1] == "(True, 1)"
    demonstration.sign_in(page, "learner")
    keys = Keyboard(page)
    page.goto("/display")
    for name in ("captions", "sign", "description"):
        page.check(f"[name={name}][value=on]")
    page.locator("main form button:not([type=button])").first.click()
    page.goto(f"/courses/?words={LESSON}")
    keys.press(COURSE, "a")
    keys.press(LESSON, "a")
    tracks = f"[...{PLAYING}.textTracks].map((one) => `${{one.kind}} ${{one.mode}}`)"
    assert page.evaluate(tracks) == ["captions showing", "descriptions hidden"]
    signer = page.locator("video[data-sign]")
    assert signer.is_visible()
    until(
        page, f"{PLAYING}.readyState >= 2 && document.querySelector('video[data-sign]').readyState >= 2", timeout=60_000
    )
    keys.reach("播放", "button")
    page.keyboard.press("Enter")
    # Each description is told; where it takes longer than there is room for, the film waits, and goes on by itself or when asked.
    told = page.locator(".player-described", has_text="口述：")
    told.wait_for(timeout=60_000)
    if page.locator("[data-do=goOn]").is_visible():
        keys.reach("继续播放", "button")
        page.keyboard.press("Enter")
    until(page, f"{PLAYING}.currentTime > 5", timeout=90_000)
    # The signer may be set anew at this very moment: in step within a tenth of a second, as soon as both play.
    apart = f"Math.abs({PLAYING}.currentTime - document.querySelector('video[data-sign]').currentTime)"
    until(page, f"{apart} < 0.1")
    page.evaluate(f"{PLAYING}.pause()")
    until(page, "document.querySelector('[data-progress] progress').value > 0", timeout=60_000)
    keys.press("我的全部学时", "a")
    assert COURSE in page.locator("main").inner_text()
    page.goto("/display")
    for name, value in (("captions", "on"), ("sign", "on"), ("description", "off")):
        page.check(f"[name={name}][value={value}]")
    page.locator("main form button:not([type=button])").first.click()


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
