"""Plots of rows: a name, a value, and a strip with a dot on a common axis. Places are per cent of the strip, so that letters keep
their size at any width; every strip has a name, and a table stands beside every plot (docs/interface.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

LEFT, RIGHT = 3.0, 97.0
"""Where the axis begins and ends, in per cent: a dot at its end is whole."""
TICKS = 5
"""About so many marks on an axis."""


@dataclass(frozen=True, slots=True)
class Axis:
    """From which value to which an axis runs."""

    low: float
    high: float

    def at(self, value: float) -> str:
        """The place of a value in per cent, held within the axis."""
        inside = min(max(value, self.low), self.high)
        part = 0.5 if self.high <= self.low else (inside - self.low) / (self.high - self.low)
        return f"{LEFT + part * (RIGHT - LEFT):.2f}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across all strips, with words at the head of the plot. `side` is where the words stand: `start`, `middle`, `end`."""

    at: str
    words: str
    side: str = "middle"


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of a plot.

    Attributes:
        name: of the row, as somebody wrote it.
        told: its value in short, beside the name.
        spoken: the whole in words: what the strip is called.
        at: of the dot; empty for none.
        low, high: of the line through the dot; empty for none.
        was: of a hollow dot, where the row stood before; empty for none.
    """

    name: str
    told: str
    spoken: str
    at: str = ""
    low: str = ""
    high: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """Rows on an axis. `rule` is the one line that means something: 0, the award line."""

    id: str
    title: str
    strips: Sequence[Strip]
    marks: Sequence[Mark]
    rule: Mark | None = None


def ticks(axis: Axis, words: Iterable[tuple[float, str]]) -> list[Mark]:
    """Marks of an axis at given values."""
    found = [(axis.at(value), told) for value, told in words if axis.low <= value <= axis.high]
    return [Mark(at, told, _side(float(at))) for at, told in found]


def from_zero(most: float) -> tuple[Axis, list[float]]:
    """An axis from 0 that holds `most`, and round values on it."""
    step = _round_step(max(most, 1e-6) / TICKS)
    count = ceil(most / step - 1e-9) or 1
    return Axis(0, count * step), [k * step for k in range(count + 1)]


def around_zero(reach: float) -> tuple[Axis, list[float]]:
    """An axis with 0 in the middle that holds `reach` to both sides, and round values on it."""
    step = _round_step(max(reach, 1e-6) * 2 / TICKS)
    end = ceil(max(reach, step) / step - 1e-9) * step
    count = round(end / step)
    return Axis(-end, end), [k * step for k in range(-count, count + 1)]


def up_to_one(least: float) -> tuple[Axis, list[float]]:
    """An axis that ends at 1 and holds `least`, and tenths, fifths or halves on it."""
    span = 1 - min(least, 0.9)
    step = 0.05 if span <= 0.25 else 0.1 if span <= 0.5 else 0.25 if span <= 1 else 0.5
    low = floor(min(least, 0.9) / step + 1e-9) * step
    return Axis(low, 1.0), [low + k * step for k in range(round((1 - low) / step) + 1)]


def of_places(last: int) -> tuple[Axis, list[int]]:
    """An axis of places from 1 to the last one, and round places on it."""
    step = max(1, round(_round_step(max(last, 2) / TICKS)))
    found = [place for place in range(step, last, step) if last - place >= step / 2]
    return Axis(1, max(last, 2)), [1, *(place for place in found if place > 1), *([last] if last > 1 else [])]


def _round_step(rough: float) -> float:
    """The next 1, 2 or 5 by a power of ten."""
    power = 10.0 ** floor(log10(rough))
    return next(float(one * power) for one in (1, 2, 5, 10) if one * power >= rough - 1e-9)


def _side(at: float) -> str:
    return "start" if at < 12 else "end" if at > 88 else "middle"
