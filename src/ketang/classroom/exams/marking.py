"""What an answer is worth. Pure: it knows no rows, and the same answers under the same keys always give the same marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
PASS_SHARE = Decimal("0.6")
"""Of the points, where a paper does not say: 60 of 100, as in the national occupational examinations."""


class Kind(StrEnum):
    """Kinds that a program can mark; the words are kebao's."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "truefalse"


class Multiple(StrEnum):
    """How questions with several right options are marked."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is marked.

    Attributes:
        kind: of the three.
        right: letters of the right options, or 对/错. Where one is to be chosen and several are right, each of them is.
        points: of the question, with two decimals.
        void: a faulty question, for which everybody gets its points, whoever left it out included.
    """

    kind: Kind
    right: frozenset[str]
    points: Decimal
    void: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """Points by question, in the paper's order, and their sum."""

    points: Mapping[int, Decimal]

    @property
    def total(self) -> Decimal:
        """The sum; exact, for each has two decimals."""
        return sum(self.points.values(), NOTHING)


def points_for(asked: Asked, chosen: Collection[str], multiple: Multiple) -> Decimal:
    """The points of one answer.

    One to choose: all when what was chosen is right. Several to choose: all when exactly the right ones were chosen; under
    `PART` also their share when some of them and no wrong one were, cut off after two decimals. Nothing chosen is worth nothing.
    """
    picked = frozenset(chosen)
    if asked.void:
        return asked.points
    if not picked or not picked <= asked.right:
        return NOTHING
    if asked.kind is not Kind.MULTIPLE:
        return asked.points if len(picked) == 1 else NOTHING
    if picked == asked.right:
        return asked.points
    if multiple is Multiple.WHOLE:
        return NOTHING
    return (asked.points * len(picked) / len(asked.right)).quantize(CENT, ROUND_DOWN)


def mark(paper: Mapping[int, Asked], chosen: Mapping[int, Collection[str]], multiple: Multiple) -> Marked:
    """Mark a paper: answers by question; one that is missing was left out, one to no question of the paper counts nothing."""
    return Marked({key: points_for(asked, chosen.get(key, ()), multiple) for key, asked in paper.items()})
