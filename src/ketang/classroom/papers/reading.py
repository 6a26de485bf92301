"""Answers as they are typed from a sheet, ten questions at a time. Pure: it knows no rows.

`A B AC 对 -`: one answer after the other with a space, a comma or a slash between them; `-` or `0` for a question that was left
out. Where each answer is a single letter the signs may stand together: `ABD对CA-BCD`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TEN = 10
_BETWEEN = re.compile(r"[\s,;/、，；]+")
_NOTHING = frozenset("-0_空—–")
_TRUE = frozenset({"对", "√", "✓", "✔", "T", "Y", "是"})
_FALSE = frozenset({"错", "×", "✗", "✘", "X", "F", "N", "否"})


@dataclass(frozen=True, slots=True)
class Box:
    """A question of a sheet: its number, what may be ticked, and whether several may."""

    order: int
    letters: Sequence[str]
    several: bool = False


class Mistyped(ValueError):
    """What was typed is no list of answers.

    Attributes:
        order: of the question that cannot be read; None when there are too many or too few.
        typed: what stands there.
        found: how many answers there are.
    """

    def __init__(self, order: int | None, typed: str, found: int) -> None:
        super().__init__(f"{order} {typed} {found}")
        self.order, self.typed, self.found = order, typed, found


def tens(boxes: Sequence[Box]) -> list[Sequence[Box]]:
    """The questions in the rows in which a sheet shows them."""
    return [boxes[first : first + TEN] for first in range(0, len(boxes), TEN)]


def read(typed: str, boxes: Sequence[Box]) -> dict[int, tuple[str, ...]]:
    """Letters by the order of the question; what was left out is not in it.

    Raises:
        Mistyped: more or fewer answers than questions; a letter that a question does not have.
    """
    words = [word for word in _BETWEEN.split(unicodedata.normalize("NFKC", typed).upper()) if word]
    if len(words) != len(boxes) and not any(box.several for box in boxes):
        words = list("".join(words))
    if len(words) != len(boxes):
        raise Mistyped(None, typed, len(words))
    found: dict[int, tuple[str, ...]] = {}
    for word, box in zip(words, boxes, strict=True):
        if word in _NOTHING:
            continue
        letters = _truth(word) if "对" in box.letters else tuple(sorted(set(word)))
        if not letters or not set(letters) <= set(box.letters):
            raise Mistyped(box.order, word, len(words))
        found[box.order] = letters
    return found


def _truth(word: str) -> tuple[str, ...]:
    return ("对",) if word in _TRUE else ("错",) if word in _FALSE else ()


def written(chosen: Mapping[int, Sequence[str]], boxes: Sequence[Box]) -> str:
    """As `read` takes it."""
    return " ".join("".join(chosen.get(box.order, ())) or "-" for box in boxes)
