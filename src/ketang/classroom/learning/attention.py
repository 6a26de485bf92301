"""How much of somebody's time can have been study: one person attends to one thing at a time, over all tabs and devices.

Each claim ("so much was studied after the server was last heard, and before now") is a job with a release, a deadline and an
amount of work. Claims are true together only if one worker could have done them all: for every stretch of time, the work that
lies wholly within it is no longer than the stretch (Horn 1974: preemptive scheduling of one machine). A new claim's deadline
is now, the latest of all, so only stretches that end now can be broken by it, and only those that begin at a release.

Nothing of the device's clock goes into this: both ends are moments of the server. What somebody did one after another always
fits, whatever was sent late; what two devices claim of the same minutes fits once.

All times are milliseconds of the server's clock.
"""

from __future__ import annotations

from collections.abc import Sequence

Claims = tuple[tuple[int, int], ...]
"""`(release, work)`, the earliest release first."""

OFFLINE_MS = 12 * 3600 * 1000
"""What is claimed later than this after the server was last heard must fit into so much time before now; older claims are forgotten."""
FINE_MS = 30 * 60 * 1000
"""Claims released in the last half hour are kept one by one, older ones by the piece."""
PIECE_MS = 5 * 60 * 1000


def fitting(claims: Claims, *, since: int, now: int, reach: int = OFFLINE_MS) -> int:
    """How much work more fits between `since` and `now`, beside what was accepted; what is older than `reach` binds nothing."""
    release = min(max(since, now - reach), now)
    most, work = now - release, 0
    for other, amount in reversed(claims):
        if other < now - reach:
            break
        if other >= release:
            work += amount
            most = min(most, now - release - work)
        else:
            work += amount
            most = min(most, now - other - work)
    return max(most, 0)


def accept(claims: Claims, *, since: int, work: int, now: int, reach: int = OFFLINE_MS) -> Claims:
    """The claims with one more, which must fit; those that can bind nothing any more are forgotten, old ones put together."""
    release = min(max(since, now - reach), now)
    fine = FINE_MS if reach == OFFLINE_MS else reach  # those of a reach of their own are few
    kept: dict[int, int] = {}
    for other, amount in (*claims, (release, work)):
        if other < now - reach or amount <= 0:
            continue
        # To put a claim at an earlier release never refuses an honest one: it only gives it more room.
        place = other if other >= now - fine else max(other - other % PIECE_MS, now - reach)
        kept[place] = kept.get(place, 0) + amount
    return tuple(sorted(kept.items()))


def least_since(claims: Claims, moment: int) -> int:
    """The work that cannot have been done before a moment, whatever was done when: of claims released earlier what is too long for the time until then."""
    most, work = 0, 0
    for release, amount in reversed(claims):
        work += amount
        most = max(most, work - max(0, moment - release))
    return most


def read(stored: Sequence[Sequence[int]]) -> Claims:
    """Claims as they are kept in a row: pairs in a list."""
    return tuple((int(release), int(work)) for release, work in stored)
