"""What a learner reads after an exam."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from ketang.classroom.exams.answers import latest
from ketang.classroom.exams.models import (
    AnswerKey,
    Appeal,
    Attempt,
    Cause,
    Marking,
    Paper,
    Place,
    Question,
    QuestionKind,
)
from ketang.classroom.exams.queries import marking_of, places_of
from ketang.people.account.models import Account


@dataclass(frozen=True, slots=True)
class Row:
    """A question with what was chosen, what is right and what it was worth. Options stand in the paper's own order."""

    place: Place
    chosen: Sequence[str]
    worth: Decimal
    key: AnswerKey
    appeal: Appeal | None = None

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.place.question

    @property
    def state(self) -> str:
        """`right`, `part`, `wrong`, `none` (left out) or `void`."""
        if self.key.is_void:
            return "void"
        if not self.chosen:
            return "none"
        return "right" if self.worth == self.place.points else "part" if self.worth else "wrong"

    @property
    def options(self) -> list[tuple[str, str, bool, bool]]:
        """Letter, words, whether it was chosen, whether it is right; no letter where there is none to name."""
        named = self.question.kind != QuestionKind.TRUE_FALSE
        return [
            (letter if named else "", words, letter in self.chosen, letter in self.key.right)
            for letter, words in self.question.lettered
        ]


@dataclass(frozen=True, slots=True)
class Result:
    """An attempt that is over. `before` are the marks that a corrected key has changed and that were not seen since."""

    marking: Marking
    rows: Sequence[Row]
    before: Marking | None

    @property
    def right(self) -> int:
        """Questions with all their points."""
        return sum(row.state in ("right", "void") for row in self.rows)


def of(attempt: Attempt) -> Result:
    """The result of an attempt that is over, under the marks that count."""
    marks = sorted(attempt.markings.all(), key=lambda one: one.number)
    marking = marks[-1]
    counts = latest(attempt.entries.order_by("number"))
    appeals = {one.place_id: one for one in attempt.appeals.all()}
    rows = []
    for place in places_of(attempt.paper):
        entry = counts.get(place.pk)
        number = marking.keys.get(str(place.question_id), 1)
        key = next(one for one in place.question.keys.all() if one.number == number)
        rows.append(
            Row(
                place, entry.chosen if entry else (), Decimal(marking.points[str(place.pk)]), key, appeals.get(place.pk)
            )
        )
    return Result(marking, rows, before_of(marks))


def before_of(marks: Sequence[Marking]) -> Marking | None:
    """Of markings in order: the one that the learner knows, when a corrected key has changed its points and they have not seen that yet."""
    if not marks or marks[-1].seen_at is not None or marks[-1].cause != Cause.CORRECTED:
        return None
    known = next((one for one in reversed(marks) if one.seen_at is not None), marks[0])
    return known if known.points != marks[-1].points else None


@dataclass(frozen=True, slots=True)
class Changed:
    """A result that a corrected key has changed and that its learner has not read since."""

    attempt: Attempt
    before: Marking
    marking: Marking


def changed_of(account: Account) -> list[Changed]:
    """Somebody's results that changed and were not read since, the latest change first. Two queries."""
    unread = Marking.objects.filter(cause=Cause.CORRECTED, seen_at=None).values("attempt")
    found = Attempt.objects.filter(account=account, pk__in=unread).select_related("paper", "course")
    rows = []
    for attempt in found.prefetch_related("markings"):
        marks = sorted(attempt.markings.all(), key=lambda one: one.number)
        if (before := before_of(marks)) is not None:
            rows.append(Changed(attempt, before, marks[-1]))
    return sorted(rows, key=lambda one: one.marking.at, reverse=True)


def see(attempt: Attempt) -> None:
    """The learner has read the result. Effects: `seen_at` of the marks that count, and of appeals that were answered."""
    attempt.appeals.filter(answered_at__isnull=False, seen_at=None).update(seen_at=timezone.now())
    marking = marking_of(attempt)
    if marking is not None and marking.seen_at is None:
        Marking.objects.filter(pk=marking.pk, seen_at=None).update(seen_at=timezone.now())


def kinds_of(paper: Paper) -> list[tuple[str, int]]:
    """How many questions of which kind a paper asks, in words."""
    counts = Counter(paper.places.values_list("question__kind", flat=True))
    return [(str(kind.label), counts[kind.value]) for kind in QuestionKind if counts[kind.value]]
