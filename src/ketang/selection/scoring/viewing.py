"""A suggested viewing plan of about twenty minutes: the spans where something was found, and a sample of each lesson.

It saves time and judges nothing: what is watched beyond it is the expert's own choice. The same package gives the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PLAN_SECONDS = 1200
"""About twenty minutes (design: Review)."""
AROUND_SECONDS = 6
"""Watched before and after what was found, so that it is seen in its place."""
SPAN_MOST = 40
"""Of one long stretch its beginning tells enough."""
SAMPLE_LEAST, SAMPLE_MOST = 8, 60
"""Seconds of a sample: enough to hear a sentence; no more than a minute of one lesson."""
FOUND_SHARE = 0.5
"""Of the plan for what was found, at most; the lessons get what is left."""
PLACES = (0.1, 0.5, 0.8)
"""Where in a lesson a sample is taken, by turns: not always the beginning, on which most care is spent."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A part with a clock. `number` as in the blind copy; `seconds` its length."""

    number: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something was found. `weight`: graver is larger; `why` in the reader's words."""

    part: int
    start: float
    end: float
    weight: int
    why: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """What to watch: from `start` to `end` seconds of a part, and why (empty: a sample)."""

    part: int
    start: int
    end: int
    why: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """Its length."""
        return self.end - self.start


def viewing_plan(parts: Sequence[Timed], marks: Iterable[Mark], seconds: int = PLAN_SECONDS) -> list[Stretch]:
    """Stretches in the order of the parts, together about `seconds` long, or the whole of a shorter course.

    Args:
        parts: everything with a clock.
        marks: what was found.
        seconds: how long it may take.
    """
    timed = {part.number: part for part in parts if part.seconds >= 1}
    if sum(part.seconds for part in timed.values()) <= seconds:
        return [Stretch(part.number, 0, int(part.seconds)) for part in timed.values()]
    found = _marked(timed, marks, int(seconds * FOUND_SHARE))
    left = seconds - sum(stretch.seconds for stretch in found)
    return sorted([*found, *_samples(timed, found, left)], key=lambda s: (s.part, s.start, s.end))


def _marked(timed: dict[int, Timed], marks: Iterable[Mark], budget: int) -> list[Stretch]:
    """The gravest first, as many as fit; those that touch are one."""
    chosen: list[Stretch] = []
    spent = 0
    for mark in sorted(marks, key=lambda m: (-m.weight, m.part, m.start, m.end)):
        part = timed.get(mark.part)
        if part is None or mark.start >= part.seconds:
            continue
        start = max(0, int(mark.start) - AROUND_SECONDS)
        end = min(int(part.seconds), int(min(mark.end, mark.start + SPAN_MOST)) + AROUND_SECONDS)
        if end <= start:
            continue
        joined = _joined([*chosen, Stretch(mark.part, start, end, (mark.why,) if mark.why else ())])
        length = sum(stretch.seconds for stretch in joined)
        if length <= budget:
            chosen, spent = joined, length
        if spent >= budget:
            break
    return chosen


def _samples(timed: dict[int, Timed], found: Sequence[Stretch], left: int) -> list[Stretch]:
    """A sample of each part; where there are more parts than time, of some, evenly spread."""
    numbers = list(timed)
    most = max(1, left // SAMPLE_LEAST)
    if len(numbers) > most:
        numbers = [numbers[index * len(numbers) // most] for index in range(most)]
    each = max(SAMPLE_LEAST, min(SAMPLE_MOST, left // max(1, len(numbers))))
    made = []
    for turn, number in enumerate(numbers):
        length = timed[number].seconds
        start = int(max(0.0, min(length * PLACES[turn % len(PLACES)], length - each)))
        sample = Stretch(number, start, int(min(length, start + each)))
        if not any(s.part == number and s.start <= sample.start and sample.end <= s.end for s in found):
            made.append(sample)
    return made


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Those of one part that overlap or touch, put together, with every reason once."""
    made: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.part, s.start, s.end)):
        last = made[-1] if made else None
        if last is not None and last.part == stretch.part and stretch.start <= last.end:
            why = tuple(dict.fromkeys((*last.why, *stretch.why)))
            made[-1] = Stretch(last.part, last.start, max(last.end, stretch.end), why)
        else:
            made.append(stretch)
    return made
