"""A full examination: 1 000 learners who each send one answer every fifteen seconds for five minutes, on loopback alone.

Everything is real: `ketang serve` on a fresh instance, accounts that are signed in, a paper of fifty questions with a time limit
(which costs more than one without), HTTP over sockets that are kept open, with cookies and CSRF token as `exam.js` sends them. The
exams are begun beforehand, by the product's own action; learners send their first answer one after the other over the first fifteen
seconds. Afterwards every learner must have exactly what they sent, once, in its order, and handing all of it in gives the marks of it.

    python benchmarks/exams.py [--columns small,large] [--learners 1000] [--seconds 300]

Goal: no error, 99 of a hundred answers acknowledged within 500 ms, nothing lost and nothing stored twice.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests"), str(ROOT / "src")]

from load.instance import Instance, family, instances, served  # noqa: E402  the path is set just above

EVERY, GOAL_MS, SLOW_MS, TOKEN = 15, 500, 200, "a" * 32
_FILL = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.test import Client
from exam_rows import course_with_papers
from ketang.classroom.exams import sitting
from ketang.classroom.exams.models import Paper
from ketang.people.account.models import Account
course = course_with_papers()
paper = course.current.papers.get(number=2)
Paper.objects.filter(pk=paper.pk).update(limit_seconds=36_000)
paper.refresh_from_db()
letters = {place.order: place.question.letters for place in paper.places.select_related("question")}
made = []
for number in range(int(sys.argv[1])):
    account = Account.objects.create(login=f"example-{number}", name=f"示例学员{number}", password="!")
    client = Client()
    client.force_login(account)
    begun = sitting.begin(account=account, paper=paper, one_at_a_time=True)
    made.append([client.cookies[settings.SESSION_COOKIE_NAME].value, str(begun.uuid)])
print(json.dumps([settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, letters, made]))
"""
_STORED = """
import json
import django
django.setup()
from ketang.classroom.exams.models import Attempt, Entry
found = {str(one): [] for one in Attempt.objects.values_list("uuid", flat=True)}
for of, number, device, n, order, chosen, stands in Entry.objects.order_by("attempt", "number").values_list(
    "attempt__uuid", "number", "device", "n", "place__order", "chosen", "stands"
):
    found[str(of)].append([number, str(device), n, order, chosen, stands])
print(json.dumps(found))
"""


@dataclass(slots=True)
class Told:
    """What the learners saw: milliseconds of each answer, the seconds at which slow ones began, faults, and what was acknowledged by attempt."""

    times: list[float] = field(default_factory=list)
    slow: dict[int, int] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)
    faults: list[str] = field(default_factory=list)
    kept: dict[str, list[list[Any]]] = field(default_factory=dict)

    def took(self, began: float) -> None:
        """Note an answer that began then."""
        self.times.append((time.perf_counter() - began) * 1000)
        if self.times[-1] >= SLOW_MS:
            second = int(began - self.began)
            self.slow[second] = self.slow.get(second, 0) + 1


@dataclass(frozen=True, slots=True)
class Hall:
    """Where the exam is: the port, names of both cookies, letters of each question."""

    port: int
    session: str
    csrf: str
    letters: dict[int, list[str]]


