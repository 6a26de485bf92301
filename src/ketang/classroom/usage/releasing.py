"""Figures that never stand for fewer than ten people: not alone, not as what is left of another, not as what changed since. Pure.

Nothing is published but rows of this table; sums over courses are made of what is published, so that they tell nothing more. A row
is published whole or stays as it was: then every difference of two figures of it, over all its publications, is none or ten and more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LEAST = 10
"""People: nothing is told of fewer."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is true of a course: who has studied it, how many of them agreed to be counted by need, how many of these set what."""

    learners: int
    agreed: int = 0
    needs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is published of a course. `agreed` is None, and `needs` empty, where figures by need would tell of few; a need is left out by itself."""

    learners: int
    agreed: int | None = None
    needs: Mapping[str, int] = field(default_factory=dict)


def many(amount: int) -> bool:
    """Whether a group may be told of."""
    return amount >= LEAST


def publishable(true: Counts) -> Figures | None:
    """What may be told of the counts by themselves; None for nothing.

    Of those who agreed, those who set something and those who did not are both told of; so are those who did not agree, as what is
    left. Nobody is not a group.
    """
    if not many(true.learners):
        return None
    left = true.learners - true.agreed
    if not many(true.agreed) or (left and not many(left)):
        return Figures(true.learners)
    needs = {
        name: amount
        for name, amount in true.needs.items()
        if many(amount) and (amount == true.agreed or many(true.agreed - amount))
    }
    return Figures(true.learners, true.agreed, needs)


def released(history: Sequence[Figures], true: Counts) -> Figures | None:
    """What is published from now on, given all that was published of the row before, the latest last.

    What the counts allow, where it differs from everything that was ever told by none or by ten and more; else what was told last.
    """
    last = history[-1] if history else None
    now = publishable(true)
    if now is None:
        return last
    told = all(step == 0 or many(abs(step)) for before in history for step in _steps(before, now))
    return now if told else last


def _steps(before: Figures, now: Figures) -> list[int]:
    """Differences that somebody could make of two publications."""
    steps = [now.learners - before.learners]
    if before.agreed is not None and now.agreed is not None:
        steps.append(now.agreed - before.agreed)
        steps.append((now.learners - now.agreed) - (before.learners - before.agreed))
        for name in before.needs.keys() & now.needs.keys():
            steps.append(now.needs[name] - before.needs[name])
            steps.append((now.agreed - now.needs[name]) - (before.agreed - before.needs[name]))
    return steps
