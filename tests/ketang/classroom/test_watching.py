"""A visitor watches in Debian's Chromium: captions stand, the transcript follows, the supplier's name is beneath."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import pytest_django.live_server_helper

from browsing import launched, until
from ketang.classroom.catalogue.actions import publish
from ketang.people.account.models import Account
from ketang.selection.awarding.models import Decision

VIDEO = "document.querySelector('video[data-main]')"


@pytest.mark.django_db(transaction=True)
def test_a_visitor_watches_a_lesson(
    selected: Decision,
    administrator: Account,
    prepare: Callable[[], None],
    live_server: pytest_django.live_server_helper.LiveServer,
) -> None:
    publish(actor=administrator, decision=selected)
    prepare()
    faults: list[str] = []
    # No query from here on: playwright's loop runs in this thread, where Django then allows none.
    with launched() as browser:
        page = browser.new_page(locale="zh-CN", viewport={"width": 1280, "height": 900})
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("response", lambda got: faults.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(live_server.url)
        page.click("nav >> text=看课")
        page.click("main .panel a >> text=老年人饮水照护入门")
        page.click("main ol a >> text=职业守则")
        page.wait_for_selector("video[data-main]")
        assert page.is_visible("text=提供：示例培训学校")
        until(page, f"{VIDEO}.readyState >= 2")
        page.focus("[data-do=play]")
        page.keyboard.press("Enter")
        marked = "[...document.querySelectorAll('[data-transcript] [aria-current]')].map(one => one.innerText)"
        until(page, f"{marked}.length === 1")
        page.evaluate(f"{VIDEO}.pause()")
        assert [line.split()[-1] for line in page.evaluate(marked)] == ["尊重老人"]
        assert page.evaluate(f"{VIDEO}.textTracks[0].mode") == "showing"
        assert page.evaluate(f"[...{VIDEO}.textTracks[0].activeCues].map(cue => cue.text)") == ["尊重老人"]
        page.click("[data-transcript] >> text=讲话和画面")
        until(page, f"{VIDEO}.currentTime >= 4 && {VIDEO}.currentTime < 6.5")
        page.evaluate(f"{VIDEO}.pause()")
        with page.expect_response("**/display") as told:
            page.click("[data-do=captions]")
        assert told.value.status == 204
        page.click("main nav >> text=下一课")
        page.wait_for_selector("h1 >> text=试水温")
        # What was chosen in one lesson holds in the next, before any script runs.
        assert page.get_attribute("[data-player]", "data-captions") == "off"
        assert page.evaluate(f"{VIDEO}.textTracks[0].mode") == "hidden"
    assert sorted(set(faults)) == []
