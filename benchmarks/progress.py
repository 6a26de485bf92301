"""A full classroom: 500 learners who each send one progress post every ten seconds for five minutes, on loopback alone.

Everything is real: `ketang serve` on a fresh instance, rows that the product's own models hold, HTTP over sockets that are kept
open, ten entries of a second in each post, as `progress.js` sends them. Learners begin one after the other over the first ten seconds.
Afterwards every learner must have exactly what they sent.

    python benchmarks/progress.py [--columns small,large] [--learners 500] [--seconds 300]

Goal: no error, 99 of a hundred posts answered within 500 ms, nothing lost and nothing counted twice.
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

EVERY, GOAL_MS = 10, 500
_FILL = """
import json, sys
import django
django.setup()
from ketang.classroom.learning.tickets import ticket_for
from ketang.people.account.models import Account
from learning_rows import published_course
course = published_course(lessons=({"kind": "text", "title": "示例课", "text": "示例", "counts_ms": 7_200_000, "stretches": [[0, 7_200_000, "实操"]]},))
made = Account.objects.bulk_create(Account(login=f"example-{number}", name=f"示例学员{number}", password="!") for number in range(int(sys.argv[1])))
print(json.dumps([ticket_for(account, course.lessons.get()) for account in made]))
"""
_COUNTED = """
import json
import django
django.setup()
from ketang.classroom.learning.models import Progress
print(json.dumps(dict(Progress.objects.values_list("account__login", "counted_ms"))))
"""


@dataclass(slots=True)
class Told:
    """What the learners saw: milliseconds of each answer, faults, and what each of them sent."""

    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    sent: dict[int, int] = field(default_factory=dict)


class Learner:
    """One page that is open: its ticket, its numbers, its socket."""

    def __init__(self, port: int, ticket: str, number: int, told: Told) -> None:
        self.port, self.ticket, self.number, self.told = port, ticket, number, told
        self.sitting, self.last = str(uuid.uuid4()), 0
        self.heard: list[tuple[float, int]] = []
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def study(self, posts: int) -> None:
        """So many reports, every ten seconds."""
        self.hear(await self.post([]))
        at = time.monotonic()
        for _post in range(posts):
            at += EVERY
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            entries = [
                [
                    self.last + one,
                    self.since(at - EVERY + one - 1),
                    "w",
                    (self.last + one - 1) * 1000,
                    (self.last + one) * 1000,
                    100,
                ]
                for one in range(1, EVERY + 1)
            ]
            began = time.perf_counter()
            answer = await self.post(entries)
            self.told.times.append((time.perf_counter() - began) * 1000)
            if answer.get("last") != entries[-1][0]:
                self.told.faults.append(str(answer)[:200])
                continue
            self.hear(answer)
            self.last = answer["last"]
            self.told.sent[self.number] = self.last * 1000

    def hear(self, answer: dict[str, Any]) -> None:
        """Note what the server's clock said, and when that came here."""
        self.heard.append((time.monotonic(), answer["now"]))

    def since(self, moment: float) -> int:
        """What had last been heard of the server's clock at a moment."""
        return next((now for at, now in reversed(self.heard) if at <= moment), self.heard[0][1])

    async def post(self, entries: list[list[Any]]) -> dict[str, Any]:
        """Send; what the server answers, or words about what went wrong."""
        body = json.dumps({"ticket": self.ticket, "sitting": self.sitting, "entries": entries}).encode()
        head = (
            f"POST /learn/progress HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        try:
            return await asyncio.wait_for(self._ask(head.encode() + body), 30)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as wrong:
            self.line = None
            return {"wrong": repr(wrong)}

    async def _ask(self, request: bytes) -> dict[str, Any]:
        if self.line is None:
            self.line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.line
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        found: dict[str, Any] = json.loads(await reader.readexactly(length))
        if " 200 " not in head.split("\r\n")[0]:
            raise ValueError(head.split("\r\n")[0])
        return found


async def classroom(port: int, tickets: list[str], seconds: int) -> Told:
    """All of them, from the first to the last."""
    told = Told()

    async def begin(number: int, ticket: str) -> None:
        await asyncio.sleep(number * EVERY / len(tickets))
        await Learner(port, ticket, number, told).study(seconds // EVERY)

    await asyncio.gather(*(begin(number, ticket) for number, ticket in enumerate(tickets)))
    return told


def cpu_s(process: psutil.Process) -> float:
    """CPU seconds of a process and everything below it."""
    return sum(sum(one.cpu_times()[:2]) for one in family(process))


def measured(made: Instance, learners: int, seconds: int) -> list[str]:
    """Run a classroom on an instance, print its figures; what missed the goal."""
    tickets = json.loads(made.run("-c", _FILL, str(learners)).splitlines()[-1])
    with served(made) as site:
        web = site.part("web")
        before, began = cpu_s(web), time.monotonic()
        told = asyncio.run(classroom(made.port, tickets, seconds))
        spent, gone = cpu_s(web) - before, time.monotonic() - began
    counted = json.loads(made.run("-c", _COUNTED).splitlines()[-1])
    expected = {f"example-{number}": amount for number, amount in told.sent.items()}
    times = sorted(told.times)
    at = {
        name: times[min(len(times) - 1, int(len(times) * share))]
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    }
    print(
        f"  {len(times)} posts in {gone:.0f} s · p50 {at['p50']:.0f} ms · p95 {at['p95']:.0f} ms · p99 {at['p99']:.0f} ms · "
        f"longest {times[-1]:.0f} ms · {spent * 1000 / len(times):.1f} ms CPU a post · {len(told.faults)} faults"
    )
    missed = [f"a fault: {fault}" for fault in told.faults[:3]]
    if at["p99"] >= GOAL_MS:
        missed.append(f"p99 {at['p99']:.0f} ms")
    if len(times) != learners * (seconds // EVERY):
        missed.append(f"{len(times)} posts instead of {learners * (seconds // EVERY)}")
    wrong = {login: (counted.get(login), amount) for login, amount in expected.items() if counted.get(login) != amount}
    if wrong or len(expected) != learners:
        missed.append(f"{len(wrong)} learners do not have what they sent: {dict(list(wrong.items())[:3])}")
    else:
        print(f"  every one of {learners} learners has exactly what they sent")
    return missed


def main() -> int:
    """Print the figures of each column; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--columns", default="small,large")
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=300)
    asked = parser.parse_args()
    missed = []
    for column in asked.columns.split(","):
        with tempfile.TemporaryDirectory() as folder, instances(column, Path(folder)) as fresh:
            print(
                f"{column} column; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True
            )
            missed += [f"{column}: {one}" for one in measured(fresh("progress"), asked.learners, asked.seconds)]
    print("all goals reached" if not missed else f"missed: {'; '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
