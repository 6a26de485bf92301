"""On the report of a check a finding's time seeks the player of its film; without scripts the time opens the film itself."""

from __future__ import annotations

from typing import Any

import pytest

from interface.states import State

CURVES = State("seeking", "/checks/{check_curves}", role="supplier")


def opened(browser: Any, width: int) -> Any:
    page = browser.open(CURVES, width).page
    page.wait_for_function("document.querySelector('video[data-main]').readyState >= 1")
    return page


@pytest.mark.parametrize("place", ["section.medium", "li.finding"])
def test_a_time_seeks_the_player(browser: Any, place: str) -> None:
    page = opened(browser, 1280)
    link = page.locator(f"{place} a.seek").first
    wanted = float(link.get_attribute("data-time"))
    assert (2.5 < wanted < 3.5, page.evaluate("document.querySelector('video[data-main]').currentTime")) == (True, 0)
    link.press("Enter")
    page.wait_for_function("time => document.querySelector('video[data-main]').currentTime >= time", arg=wanted)
    assert page.evaluate("document.activeElement.closest('[data-player]').id") == "medium-1"
    assert page.evaluate("document.querySelector('video[data-main]').getBoundingClientRect().bottom > 0")
    assert page.url.endswith(browser.places["check_curves"])


def test_without_scripts_the_time_opens_the_film_there(browser: Any) -> None:
    page = browser.open(CURVES, 390, scripts=False).page
    link = page.locator("section.medium a.seek").first
    address, _, fragment = link.get_attribute("href").partition("#t=")
    answer = page.request.get(browser.origin + address, headers={"Range": "bytes=0-7"})
    assert (answer.status, answer.headers["content-type"], answer.body()[4:8]) == (206, "video/mp4", b"ftyp")
    assert fragment == link.evaluate("link => link.dataset.time")
