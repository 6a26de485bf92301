"""The web server killed while many sit: no acknowledged answer lost, none doubled, the time that counts right to a second. On both columns."""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from exam_rows import course_with_papers
from ketang.classroom.exams.marks import worked_out
from ketang.classroom.exams.models import Attempt, Entry, Marking
from ketang.classroom.exams.queries import asked_in, open_papers
from ketang.people.account.actions import open_by_command
from ketang.platform.audit.queries import Whole, verify
from ketang_columns import Column, kill, until
from ketang_servers import free_port

TOKEN = "a" * 32
LIMIT_MINUTES = 600
"""So long that no exam ends by itself, and every one is timed."""


@dataclass
class Sitter:
    """A browser that sits an exam: it sends what it has until it is acknowledged, as `exam.js` does, and remembers what was."""

    port: int
    session: str
    paper: str
    choices: dict[int, list[str]]
    chance: random.Random
    acked: list[tuple[str, int, int, tuple[str, ...]]] = field(default_factory=list)
    moments: dict[str, tuple[float, float]] = field(default_factory=dict)
    attempt: str = ""
    wrong: BaseException | None = None

    def ask(self, method: str, path: str, body: str, kind: str) -> tuple[int, str, bytes]:
        """One request, tried until there is an answer. Gives status, where it leads, and the body."""
        while True:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                line.request(method, path, body, {
                    "Content-Type": kind, "X-CSRFToken": TOKEN,
                    "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
                })  # fmt: skip
                answer = line.getresponse()
                with answer:
                    found = answer.status, answer.headers.get("Location", ""), answer.read()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            finally:
                line.close()
            if found[0] >= 500:
                raise AssertionError(found)
            return found

    def timed(self, name: str, path: str, told: str) -> str:
        """A form whose moment is kept: between when it was first sent and when it was answered."""
        begun = time.time()
        status, to, _body = self.ask("POST", path, told, "application/x-www-form-urlencoded")
        assert status == 302, (status, path)
        self.moments[name] = begun, time.time()
        return to

    def sit(self, going: threading.Event) -> None:
        """Begin, answer until the kills are over, pause once in between, hand in."""
        try:
            self.attempt = self.timed("begin", f"/learn/papers/{self.paper}", "shown=one").rsplit("/", 1)[1]
            device, n, seen = str(uuid.UUID(int=self.chance.getrandbits(128))), 0, 0
            waiting: list[list[Any]] = []
            paused = False
            while going.is_set():
                order = self.chance.choice(list(self.choices))
                n += 1
                waiting.append(
                    [n, order, seen, sorted(self.chance.sample(self.choices[order], 1)), self.chance.random() < 0.2]
                )
                if self.chance.random() < 0.7:
                    seen = self._send(device, waiting, seen)
                if not paused and n > 5 and self.chance.random() < 0.1:
                    paused = True
                    seen = self._send(device, waiting, seen)
                    self.timed("pause", f"/learn/exams/{self.attempt}/pause", "paused=yes")
                    time.sleep(0.5)
                    self.timed("resume", f"/learn/exams/{self.attempt}/pause", "paused=no")
                if self.chance.random() < 0.1:  # the page is left, and opened anew
                    seen = self._send(device, waiting, seen)  # it shows what is stored by now
                    device, n = str(uuid.UUID(int=self.chance.getrandbits(128))), 0
                time.sleep(self.chance.uniform(0, 0.2))
            self._send(device, waiting, seen)
            self.timed("submit", f"/learn/exams/{self.attempt}/review", "")
        except BaseException as wrong:  # noqa: BLE001 - told by the test itself
            self.wrong = wrong

    def _send(self, device: str, waiting: list[list[Any]], seen: int) -> int:
        """Send what waits; gives the newest number of the log that is known."""
        if not waiting:
            return seen
        told = json.dumps({"device": device, "seen": seen, "lines": waiting})
        status, _to, body = self.ask("POST", f"/learn/exams/{self.attempt}/answers", told, "application/json")
        assert status == 200, (status, body)
        kept = json.loads(body)
        for n, order, _base, chosen, _flagged in [line for line in waiting if line[0] <= kept["n"]]:
            self.acked.append((device, n, order, tuple(chosen)))
        waiting[:] = [line for line in waiting if line[0] > kept["n"]]
        return int(kept["last"])


