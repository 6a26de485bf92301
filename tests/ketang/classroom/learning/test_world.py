"""Two hundred sessions with kills, reloads, seeks, two tabs, two devices and spells without a line: what counts is what was played."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pytest

from ketang.classroom.learning.attention import OFFLINE_MS
from ketang.classroom.learning.crediting import Done, after, credited, read_entries
from ketang.classroom.learning.intervals import measure
from learning_world import Browser, Tab, World

BEGIN = 10 * OFFLINE_MS
LENGTHS = {"一": 180_000, "二": 300_000, "三": 90_000}
WITHIN = 5000


class Plain:
    """The server without a database: the same crediting, for one person."""

    def __init__(self) -> None:
        self.done: dict[str, Done] = defaultdict(Done)
        self.claims: tuple[tuple[int, int], ...] = ()
        self.last: dict[int, int] = defaultdict(int)

    def ticket(self, lesson: str, now: int) -> tuple[str, int]:
        return lesson, now

    def post(self, ticket: Any, sitting: int, entries: Sequence[list[Any]], now: int) -> int:
        lesson, begun = ticket
        new = after(read_entries(list(entries)), self.last[sitting])
        self.done[lesson], self.claims = credited(
            self.done[lesson], self.claims, new, length=LENGTHS[lesson], begun=begun, now=now
        )
        if new:
            self.last[sitting] = new[-1].number
        return self.last[sitting]

    @property
    def total(self) -> int:
        return sum(measure(done.counted(LENGTHS[lesson])) for lesson, done in self.done.items())


def session(world: World, browsers: list[Browser], *, together: bool) -> None:
    """Thirty things somebody does, one after the other; `together`: a second device may go on playing meanwhile."""
    chance = world.random
    for _act in range(30):
        browser = chance.choice(browsers)
        if not together:
            for other in browsers:
                for tab in other.tabs:
                    if other is not browser and tab.playing:
                        other.pause(tab)
        what = chance.choice(
            ("open", "play", "play", "play", "seek", "pause", "line", "kill", "reload", "idle", "rate")
        )
        tab: Tab | None = chance.choice(browser.tabs) if browser.tabs else None
        if what == "line":
            browser.online = together or not browser.online
        elif what == "kill":
            browser.kill()
            browser.online = True
        elif tab is None or what == "open":
            if browser.online and len(browser.tabs) < 3:
                browser.open(chance.choice(list(LENGTHS)))
        elif what == "play":
            browser.play(tab)
        elif what == "seek":
            browser.seek(tab, chance.randrange(0, tab.length, 100))
        elif what == "pause":
            browser.pause(tab)
        elif what == "reload" and browser.online:
            browser.close(tab)
            browser.open(tab.sitting.lesson)
        elif what == "idle":
            browser.pause(tab)
            world.run(chance.randrange(0, 600_000, 100))
        elif what == "rate" and not together:
            browser.set_rate(tab, chance.choice((50, 75, 125, 150, 200)))
        world.run(chance.randrange(300, 40_000, 100))
    settle(world, browsers)


def settle(world: World, browsers: list[Browser]) -> None:
    """Somebody comes back online on every device, and leaves a page open until all is sent."""
    for browser in browsers:
        for tab in list(browser.tabs):
            browser.close(tab)
        browser.online = True
        browser.open("一")
    for _again in range(60):
        world.run(10_000)
        for browser in browsers:
            browser.flush()
        if not any(sitting.entries for browser in browsers for sitting in browser.kept.values()):
            return
    raise AssertionError("not everything was sent in ten minutes")


@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=pytest.mark.sweep if part > 2 else ()) for part in range(10)]
)
def test_what_counts_is_what_was_played(part: int) -> None:
    """Twenty sessions a part. Each kill may cost what had not been kept, a second at most."""
    found = []
    for seed in range(part * 20, part * 20 + 20):
        server = Plain()
        world = World(server, seed, LENGTHS, BEGIN)
        browsers = [Browser(world) for _ in range(1 + seed % 2)]
        session(world, browsers, together=False)
        found.append((seed, server.total - world.total))
    assert [one for one in found if abs(one[1]) > WITHIN] == []


def test_two_devices_at_once_count_once() -> None:
    """They play whatever they like at the same time; no more counts than the time in which one person can have looked.

    What is refused to one of two may be played again, and counts then: so the truth lies between two figures.
    """
    found = []
    for seed in range(40):
        server = Plain()
        world = World(server, seed, LENGTHS, BEGIN)
        session(world, [Browser(world), Browser(world)], together=True)
        found.append((seed, world.attended - server.total, server.total - world.busy, world.total - world.busy))
    assert [one for one in found if max(one[1:3]) > WITHIN] == []
    assert max(twice for *_others, twice in found) > 30_000  # they did play different lessons at once
