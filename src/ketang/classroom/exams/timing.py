"""The clock of an attempt, in whole milliseconds of the server. Pure; the learner's own clock is never asked.

Time runs from the beginning, without what was paused. What nobody asked to be paused counts as paused, too, when the page was
not heard for longer than `SILENCE`: a power cut, a lost line, a stopped server. Of that at most as much as the limit itself is
given back in all, so that a paper with a limit comes to an end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SILENCE = 90_000
"""A page with a limit is heard every 20 seconds: four times unheard, its line is taken to be cut."""
GRACE = 30_000
"""So long after the end answers that were on their way are still taken."""


@dataclass(frozen=True, slots=True)
class Pause:
    """From when to when nothing was counted, milliseconds; `cut` when nobody asked for it."""

    start: int
    end: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """How an attempt stands at a moment.

    Attributes:
        used: milliseconds that count.
        left: milliseconds until the end, below 0 after it; None without a limit.
        cut: a silence up to this moment that is to be kept as a pause; None where there was none.
    """

    used: int
    left: int | None
    cut: Pause | None = None

    @property
    def is_over(self) -> bool:
        """Whether time is up, and what was on its way has had time to come."""
        return self.left is not None and self.left < -GRACE


def read(
    *, begun: int, heard: int, now: int, limit: int | None, pauses: Sequence[Pause] = (), paused: int | None = None
) -> Clock:
    """The clock at a moment.

    Args:
        begun: when the attempt began.
        heard: when its page was heard last.
        now: the moment.
        limit: with the learner's extra time; None for none.
        pauses: that are over, not overlapping.
        paused: since when somebody has it paused; None while it runs.
    """
    given = sum(one.end - one.start for one in pauses)
    if paused is not None:
        used = paused - begun - given
        return Clock(used, None if limit is None else limit - used)
    cut = None
    if limit is not None and now - heard > SILENCE:
        room = limit - sum(one.end - one.start for one in pauses if one.cut)
        if room > 0:
            cut = Pause(heard, heard + min(now - heard, room), cut=True)
            given += cut.end - cut.start
    used = now - begun - given
    return Clock(used, None if limit is None else limit - used, cut)


def limit_with(seconds: int | None, extra_per_cent: int) -> int | None:
    """Milliseconds allowed to somebody whose limits are longer by so much."""
    return None if seconds is None else seconds * 10 * (100 + extra_per_cent)
