"""What of an attempt's log counts: the newest line that stands, question by question."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ketang.classroom.exams.models import Entry

MOST_LINES = 600
"""Lines of a page at once."""


class NotLines(ValueError):
    """What a page sent is no list of lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a page says of one question.

    Attributes:
        n: the page's own count, from 1.
        order: of the question in the paper.
        base: number of the newest line of the log that the page knew when it was written.
        chosen: letters.
        flagged: to come back to.
    """

    n: int
    order: int
    base: int
    chosen: tuple[str, ...]
    flagged: bool


def read_lines(told: Any) -> list[Line]:
    """`[[n, order, base, [letters], flagged], …]` as lines in the order of `n`. Raises NotLines."""
    if not isinstance(told, list) or len(told) > MOST_LINES:
        raise NotLines
    lines = [_line(one) for one in told]
    numbers = [one.n for one in lines]
    if numbers != sorted(set(numbers)):
        raise NotLines
    return lines


def _line(told: Any) -> Line:
    if not isinstance(told, list) or len(told) != 5:
        raise NotLines
    n, order, base, chosen, flagged = told
    whole = all(type(one) is int and 0 <= one < 2**31 for one in (n, order, base))
    letters = isinstance(chosen, list) and len(chosen) <= 30 and all(isinstance(c, str) and len(c) == 1 for c in chosen)
    if not whole or n < 1 or not letters or type(flagged) is not bool:
        raise NotLines
    return Line(n, order, base, tuple(sorted(set(chosen))), flagged)


def stands(line: Line, device: uuid.UUID, before: Entry | None) -> bool:
    """Whether a line becomes the answer: nothing newer from another page is there that its page did not know of."""
    if before is None or before.number <= line.base:
        return True
    return before.device == device and before.n < line.n


def latest(entries: Iterable[Entry], until: int | None = None) -> dict[int, Entry]:
    """The line that counts of each place, of a log in order; of its beginning up to a number."""
    return {entry.place_id: entry for entry in entries if entry.stands and (until is None or entry.number <= until)}


def chosen_of(entries: Mapping[int, Entry]) -> dict[int, Sequence[str]]:
    """Letters by place, of those that have any."""
    return {place: entry.chosen for place, entry in entries.items() if entry.chosen}
