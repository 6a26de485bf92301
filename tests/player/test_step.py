"""The signer in step with the film: numbers burnt into the pictures, read in screenshots."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from player.conftest import Ranges, lesson, page_of
from player.counted import RATE, counted_film, read_number, shown

LEAST = 0.1
"""Seconds: the design's limit."""


class Stalling(Ranges):
    """Serves the sign film slowly while `until` is ahead, as a bad line does."""

    until = 0.0

    def do_GET(self) -> None:  # noqa: N802 - the name that the standard library calls
        while "counted-sign" in self.path and time.monotonic() < Stalling.until:
            time.sleep(0.05)
        super().do_GET()


@pytest.fixture(scope="module")
def stepping(browser: Any, site: tuple[str, Path]) -> Iterator[Any]:
    """A page with two counted films of 30 seconds, playing."""
    _address, folder = site
    counted_film(folder / "counted.mp4", 30, sound=True)
    counted_film(folder / "counted-sign.mp4", 30, sound=False)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Stalling, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shown = lesson(sources=(("counted.mp4", "video/mp4"),), sign="counted-sign.mp4", captions=(), descriptions=())
    (folder / "counted.html").write_text(page_of(shown), encoding="utf-8")
    context = browser.new_context(viewport={"width": 800, "height": 400})
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/counted.html")
    page.wait_for_function("document.querySelector('video[data-main]').readyState >= 3")
    yield page
    context.close()
    server.shutdown()
    server.server_close()


def measured(page: Any, times: int = 8) -> list[float]:
    """How far the signer is ahead, in seconds of the film, in so many screenshots of a film that moves."""
    found = []
    for _ in range(times):
        main, sign = shown(page)
        found.append((sign - main) / RATE)
        page.wait_for_timeout(150)
    return found


def settle(page: Any, at: float) -> None:
    """Until the film has moved on from a place: what is told of a seek or stall begins here."""
    page.wait_for_function(
        "at => { const main = document.querySelector('video[data-main]'); return !main.paused && main.currentTime > at + 0.3; }",
        arg=at,
    )


def test_the_numbers_can_be_read(tmp_path: Path) -> None:
    import av

    with av.open(str(counted_film(tmp_path / "film.mp4", 2, sound=False))) as film:
        assert [read_number(frame.to_image()) for frame in film.decode(video=0)] == list(range(50))


@pytest.mark.parametrize("rate", [0.75, 1, 1.5, 2])
def test_in_step_at_every_speed_and_after_a_seek(stepping: Any, rate: float) -> None:
    page = stepping
    page.select_option(".player-speed", str(rate))
    page.evaluate("document.querySelector('video[data-main]').currentTime = 3")
    page.evaluate(
        "() => { const play = document.querySelector('[data-do=play]'); if (play.textContent === '播放') play.click(); }"
    )
    settle(page, 3)
    played = measured(page)
    page.evaluate("document.querySelector('video[data-main]').currentTime = 17")
    settle(page, 17)
    sought = measured(page)
    told = {"played": played, "sought": sought}
    print(rate, told)
    assert [ahead for ahead in (*played, *sought) if abs(ahead) > LEAST * max(1, rate)] == [], told


def test_in_step_after_a_stall(stepping: Any) -> None:
    page = stepping
    page.select_option(".player-speed", "1")
    page.evaluate("document.querySelector('video[data-main]').currentTime = 2")
    settle(page, 2)
    # The signer's line breaks: what it has is taken away and asked for anew, and comes late.
    Stalling.until = time.monotonic() + 1.5
    page.evaluate(
        "() => { const sign = document.querySelector('video[data-sign]'); const src = sign.src; sign.src = src.split('?')[0] + '?' + Math.random(); }"
    )
    page.wait_for_timeout(1600)
    at = page.evaluate("document.querySelector('video[data-main]').currentTime")
    settle(page, at)
    found = measured(page)
    print("stall", found)
    assert [ahead for ahead in found if abs(ahead) > LEAST] == [], found


def test_paused_both_show_the_same_picture(stepping: Any) -> None:
    page = stepping
    if page.text_content("[data-do=play]") == "暂停":
        page.click("[data-do=play]")
    page.evaluate("document.querySelector('video[data-main]').currentTime = 9.5")
    page.wait_for_function("[...document.querySelectorAll('video')].every(one => !one.seeking && one.paused)")
    page.wait_for_timeout(300)
    main, sign = shown(page)
    assert (main, abs(main - sign) <= 1) == (237, True)


def test_the_measurement_sees_a_signer_that_is_left_behind(stepping: Any) -> None:
    """The test of the test: without its script, a signer three pictures late is seen."""
    page = stepping
    page.evaluate(
        "() => { const [main, sign] = document.querySelectorAll('video'); main.pause(); sign.pause(); document.querySelector('[data-do=sign]').click(); sign.hidden = false; main.currentTime = 9.5; sign.currentTime = 9.38; }"
    )
    page.wait_for_function("[...document.querySelectorAll('video')].every(one => !one.seeking)")
    page.wait_for_timeout(300)
    main, sign = shown(page)
    assert main - sign == 3