def key_of(column: Column) -> str:
    """The instance's own key: sessions that are made here must be good there."""
    text = "import ketang_trial_settings as s; print(s.SECRET_KEY)"
    return subprocess.run(
        [sys.executable, "-c", text], env=dict(column.environment), cwd=column.home, check=True, capture_output=True, text=True
    ).stdout.strip()  # fmt: skip


def sitters(count: int, port: int, seed: int) -> list[Sitter]:
    """So many learners before one timed paper."""
    course = course_with_papers(minutes=Decimal(LIMIT_MINUTES))
    paper, made = open_papers(course)[0], []
    for number in range(count):
        client = Client()
        client.force_login(open_by_command(login=f"l{number}", name=str(number)).account)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        choices = {1: list("ABCD"), 2: list("ABCD"), 3: ["对", "错"]}
        made.append(Sitter(port, session, str(paper.uuid), choices, random.Random(f"{seed}/{number}")))
    return made


def walk(column: Column, *, exams: int, kills: int, seed: int) -> None:
    chance, port = random.Random(seed), free_port()
    with override_settings(SECRET_KEY=key_of(column)):
        everybody = sitters(exams, port, seed)
    going = threading.Event()
    going.set()
    threads = [threading.Thread(target=one.sit, args=(going,)) for one in everybody]
    for thread in threads:
        thread.start()
    for _ in range(kills):
        web = column.start("web", "--port", str(port))
        before = Entry.objects.count()
        try:
            until(lambda: Entry.objects.count() > before, column.log)  # noqa: B023 - asked at once
            time.sleep(chance.uniform(0, 0.4))
            assert [one.wrong for one in everybody if one.wrong] == []
        finally:
            kill(web)
    web = column.start("web", "--port", str(port))
    try:
        going.clear()
        for thread in threads:
            thread.join(300)
    finally:
        kill(web)
    assert [one.wrong for one in everybody if one.wrong] == []
    for one in everybody:
        assert_whole(one)
    assert (Attempt.objects.count(), isinstance(verify(), Whole)) == (exams, True)


def assert_whole(one: Sitter) -> None:
    """What was acknowledged is stored once, in its order; what counts is what was chosen last; the time is the server's rows', within what was seen from outside."""
    attempt = Attempt.objects.select_related("paper").get(uuid=one.attempt)
    log = list(attempt.entries.select_related("place").order_by("number"))
    stored = Counter((str(entry.device), entry.n, entry.place.order, tuple(entry.chosen)) for entry in log)
    assert stored == Counter(one.acked), "lost or doubled"
    assert [entry.number for entry in log] == list(range(1, attempt.last + 1))
    last = {order: chosen for _device, _n, order, chosen in one.acked}
    assert {asked.place.order: tuple(asked.chosen) for asked in asked_in(attempt) if asked.entry} == last
    assert attempt.submitted_at is not None
    assert attempt.used_ms is not None
    paused = sum((pause.end_at - pause.start_at).total_seconds() for pause in attempt.pauses.all())
    gone = (attempt.submitted_at - attempt.begun_at).total_seconds() - paused
    assert abs(attempt.used_ms / 1000 - gone) < 1
    rows = {"begin": attempt.begun_at, "submit": attempt.submitted_at}
    if "pause" in one.moments:
        pause = attempt.pauses.get(is_cut=False)
        rows |= {"pause": pause.start_at, "resume": pause.end_at}
    for name, at in rows.items():
        first, answered = one.moments[name]
        assert first - 1 < at.timestamp() < answered + 1, name
    marking = Marking.objects.get(attempt=attempt)
    assert marking.total == worked_out(attempt)[0].total


def test_few_kills(small_column: Column) -> None:
    walk(small_column, exams=5, kills=2, seed=1)


@pytest.mark.sweep
@pytest.mark.timeout(3600)
def test_a_hundred_kills_during_fifty_exams(column: Column) -> None:
    walk(column, exams=50, kills=100, seed=2)
