"""The player in a real browser: by keyboard, by transcript, without script, in step with the signer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from player.conftest import lesson, page_of


@pytest.fixture
def page(browser: Any, site: tuple[str, Path]) -> Iterator[Any]:
    """A page with the player, loaded and ready to play."""
    address, folder = site
    (folder / "page.html").write_text(page_of(lesson()), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(f"{address}/page.html")
    page.wait_for_function("document.querySelector('video[data-main]').readyState >= 2")
    yield page
    assert page.errors == []
    context.close()


def video(page: Any, what: str) -> Any:
    return page.evaluate(f"document.querySelector('video[data-main]').{what}")


def names(page: Any) -> list[str]:
    return page.eval_on_selector_all(
        ".player-controls .player-button:not([hidden])", "all => all.map(one => one.textContent)"
    )


def named(page: Any, place: int, name: str) -> None:
    """Wait until a button bears this name: the browser tells of a change of sound or play in an event, a moment later."""
    page.wait_for_function(
        "([place, name]) => document.querySelectorAll('.player-button')[place].textContent === name", arg=[place, name]
    )


def test_every_control_has_a_name(page: Any) -> None:
    assert names(page) == [
        "播放",
        "后退 10 秒",
        "前进 10 秒",
        "静音",
        "关闭字幕",
        "隐藏手语",
        "放大手语",
        "打开口述",
        "全屏",
        "快捷键",
    ]
    labels = page.eval_on_selector_all(
        ".player-controls input, .player-controls select", "all => all.map(one => one.ariaLabel)"
    )
    assert labels == ["播放位置", "速度", "音量"]
    assert video(page, "controls") is False


def test_keys_do_what_they_say(page: Any) -> None:
    page.focus("[data-do=play]")
    page.keyboard.press("l")
    assert video(page, "currentTime") == 10
    page.keyboard.press("j")
    assert video(page, "currentTime") == 0
    page.keyboard.press("m")
    named(page, 3, "取消静音")
    assert video(page, "muted") is True
    page.keyboard.press(">")
    assert video(page, "playbackRate") == 1.25
    page.keyboard.press("c")
    assert (video(page, "textTracks[0].mode"), names(page)[4]) == ("hidden", "打开字幕")
    page.keyboard.press("k")
    named(page, 0, "暂停")
    # Held for a moment while the signer, who was sent elsewhere just now, is not there yet.
    page.wait_for_function("!document.querySelector('video[data-main]').paused")


def test_a_line_of_the_transcript_seeks_and_is_marked_as_it_is_said(page: Any) -> None:
    page.click("text=扶老人坐稳")
    page.wait_for_function("document.querySelector('video[data-main]').currentTime >= 10.2")
    page.evaluate("document.querySelector('video[data-main]').pause()")
    assert page.eval_on_selector_all("[aria-current]", "all => all.map(one => one.dataset.start)") == ["10.000"]
    page.evaluate("document.querySelector('video[data-main]').currentTime = 9")
    page.wait_for_function("!document.querySelector('[aria-current]')")


def test_a_finding_elsewhere_in_the_page_seeks(page: Any) -> None:
    page.click("text=00:04 电流声")
    page.wait_for_function("document.querySelector('video[data-main]').currentTime >= 4.5")
    assert page.evaluate("document.activeElement.dataset.do") == "play"


def test_an_address_with_a_time_begins_there(page: Any) -> None:
    page.evaluate("location.hash = '#t=12'")
    page.wait_for_function("document.querySelector('video[data-main]').currentTime === 12")


def test_choices_are_remembered(page: Any) -> None:
    page.focus("[data-do=play]")
    page.keyboard.press("c")
    page.keyboard.press("d")
    page.keyboard.press(">")
    page.reload()
    page.wait_for_function("document.querySelector('video[data-main]').readyState >= 2")
    assert (video(page, "playbackRate"), video(page, "textTracks[0].mode"), names(page)[7]) == (
        1.25,
        "hidden",
        "关闭口述",
    )


def test_the_signer_can_be_hidden_and_enlarged(page: Any) -> None:
    page.focus("[data-do=play]")
    small = page.locator("video[data-sign]").bounding_box()["width"]
    page.click("text=放大手语")
    assert page.locator("video[data-sign]").bounding_box()["width"] > 1.5 * small
    page.keyboard.press("s")
    assert (page.is_hidden("video[data-sign]"), page.is_hidden("[data-do=signSize]")) == (True, True)


def test_a_description_is_said(page: Any) -> None:
    page.focus("[data-do=play]")
    page.keyboard.press("d")
    page.evaluate("document.querySelector('video[data-main]').currentTime = 4.8")
    page.keyboard.press("k")
    page.wait_for_function("document.querySelector('.player-described').textContent")
    assert page.text_content(".player-described") == "口述：老师卷起袖口。"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_overflows(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.eval_on_selector_all(
        ".player button:not([hidden]), .player select, .player input",
        "all => all.map(one => one.getBoundingClientRect().height)",
    )
    assert min(sizes) >= 44


def test_without_script_the_browser_s_own_controls_stay(browser: Any, site: tuple[str, Path]) -> None:
    address, folder = site
    (folder / "plain.html").write_text(page_of(lesson()), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/plain.html")
    assert page.get_attribute("video[data-main]", "controls") == ""
    assert page.locator(".player-cue").all_text_contents() == [
        "00:00喂水前先洗手。",
        "00:04把水滴在手腕内侧试温。",
        "00:10扶老人坐稳，小口慢喂。",
    ]
    context.close()


def test_a_film_that_cannot_be_played_says_so(browser: Any, site: tuple[str, Path]) -> None:
    address, folder = site
    (folder / "broken.html").write_text(
        page_of(lesson(sources=(("missing.mp4", "video/mp4"),), sign="")), encoding="utf-8"
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/broken.html")
    page.wait_for_function("document.querySelector('.player-status').textContent")
    assert page.text_content(".player-status") == "视频放不出来。请刷新页面，或下载后观看。"
    context.close()


def test_titles_are_never_markup() -> None:
    shown = page_of(lesson(title='"><script>alert(1)</script>'))
    assert "<script>alert" not in shown
