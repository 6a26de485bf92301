"""From what a page reports to what counts: pure, exact, in whole milliseconds. `docs/decisions/0052-progress.md` says why.

A page numbers what it reports, from 1, and never changes what has a number. So what comes twice, or by two doors, is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ketang.classroom.catalogue.lengths import LONGEST_MS
from ketang.classroom.learning.attention import OFFLINE_MS, Claims, accept, fitting
from ketang.classroom.learning.intervals import Spans, first, measure, union, within, without

SLOWEST, FASTEST = 25, 200
"""Speeds of a player in hundredths that are believed; what is faster is counted as the fastest, so part of it does not fit."""
MOST_ENTRIES = 2000
"""Entries of one post."""
_LAST_NUMBER = 10**9
_FAR_MS = 10**14


@dataclass(frozen=True, slots=True)
class Watched:
    """The player went from `start` to `end` of the medium at `rate` hundredths of its speed, after the server had last been heard at `since`."""

    number: int
    since: int
    start: int
    end: int
    rate: int


@dataclass(frozen=True, slots=True)
class Read:
    """So many milliseconds were spent with the text, after the server had last been heard at `since`."""

    number: int
    since: int
    spent: int


Entry = Watched | Read


class NotEntries(ValueError):
    """What came is not a report."""


def read_entries(raw: object) -> list[Entry]:
    """Entries in the order of their numbers, from what came as JSON.

    `[number, since, "w", start, end, rate]` or `[number, since, "r", spent]`, whole numbers all of them.

    Raises:
        NotEntries: anything else, too many, numbers that come twice.
    """
    if not isinstance(raw, list) or len(raw) > MOST_ENTRIES:
        raise NotEntries("not a list of entries")
    found = sorted((_entry(one) for one in raw), key=lambda one: one.number)
    if len({one.number for one in found}) != len(found):
        raise NotEntries("a number twice")
    return found


def _entry(raw: object) -> Entry:
    if not isinstance(raw, list) or len(raw) < 3:
        raise NotEntries("not an entry")
    number, since = _whole(raw[0], 1, _LAST_NUMBER), _whole(raw[1], 0, _FAR_MS)
    if raw[2] == "w" and len(raw) == 6:
        start, end = _whole(raw[3], 0, LONGEST_MS), _whole(raw[4], 0, LONGEST_MS)
        return Watched(number, since, start, end, min(max(_whole(raw[5], 1, 10_000), SLOWEST), FASTEST))
    if raw[2] == "r" and len(raw) == 4:
        return Read(number, since, _whole(raw[3], 0, LONGEST_MS))
    raise NotEntries("neither watched nor read")


def _whole(raw: object, least: int, most: int) -> int:
    if type(raw) is not int or not least <= raw <= most:
        raise NotEntries("not a whole number in its bounds")
    return raw


@dataclass(frozen=True, slots=True)
class Done:
    """What one person has done of one lesson: stretches of the medium that were watched, milliseconds with its text."""

    watched: Spans = ()
    read: int = 0

    def counted(self, length: int) -> Spans:
        """What of the lesson's length counts: what was watched; time with the text fills what was not, from the beginning."""
        whole: Spans = ((0, length),) if length > 0 else ()
        seen = within(self.watched, 0, length)
        return union(seen, first(without(whole, seen), self.read))


def credited(
    done: Done, claims: Claims, entries: Iterable[Entry], *, length: int, begun: int, now: int, reach: int = OFFLINE_MS
) -> tuple[Done, Claims]:
    """What is done after a report, and the person's claims with it.

    Only what was not done before is counted and takes time from the person; of what does not fit beside the rest, the first
    part counts.

    Args:
        done: of this lesson before.
        claims: of this person, over all lessons, tabs and devices.
        entries: new ones alone, in the order of their numbers.
        length: of the lesson in milliseconds; for a text, its ceiling.
        begun: when the page got its ticket.
        now: when the report came.
        reach: so long before now claims bind.
    """
    for entry in _joined(entries):
        since = min(max(entry.since, begun), now)
        free = fitting(claims, since=since, now=now, reach=reach)
        if isinstance(entry, Watched):
            new = without(within(((entry.start, entry.end),), 0, length), done.watched)
            granted = first(new, free * entry.rate // 100)
            work = -(-measure(granted) * 100 // entry.rate)
            done = replace(done, watched=union(done.watched, granted))
        else:
            room = length - measure(within(done.watched, 0, length)) - done.read
            work = max(0, min(entry.spent, room, free))
            done = replace(done, read=done.read + work)
        if work:
            claims = accept(claims, since=since, work=work, now=now, reach=reach)
    return done, claims


def _joined(entries: Iterable[Entry]) -> list[Entry]:
    """Entries of a second each put together where one goes on from another, which says the same in fewer words."""
    found: list[Entry] = []
    for entry in entries:
        before = found[-1] if found else None
        if (
            isinstance(entry, Watched) and isinstance(before, Watched)
            and (entry.since, entry.rate, entry.start) == (before.since, before.rate, before.end) and entry.end >= entry.start
        ):  # fmt: skip
            found[-1] = replace(before, end=entry.end)
        elif isinstance(entry, Read) and isinstance(before, Read) and entry.since == before.since:
            found[-1] = replace(before, spent=before.spent + entry.spent)
        else:
            found.append(entry)
    return found


def after(entries: Sequence[Entry], last: int) -> list[Entry]:
    """Those that a sitting has not reported before."""
    return [entry for entry in entries if entry.number > last]
