"""The page's own script in Debian's Chromium, which is killed, reloaded, cut off and opened twice: what counts is what was played."""

from __future__ import annotations

import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_django.live_server_helper
from django.conf import settings
from django.test import Client

from browsing import CHROMIUM, FLAGS, playwright_here, until
from ketang.classroom.catalogue.models import Course
from ketang.classroom.learning.intervals import measure, union
from ketang.classroom.learning.models import Progress
from ketang.people.account.actions import open_by_command
from ketang.platform.storage.actions import put_bytes
from ketang_servers import free_port
from learning_rows import published_course
from making import make_clip

pytestmark = pytest.mark.django_db(transaction=True)
WITHIN_MS = 5000
VIDEO = "document.querySelector('video[data-main]')"
NOW = f"Math.round({VIDEO}.currentTime * 1000)"


class Device:
    """A Chromium with a profile of its own, whose process may be killed."""

    def __init__(self, playwright: Any, folder: Path, cookie: dict[str, Any] | None) -> None:
        self.playwright, self.folder, self.cookie = playwright, folder, cookie
        self.start()

    def start(self) -> None:
        port = free_port()
        # Sound must be allowed to begin by itself: nobody clicks.
        self.process = subprocess.Popen(
            [CHROMIUM, "--headless=new", *FLAGS, f"--remote-debugging-port={port}", f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _again in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/json/version").close()
                break
            except OSError:
                time.sleep(0.1)
        self.browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        self.context = self.browser.contexts[0]
        if self.cookie:
            self.context.add_cookies([self.cookie])

    def open(self, address: str) -> Any:
        page = self.context.new_page()
        page.goto(address)
        until(page, f"{VIDEO}.readyState >= 2")
        return page

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def device(folder: Path, cookie: dict[str, Any] | None) -> Iterator[Device]:
    with playwright_here() as playwright:
        made = Device(playwright, folder, cookie)
        yield made
        made.kill()


def film(seconds: int, tmp_path: Path) -> Course:
    stored = put_bytes(make_clip(tmp_path / "film.mp4", seconds).read_bytes())
    told = {
        "kind": "video",
        "title": "试水温",
        "media": stored,
        "content_type": "video/mp4",
        "seconds": seconds,
        "counts_ms": seconds * 1000,
    }
    return published_course(lessons=(told, {**told, "title": "协助饮水"}))


def cookie_of(client: Client, origin: str) -> dict[str, Any]:
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": origin,
    }


def play(page: Any, start: float, seconds: float, rate: float = 1) -> tuple[int, int]:
    """Play a stretch and pause; gives it in milliseconds, as the player says."""
    begun, ended = run(page, start, seconds, rate)
    page.evaluate(f"{VIDEO}.pause()")
    return begun, max(ended, page.evaluate(NOW))


def run(page: Any, start: float, seconds: float, rate: float = 1) -> tuple[int, int]:
    """Play a stretch, and go on playing."""
    page.evaluate(f"{VIDEO}.currentTime = {start}, {VIDEO}.playbackRate = {rate}, {VIDEO}.play(), 0")
    until(page, f"{VIDEO}.currentTime >= {start + seconds}")
    return round(start * 1000), page.evaluate(NOW)


def settled(page: Any) -> None:
    """Wait until this browser has nothing left to send."""
    waiting = """new Promise(done => { const asked = indexedDB.open('ketang-progress', 1);
        asked.onsuccess = () => { const count = asked.result.transaction('entries').objectStore('entries').count();
        count.onsuccess = () => { asked.result.close(); done(count.result); }; }; })"""
    for _again in range(300):
        if page.evaluate(waiting) == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("something is still waiting to be sent")


def counted(course: Course) -> dict[int, int]:
    found = {lesson.thread: lesson.order for lesson in course.lessons}
    return {found[row.thread]: row.counted_ms for row in Progress.objects.all()}


def test_a_session_with_everything(live_server: pytest_django.live_server_helper.LiveServer, tmp_path: Path) -> None:
    learner = open_by_command(login="learner", name="示例学员").account
    course, client = film(60, tmp_path), Client()
    client.force_login(learner)
    truth: list[tuple[int, int]] = []
    first, second = (f"{live_server.url}/courses/{course.uuid}/{order}/" for order in (1, 2))
    with device(tmp_path / "profile", cookie_of(client, live_server.url)) as here:
        page = here.open(first)
        truth += [play(page, 0, 3), play(page, 10, 2, rate=2)]  # a seek between, and twice the speed
        truth.append(run(page, 20, 3))
        page.reload()  # while it plays
        until(page, f"{VIDEO}.readyState >= 2")
        run(page, 30, 0.2)
        until(page, f"{VIDEO}.buffered.length && {VIDEO}.buffered.end({VIDEO}.buffered.length - 1) > 34")
        here.context.set_offline(True)
        until(page, f"{VIDEO}.currentTime >= 33")
        page.evaluate(f"{VIDEO}.pause()")
        truth.append((30_000, page.evaluate(NOW)))
        here.context.set_offline(False)
        truth.append(run(page, 36, 2.5))
        here.kill()
        here.start()
        page = here.open(first)
        truth.append(play(page, 1, 2))  # once more
        other = here.open(second)
        run(page, 45, 1)
        begun = run(other, 0, 2)
        assert page.evaluate(f"{VIDEO}.paused")  # one person hears one player
        truth.append((45_000, page.evaluate(NOW)))
        other.evaluate(f"{VIDEO}.pause()")
        watched = (begun[0], other.evaluate(NOW))
        settled(page)
    found = counted(course)
    assert abs(found[1] - measure(union(truth))) < WITHIN_MS
    assert abs(found[2] - measure(union([watched]))) < WITHIN_MS
    print("difference", found[1] - measure(union(truth)), found[2] - measure(union([watched])))


def test_what_a_visitor_watched_is_offered_after_sign_in(
    live_server: pytest_django.live_server_helper.LiveServer, tmp_path: Path
) -> None:
    learner = open_by_command(login="learner", name="示例学员").account
    course, client = film(60, tmp_path), Client()
    client.force_login(learner)
    with device(tmp_path / "profile", None) as here:
        page = here.open(f"{live_server.url}/courses/{course.uuid}/1/")
        played = play(page, 0, 21, rate=2)
        here.context.add_cookies([cookie_of(client, live_server.url)])
        page.goto(f"{live_server.url}/learn/")
        page.click("[data-take]")
        until(page, "document.querySelector('.panel [data-choices]').hidden")
        settled(page)
    assert abs(counted(course)[1] - measure(union([played]))) < 1500