class Learner:
    """One page that is open: its session, its numbers, its socket."""

    def __init__(self, hall: Hall, session: str, attempt: str, number: int, told: Told) -> None:
        self.hall, self.attempt, self.number, self.told = hall, attempt, number, told
        self.device, self.seen = str(uuid.uuid4()), 0
        self.cookie = f"{hall.session}={session}; {hall.csrf}={TOKEN}"
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def sit(self, answers: int) -> None:
        """So many answers, one every fifteen seconds, from question to question."""
        at = time.monotonic()
        kept = self.told.kept[self.attempt] = []
        for n in range(1, answers + 1):
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            at += EVERY
            order = (n - 1) % len(self.hall.letters) + 1
            letters = self.hall.letters[order]
            chosen = [letters[(self.number + n) % len(letters)]]
            began = time.perf_counter()
            answer = await self.post([[n, order, self.seen, chosen, False]])
            self.told.took(began)
            if answer.get("n") != n:
                self.told.faults.append(str(answer)[:200])
                continue
            self.seen = answer["last"]
            kept.append([n, self.device, n, order, chosen, True])

    async def post(self, lines: list[list[Any]]) -> dict[str, Any]:
        """Send; what the server answers, or words about what went wrong."""
        body = json.dumps({"device": self.device, "seen": self.seen, "lines": lines}).encode()
        head = (
            f"POST /learn/exams/{self.attempt}/answers HTTP/1.1\r\nHost: 127.0.0.1:{self.hall.port}\r\n"
            f"Content-Type: application/json\r\nX-CSRFToken: {TOKEN}\r\nCookie: {self.cookie}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            return await asyncio.wait_for(self._ask(head.encode() + body), 30)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as wrong:
            self.line = None
            return {"wrong": repr(wrong)}

    async def _ask(self, request: bytes) -> dict[str, Any]:
        if self.line is None:
            self.line = await asyncio.open_connection("127.0.0.1", self.hall.port)
        reader, writer = self.line
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        body = await reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
        if " 200 " not in head.split("\r\n")[0]:
            raise ValueError(head.split("\r\n")[0])
        found: dict[str, Any] = json.loads(body)
        return found


async def examination(hall: Hall, made: list[list[str]], seconds: int) -> Told:
    """All of them, from the first to the last."""
    told = Told()

    async def begin(number: int, session: str, attempt: str) -> None:
        await asyncio.sleep(number * EVERY / len(made))
        await Learner(hall, session, attempt, number, told).sit(seconds // EVERY)

    await asyncio.gather(*(begin(number, *one) for number, one in enumerate(made)))
    return told


def cpu_s(process: psutil.Process) -> float:
    """CPU seconds of a process and everything below it."""
    return sum(sum(one.cpu_times()[:2]) for one in family(process))


def measured(made: Instance, learners: int, seconds: int) -> list[str]:
    """Run an examination on an instance, print its figures; what missed the goal."""
    session, csrf, letters, sitting = made.told("-c", _FILL, str(learners))
    hall = Hall(made.port, session, csrf, {int(order): of for order, of in letters.items()})
    with served(made) as site:
        web = site.part("web")
        before, began = cpu_s(web), time.monotonic()
        told = asyncio.run(examination(hall, sitting, seconds))
        spent, gone = cpu_s(web) - before, time.monotonic() - began
    stored = made.told("-c", _STORED)
    times = sorted(told.times)
    at = {
        name: times[min(len(times) - 1, int(len(times) * share))]
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    }
    print(
        f"  {len(times)} answers in {gone:.0f} s · p50 {at['p50']:.0f} ms · p95 {at['p95']:.0f} ms · p99 {at['p99']:.0f} ms · "
        f"longest {times[-1]:.0f} ms · {spent * 1000 / len(times):.1f} ms CPU an answer · {len(told.faults)} faults"
    )
    if told.slow:
        print(
            f"  above {SLOW_MS} ms: " + ", ".join(f"{many} at {second} s" for second, many in sorted(told.slow.items()))
        )
    missed = [f"a fault: {fault}" for fault in told.faults[:3]]
    if at["p99"] >= GOAL_MS:
        missed.append(f"p99 {at['p99']:.0f} ms")
    if len(times) != learners * (seconds // EVERY):
        missed.append(f"{len(times)} answers instead of {learners * (seconds // EVERY)}")
    wrong = {of: (stored.get(of), kept) for of, kept in told.kept.items() if stored.get(of) != kept}
    if wrong or len(told.kept) != learners:
        missed.append(f"{len(wrong)} learners do not have what they sent: {dict(list(wrong.items())[:2])}")
    else:
        print(f"  every one of {learners} learners has exactly what they sent, once, in its order")
    return missed


def main() -> int:
    """Print the figures of each column; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--columns", default="small,large")
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=300)
    asked = parser.parse_args()
    missed = []
    for column in asked.columns.split(","):
        with tempfile.TemporaryDirectory() as folder, instances(column, Path(folder)) as fresh:
            print(
                f"{column} column; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True
            )
            missed += [f"{column}: {one}" for one in measured(fresh("exams"), asked.learners, asked.seconds)]
    print("all goals reached" if not missed else f"missed: {'; '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
