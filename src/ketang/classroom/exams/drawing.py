"""Papers drawn from a bank of questions by the weights of topics. Pure, and the same seed gives the same papers for ever.

Questions stand in the order of a digest of seed and key, not of a random generator, whose order may change from one version of
the language to the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A topic of which the bank has too few questions."""

    topic: str
    needed: int
    there: int


class NotEnough(ValueError):
    """The bank cannot give so many disjoint papers. `lacking`: each topic that is short, in order."""

    def __init__(self, lacking: Sequence[Lacking]) -> None:
        super().__init__(", ".join(f"{one.topic}: {one.there}/{one.needed}" for one in lacking))
        self.lacking = tuple(lacking)


def shares(weights: Mapping[str, int], count: int) -> dict[str, int]:
    """How many of `count` questions each topic gets: largest remainder (Hare quota), ties to the heavier topic, then by name.

    Args:
        weights: not negative; at least one above 0.
        count: of questions, 1 and more.

    Raises:
        ValueError: no weight above 0, one below, no question.
    """
    whole = sum(weights.values())
    if whole <= 0 or min(weights.values()) < 0 or count < 1:
        raise ValueError(weights)
    exact = {topic: Fraction(count * weight, whole) for topic, weight in weights.items()}
    given = {topic: int(share) for topic, share in exact.items()}
    order = sorted(weights, key=lambda topic: (given[topic] - exact[topic], -weights[topic], topic))
    for topic in order[: count - sum(given.values())]:
        given[topic] += 1
    return given


def draw(
    bank: Mapping[str, Sequence[str]], weights: Mapping[str, int], *, count: int, papers: int, seed: str
) -> list[list[str]]:
    """So many papers of `count` questions each; no question stands in two.

    Args:
        bank: keys of questions by topic; a key stands once in it.
        weights: of topics; a topic without one gives nothing.
        count: questions a paper.
        papers: how many.
        seed: any text.

    Gives for each paper its keys, topics mixed.

    Raises:
        NotEnough: a topic has fewer questions than all papers need.
        ValueError: as `shares`.
    """
    wanted = shares(weights, count)
    short = [
        Lacking(topic, number * papers, len(bank.get(topic, ())))
        for topic, number in sorted(wanted.items())
        if number * papers > len(bank.get(topic, ()))
    ]
    if short:
        raise NotEnough(short)
    drawn: list[list[str]] = [[] for _ in range(papers)]
    for topic, number in wanted.items():
        pile = mixed(bank.get(topic, ()), f"{seed}/{topic}")
        for index, paper in enumerate(drawn):
            paper += pile[index * number : (index + 1) * number]
    return [mixed(paper, f"{seed}/{index}") for index, paper in enumerate(drawn)]


def mixed(things: Iterable[T], seed: str) -> list[T]:
    """The things in an order that the seed alone decides; each is told apart by its text."""
    return sorted(things, key=lambda thing: hashlib.sha256(f"{seed}\x1f{thing}".encode()).digest())
