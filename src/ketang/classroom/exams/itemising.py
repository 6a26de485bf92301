"""Item analysis by classical test theory. Pure: it knows people as rows of answers, and nobody's name.

Measures, with their sources:

- Difficulty *p*: the mean share of a question's points (Crocker & Algina 1986, *Introduction to Classical and Modern Test Theory*,
  ch. 5). 1 is easy.
- Discrimination *r*: the product-moment correlation of a question's points with the points of all other questions, i.e. the
  point-biserial corrected for the question itself (Henrysson 1963, *Psychometrika* 28:211).
- Discrimination *D*: difference of *p* between the best and the weakest 27 % of all people (Kelley 1939, *Journal of Educational
  Psychology* 30:17). Who is tied at a group's border belongs to it in part, so that no order of people decides.
- Each option: its share of all people and of both groups, and the correlation of choosing it with the points of all other
  questions (Attali & Fraenkel 2000, *Journal of Educational Measurement* 37:77).

Under independence the variance of a correlation over all permutations is 1/(n-1) exactly (Pitman 1937), so `r·√(n-1)` is compared
with the normal distribution; words are said from `CERTAIN` on alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

LEAST_PEOPLE = 10
"""Below, nothing is worked out: neither is it worth anything, nor may it be shown."""
PART = 0.27
CERTAIN = 1.645
"""By chance a correlation is so many standard deviations above 0 in 5 of 100 cases."""
EASY, FEW = 0.95, 0.05
"""From the one on a question tells nobody apart; an option that fewer choose than the other does no work (Haladyna & Downing 1993)."""
WEAK = 0.2
"""Of D: below, a question is to be rewritten (Ebel & Frisbie 1991, *Essentials of Educational Measurement*, ch. 13)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question as it was asked: what may be chosen, what is right, its points above 0; `several` may be chosen, or one."""

    letters: Sequence[str]
    right: Collection[str]
    points: float
    several: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody chose of a question, and the points for it."""

    chosen: Collection[str]
    points: float


class Doubt(StrEnum):
    """What is odd about a question, the gravest first."""

    OTHER_RIGHT = "other"
    """A wrong option is chosen by the best more than a right one, and surely by who does well elsewhere."""
    REVERSED = "reversed"
    """Who does well elsewhere surely does worse here."""
    HARD = "hard"
    """Surely fewer answer rightly than would by choosing blindly."""
    EASY = "easy"
    WEAK = "weak"


KEY_DOUBTS = frozenset({Doubt.OTHER_RIGHT, Doubt.REVERSED, Doubt.HARD})
"""Those in which the key itself may be wrong."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option: shares from 0 to 1, and the correlation; None where there is none, for all or nobody chose it."""

    letter: str
    is_right: bool
    share: float
    upper: float
    lower: float
    correlation: float | None

    @property
    def is_idle(self) -> bool:
        """Whether it is wrong and hardly anybody chooses it."""
        return not self.is_right and self.share < FEW


@dataclass(frozen=True, slots=True)
class Analysis:
    """A question's measures. `left_out` is the share of people who chose nothing; `suspect` the option that may be right (`OTHER_RIGHT`)."""

    difficulty: float
    correlation: float | None
    index: float
    left_out: float
    options: Sequence[Option]
    doubts: Sequence[Doubt]
    suspect: str = ""


def analyse(items: Sequence[Item], people: Sequence[Sequence[Answer]]) -> list[Analysis]:
    """Measures of each question.

    Args:
        items: of one paper.
        people: one row of answers a person, in the order of `items`; `LEAST_PEOPLE` at least.

    Raises:
        ValueError: fewer people.
    """
    if len(people) < LEAST_PEOPLE:
        raise ValueError(f"{len(people)} people")
    totals = [sum(answer.points for answer in row) for row in people]
    upper, lower = tails(totals)
    found = []
    for place, item in enumerate(items):
        answers = [row[place] for row in people]
        rest = [total - answer.points for total, answer in zip(totals, answers, strict=True)]
        found.append(_analyse(item, answers, rest, upper, lower))
    return found


def tails(totals: Sequence[float]) -> tuple[list[float], list[float]]:
    """How far each person belongs to the best and to the weakest 27 %: 0 to 1, in all that number, rounded, at least one."""
    size = max(1, round(PART * len(totals)))

    def part(of: Sequence[float]) -> list[float]:
        edge = sorted(of, reverse=True)[size - 1]
        above = sum(one > edge for one in of)
        at = sum(one == edge for one in of)
        return [1.0 if one > edge else (size - above) / at if one == edge else 0.0 for one in of]

    return part(totals), part([-one for one in totals])


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's product-moment correlation; None where one of them is the same for all."""
    n = len(first)
    means = sum(first) / n, sum(second) / n
    a, b = [one - means[0] for one in first], [one - means[1] for one in second]
    spread = sqrt(sum(one * one for one in a) * sum(one * one for one in b))
    return sum(x * y for x, y in zip(a, b, strict=True)) / spread if spread > 1e-9 else None


def _analyse(
    item: Item, answers: Sequence[Answer], rest: Sequence[float], upper: Sequence[float], lower: Sequence[float]
) -> Analysis:
    worth = [answer.points / item.points for answer in answers]
    options = []
    for letter in item.letters:
        chose = [float(letter in answer.chosen) for answer in answers]
        shares = (sum(chose) / len(chose), _within(chose, upper), _within(chose, lower))
        options.append(Option(letter, letter in item.right, *shares, correlation(chose, rest)))
    p, r = sum(worth) / len(worth), correlation(worth, rest)
    index = _within(worth, upper) - _within(worth, lower)
    doubts, suspect = _doubts(item, p, r, index, options, len(answers))
    left_out = sum(not answer.chosen for answer in answers) / len(answers)
    return Analysis(p, r, index, left_out, options, doubts, suspect)


def _within(values: Sequence[float], group: Sequence[float]) -> float:
    """The mean of those in a group, each as far as they belong to it."""
    return sum(value * part for value, part in zip(values, group, strict=True)) / sum(group)


def _doubts(
    item: Item, p: float, r: float | None, index: float, options: Sequence[Option], people: int
) -> tuple[list[Doubt], str]:
    root = sqrt(people - 1)
    found: list[Doubt] = []
    weakest = min((one.upper for one in options if one.is_right), default=1.0)
    drawn = [
        one for one in options
        if not one.is_right and one.upper > weakest and one.correlation is not None and one.correlation * root > CERTAIN
    ]  # fmt: skip
    suspect = max(drawn, key=lambda one: one.upper).letter if drawn else ""
    if suspect:
        found.append(Doubt.OTHER_RIGHT)
    if r is not None and r * root < -CERTAIN:
        found.append(Doubt.REVERSED)
    blind = blind_chance(item)
    if blind and p < blind - CERTAIN * sqrt(blind * (1 - blind) / people):
        found.append(Doubt.HARD)
    if p >= EASY:
        found.append(Doubt.EASY)
    elif index < WEAK and not found:
        found.append(Doubt.WEAK)
    return found, suspect


def blind_chance(item: Item) -> float:
    """The chance of a right answer by choosing one option blindly; 0 where several are to be chosen."""
    return 0.0 if item.several else len(item.right) / len(item.letters)
