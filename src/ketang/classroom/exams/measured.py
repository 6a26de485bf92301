"""Item statistics of a paper: everybody's first attempt at it, under the keys of now. Who sat it a second time has read the explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ketang.classroom.exams.itemising import KEY_DOUBTS, LEAST_PEOPLE, Analysis, Answer, Item, Option, analyse
from ketang.classroom.exams.marking import Multiple, mark
from ketang.classroom.exams.models import Attempt, Entry, Paper, Place, Question, QuestionKind
from ketang.classroom.exams.queries import places_of


@dataclass(frozen=True, slots=True)
class Measured:
    """A question of a paper with its measures."""

    place: Place
    analysis: Analysis

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.place.question

    @property
    def options(self) -> list[tuple[Option, str]]:
        """Options with their words."""
        return [(one, self.question.words_of(one.letter)) for one in self.analysis.options]

    @property
    def is_suspicious(self) -> bool:
        """Whether its key may be wrong."""
        return bool(KEY_DOUBTS.intersection(self.analysis.doubts))

    @property
    def suspect(self) -> str:
        """The option that may be right, letter and words; empty for none."""
        letter, kind = self.analysis.suspect, self.question.kind
        if not letter:
            return ""
        words = self.question.words_of(letter)
        return words if kind == QuestionKind.TRUE_FALSE else f"{letter}. {words}"


@dataclass(frozen=True, slots=True)
class Measures:
    """Of a paper. `rows` is empty and `people` None while fewer than `LEAST_PEOPLE` have sat it: how many is not told either.

    `void` are questions that count nothing and are not measured.
    """

    people: int | None
    rows: Sequence[Measured]
    void: Sequence[Place]

    @property
    def suspicious(self) -> list[Measured]:
        """Questions whose key may be wrong."""
        return [one for one in self.rows if one.is_suspicious]


def measures_of(paper: Paper) -> Measures:
    """Four queries, however many have sat it."""
    places = list(places_of(paper))
    void = [place for place in places if place.question.key.is_void]
    asked = [place for place in places if not place.question.key.is_void]
    first: dict[int, int] = {}
    over = Attempt.objects.filter(paper=paper, submitted_at__isnull=False).order_by("begun_at", "pk")
    for account, attempt in over.values_list("account", "pk"):
        first.setdefault(account, attempt)
    if len(first) < LEAST_PEOPLE or not asked:
        return Measures(None, (), void)
    chosen: dict[int, dict[int, list[str]]] = {attempt: {} for attempt in first.values()}
    lines = Entry.objects.filter(attempt__paper=paper, attempt__submitted_at__isnull=False, stands=True)
    for attempt, place, letters in (
        lines.order_by("attempt", "number").values_list("attempt", "place", "chosen").iterator()
    ):
        if attempt in chosen:
            chosen[attempt][place] = letters  # the last one that stands counts
    keys = {place.pk: place.question.key.asked(place.points) for place in asked}
    people = []
    for answers in chosen.values():
        worth = mark(keys, answers, Multiple(paper.multiple)).points
        people.append([Answer(answers.get(place.pk, ()), float(worth[place.pk])) for place in asked])
    items = [
        Item(place.question.letters, keys[place.pk].right, float(place.points), place.question.kind == QuestionKind.MULTIPLE)
        for place in asked
    ]  # fmt: skip
    rows = [Measured(place, found) for place, found in zip(asked, analyse(items, people), strict=True)]
    return Measures(len(people), rows, void)
