"""The first minutes of a newcomer, line by line as they were designed, walked against the demonstration itself."""

from __future__ import annotations

import re
import subprocess
import time
from typing import Any

import pytest

from browsing import until
from journeys.conftest import PREPARING, ROOT, Demonstration

ROLES = ["administrator", "centre", "clerk", "expert", "finance", "learner", "recommender", "supplier"]
SUPPLIER = "天津市晴禾职业培训学校（虚构）"
COURSE = "老年人饮水照护入门"
PLAYING = "document.querySelector('video[data-main]')"
MEASURED = 240_000
"""Milliseconds for a film to be measured on a machine that does much else."""


def test_make_run_prepares_what_is_walked_here(demonstration: Demonstration) -> None:
    """Lines 2 and 3: the recipe's commands are those of these journeys, and they leave a login for each role."""
    said = subprocess.run(["make", "-n", "run"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    done = re.findall(r"(?:-m (kebao\.demo)|bin/(ketang)) (.+)$", said, re.MULTILINE)
    commands = [(library or product, *arguments.split()) for library, product, arguments in done]
    assert commands == [*PREPARING, ("ketang", "serve")]
    assert sorted(demonstration.passwords) == ROLES


def test_a_learner_finds_papers_for_the_exam_and_one_for_practice(demonstration: Demonstration) -> None:
    asked = (
        "from ketang.classroom.exams.models import Paper; "
        "print(list(Paper.objects.filter(number__lte=3).order_by('number').values_list('is_open', 'is_practice')))"
    )
    said = demonstration.ketang("django", "shell", "--no-imports", "-c", asked)
    assert said.splitlines()[-1] == "[(True, False), (True, False), (False, True)]"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_first_page_says_what_this_is(page: Any, width: int) -> None:
    """Line 4: three doors, and a lesson with its supplier and what it brings."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/")
    assert page.locator("h1").text_content() == "人人学得会的职业技能课"
    assert page.locator(".door h2").all_text_contents() == ["看课", "交课", "查结果"]
    shown = page.locator(".shown-lesson")
    assert SUPPLIER in shown.text_content()
    assert [badge.strip() for badge in shown.locator(".badges .govuk-tag").all_text_contents()] == [
        "字幕",
        "口述",
        "文字稿",
    ]
    assert shown.locator("img").evaluate("image => image.complete && image.naturalWidth > 0")
    assert "单位、人物、编号都是虚构的" in page.locator(".made-up").text_content()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_click_plays_the_lesson(page: Any) -> None:
    """Line 5: captions on, the transcript moves, every control has a name."""
    page.goto("/")
    page.get_by_role("button", name="播放这一课").click()
    until(page, f"{PLAYING} && {PLAYING}.currentTime > 1")
    assert page.evaluate(f"{PLAYING}.textTracks[0].mode") == "showing"
    said = page.locator("[aria-current=true], .player-cue[aria-current]").first
    said.wait_for()
    before = said.text_content()
    until(
        page,
        "before => { const now = document.querySelector('.player [aria-current]'); return now && now.textContent !== before }",
        arg=before,
    )
    unnamed = page.eval_on_selector_all(
        ".player button, .player input, .player select",
        "all => all.filter(one => one.type !== 'hidden' && !(one.textContent.trim() || one.ariaLabel || one.labels?.length)).length",
    )
    assert unnamed == 0
    assert SUPPLIER in page.locator("main").text_content()


def test_a_trial_tells_its_verdict_at_once_and_mending_helps(page: Any) -> None:
    """Lines 6 to 9: without an account; the verdict before the media are measured; the hum is heard; 3 → 0."""
    _started(page, "有问题的课程包")
    assert page.locator("[data-check]").count() == 1, "the verdict waited for the media"
    assert _ended(page)[:2] == ["3 必须改", "0 一般应改"]
    hum = page.locator(".finding", has_text="50 赫兹的电流声").first
    begins = hum.locator("a.seek")
    player = begins.get_attribute("data-seeks")
    begins.click()
    until(page, "id => document.querySelector(`#${id} video`).currentTime >= 59", arg=player)
    assert page.evaluate("id => document.querySelector(`#${id} video`).currentTime", player) < 75
    assert hum.locator(".figures svg").count() >= 1
    assert "Audacity" in hum.text_content()
    _started(page, "改好的课程包")
    assert _ended(page)[:2] == ["0 必须改", "0 一般应改"]


@pytest.mark.sweep
def test_a_verdict_stands_within_ten_seconds(page: Any) -> None:
    """Line 7, by the clock: in the sweep, where nothing else runs, for beside other tests it would time those, too."""
    assert _started(page, "有问题的课程包") < 10
    _ended(page)
    assert _started(page, "改好的课程包") < 10
    _ended(page)


def _started(page: Any, sample: str) -> float:
    """Click a sample, and wait for its verdict; the seconds from the click."""
    page.goto("/checks/try")
    began = time.monotonic()
    page.get_by_role("button", name=f"检查“{sample}”").click()
    page.locator(".verdict").wait_for(timeout=MEASURED)
    return time.monotonic() - began


def _ended(page: Any) -> list[str]:
    """The counts once the media are measured, too."""
    page.locator("[data-check]").wait_for(state="detached", timeout=MEASURED)
    return [" ".join(one.split()) for one in page.locator(".verdict .counts li").all_text_contents()]


def test_a_receipt_has_a_number_and_a_code_and_answers_questions(
    page: Any, demonstration: Demonstration, chromium: Any
) -> None:
    """Line 9: the supplier's receipt for the mended package; whoever holds it looks the result up without an account."""
    demonstration.sign_in(page, "supplier")
    page.goto("/supplier/")
    page.get_by_role("link", name=COURSE).first.click()
    page.get_by_role("link", name="回执 DEMO-R00002").click()
    assert page.locator("h1").text_content() == "回执"
    assert page.locator("svg.qr").is_visible()
    code = page.locator("code.digest").first.text_content()
    visitor = chromium.new_context(base_url=demonstration.origin, locale="zh-CN").new_page()
    visitor.goto("/")
    visitor.locator(".door").get_by_role("link", name="查结果").click()
    visitor.fill("[name=number]", "DEMO-R00002")
    visitor.fill("[name=code]", code)
    visitor.get_by_role("button", name="查询").click()
    visitor.get_by_role("link", name="看发布的课程").click()
    assert visitor.locator("h1").text_content() == COURSE
    visitor.context.close()


def test_the_clerk_finds_the_arrival_in_the_ledger(page: Any, demonstration: Demonstration) -> None:
    """Line 10: signed in with a code; what is invented is marked."""
    demonstration.sign_in(page, "clerk")
    page.goto("/office/")
    assert page.locator("header [data-own-words]").text_content() == "示例经办员"
    rows = [row.locator("th, td").all_text_contents() for row in page.locator("tbody tr").all()]
    # Other journeys that walked here before leave theirs, under calls of their own.
    shown = [(number, title, supplier) for number, title, supplier, *_ in rows if number.startswith("DEMO-")]
    assert shown == [("DEMO-0001", COURSE, SUPPLIER)]
    assert page.locator(".made-up").is_visible()
