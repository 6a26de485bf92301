"""A small world for the protocol of progress: browsers with tabs that play, are killed, lose their line; a learner; a server.

The tabs do what `progress.js` does, in steps of a tenth of a second. What was truly played is noted beside it.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

STEP = 100
SEAL, REPORT = 1000, 10_000
"""Milliseconds after which a tab keeps what was played, and after which it reports."""
_sittings = itertools.count(1)


class Server(Protocol):
    """What a tab knows of the server."""

    def ticket(self, lesson: str, now: int) -> Any:
        """A page's ticket."""

    def post(self, ticket: Any, sitting: int, entries: Sequence[list[Any]], now: int) -> int:
        """Take a report; gives the last number that is known of the sitting."""


@dataclass
class Sitting:
    """What a browser keeps of one page."""

    number: int
    lesson: str
    ticket: Any
    heard: int
    entries: list[list[Any]] = field(default_factory=list)
    last: int = 0


@dataclass
class Tab:
    """A page with a player."""

    sitting: Sitting
    length: int
    position: int = 0
    rate: int = 100
    playing: bool = False
    began: int = 0
    since: int = 0
    spent: int = 0
    reading: int = 0

    def seal(self) -> None:
        """Keep what was played since the last time, under a number of its own."""
        kept = self.sitting
        if self.position > self.began:
            kept.last += 1
            kept.entries.append([kept.last, self.since, "w", self.began, self.position, self.rate])
        if self.reading:
            kept.last += 1
            kept.entries.append([kept.last, self.since, "r", self.reading])
        self.began, self.spent, self.reading, self.since = self.position, 0, 0, kept.heard


class World:
    """Everything that happens, by one clock.

    `truth` is what was played of each lesson; `busy` how long anything was played, `attended` how long anything new was.
    """

    def __init__(self, server: Server, seed: int, lengths: dict[str, int], begin: int) -> None:
        self.server, self.random, self.now = server, random.Random(seed), begin
        self.lengths = lengths
        self.truth: dict[str, set[int]] = {lesson: set() for lesson in lengths}
        self.read: dict[str, int] = dict.fromkeys(lengths, 0)
        self.attended = self.busy = 0
        self.browsers: list[Browser] = []
        self.due: list[tuple[int, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def later(self, wait: int, act: Callable[[], None]) -> None:
        self.due.append((self.now + wait, next(self._order), act))

    def run(self, milliseconds: int) -> None:
        """Let time go by."""
        for _step in range(milliseconds // STEP):
            self.now += STEP
            tabs = [tab for browser in self.browsers for tab in browser.tabs]
            self.busy += STEP * any(tab.playing for tab in tabs)
            self.attended += max((self._advance(tab) for tab in tabs), default=0)
            for browser in self.browsers:
                browser.tick()
            ready = sorted(one for one in self.due if one[0] <= self.now)
            self.due = [one for one in self.due if one[0] > self.now]
            for _at, _nth, act in ready:
                act()

    def _advance(self, tab: Tab) -> int:
        """Play a tab for one step; gives how much of it was new."""
        if not tab.playing:
            return 0
        played = range(tab.position, min(tab.position + STEP * tab.rate // 100, tab.length), 25)
        new = len(set(played) - self.truth[tab.sitting.lesson]) * 25
        self.truth[tab.sitting.lesson].update(played)
        tab.position = min(tab.position + STEP * tab.rate // 100, tab.length)
        if tab.position == tab.length:
            tab.playing = False
        return new

    @property
    def total(self) -> int:
        """Milliseconds of all lessons that were truly played, each once."""
        return sum(len(points) * 25 for points in self.truth.values())


class Browser:
    """Tabs, what they keep for all of them, and a line that may be cut."""

    def __init__(self, world: World) -> None:
        self.world, self.online, self.tabs = world, True, list[Tab]()
        self.kept: dict[int, Sitting] = {}
        self.old: list[tuple[Any, int, list[list[Any]]]] = []
        self.clock = 0
        world.browsers.append(self)

    def open(self, lesson: str) -> Tab:
        """A page; it needs the line, as pages do."""
        sitting = Sitting(next(_sittings), lesson, self.world.server.ticket(lesson, self.world.now), self.world.now)
        self.kept[sitting.number] = sitting
        tab = Tab(sitting, self.world.lengths[lesson], since=sitting.heard)
        self.tabs.append(tab)
        return tab

    def play(self, tab: Tab) -> None:
        """Play a tab; another one that plays here stops, and the server is asked for the time."""
        for other in self.tabs:
            if other is not tab and other.playing:
                self.pause(other)
        tab.playing, tab.began = tab.position < tab.length, tab.position
        self.flush()

    def pause(self, tab: Tab) -> None:
        tab.seal()
        tab.playing = False
        self.flush()

    def seek(self, tab: Tab, position: int) -> None:
        tab.seal()
        tab.position = tab.began = position

    def set_rate(self, tab: Tab, rate: int) -> None:
        tab.seal()
        tab.rate = rate

    def close(self, tab: Tab) -> None:
        """The page goes: what is not kept yet is kept, and sent by beacon."""
        tab.seal()
        self.tabs.remove(tab)
        self.flush()

    def kill(self) -> None:
        """Every page is gone with what it had not kept."""
        self.tabs.clear()

    def tick(self) -> None:
        self.clock += STEP
        for tab in self.tabs:
            tab.spent += STEP
            if tab.spent >= SEAL:
                tab.seal()
        if self.clock % REPORT == 0 and any(sitting.entries for sitting in self.kept.values()) and self.tabs:
            self.flush()

    def flush(self) -> None:
        """Send what is kept, by sitting; what was sent before comes again now and then."""
        chance = self.world.random
        for sitting in list(self.kept.values()):
            entries = [list(one) for one in sitting.entries]
            self.old.append((sitting.ticket, sitting.number, entries))
            if self.online and chance.random() > 0.05:  # else it never arrives
                self._send(sitting, entries)
        if self.online and chance.random() < 0.2:
            ticket, number, entries = chance.choice(self.old)
            self.world.server.post(ticket, number, entries, self.world.now)

    def _send(self, sitting: Sitting, entries: list[list[Any]]) -> None:
        there, back, lost = (self.world.random.choice((0, 100, 300, 2000)) for _ in range(3))

        def arrive() -> None:
            now = self.world.now
            last = self.world.server.post(sitting.ticket, sitting.number, entries, now)
            if lost != 2000 or not entries:  # else the answer is lost

                def hear() -> None:
                    sitting.heard = max(sitting.heard, now)
                    sitting.entries = [one for one in sitting.entries if one[0] > last]

                self.world.later(back, hear)

        self.world.later(there, arrive)
