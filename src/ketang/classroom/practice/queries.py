"""What somebody may practise, what comes next, and the book of what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.answers import chosen_of, latest
from ketang.classroom.exams.marking import Multiple, points_for
from ketang.classroom.exams.models import Attempt, Entry, Place, Question, QuestionKind
from ketang.classroom.exams.shuffling import shown_order
from ketang.classroom.practice.booking import Standing, standing
from ketang.classroom.practice.models import Tried
from ketang.people.account.models import Account


def practisable(account: Account, course: Course) -> list[Question]:
    """Questions of what a course shows now that somebody may practise, each once, with their keys.

    Those of a paper that they have handed in, for they have read its explanations; and those of a paper that the office has given
    for practice, unless an exam of this edition that they have not handed in asks the same, open or not. Void ones are left out.
    Four queries.
    """
    if not course.is_published or course.current is None:
        return []
    over = Attempt.objects.filter(account=account, course=course, submitted_at__isnull=False)
    papers = set(over.values_list("paper", flat=True))
    read = set(Question.objects.filter(places__paper__in=papers).values_list("same", flat=True))
    places = Place.objects.filter(paper__edition=course.current).select_related("paper", "question")
    given, kept = set(), set()
    questions: dict[str, Question] = {}
    for place in places.order_by("question").prefetch_related("question__keys"):
        same = place.question.same
        questions.setdefault(same, place.question)
        if place.paper.is_practice:
            given.add(same)
        elif place.paper_id not in papers:
            kept.add(same)
    found = [one for same, one in questions.items() if same in read or same in given - kept]
    return [one for one in found if not one.key.is_void]


def is_right(question: Question, chosen: Sequence[str]) -> bool:
    """Whether an answer is wholly right by the key of now; a void question is."""
    return points_for(question.key.asked(Decimal(1)), chosen, Multiple.WHOLE) == 1


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to a question, in an exam or while practising."""

    question: Question
    chosen: Sequence[str]
    at: datetime

    @property
    def is_right(self) -> bool:
        """By the key of now."""
        return is_right(self.question, self.chosen)


def answers_of(account: Account, course: Course) -> dict[str, list[Answered]]:
    """Every answer of somebody to questions of a course by the question's key (`same`), in order of time; what an exam left out is one, too.

    Of exams those alone that were handed in. Six queries.
    """
    over = Attempt.objects.filter(account=account, course=course, submitted_at__isnull=False)
    attempts = list(over.order_by("submitted_at", "pk"))
    logs: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(attempt__in=attempts).order_by("attempt", "number"):
        logs.setdefault(entry.attempt_id, []).append(entry)
    of_paper: dict[int, list[Place]] = {}
    asked = Place.objects.filter(paper__in={one.paper_id for one in attempts}).select_related("question")
    for place in asked.prefetch_related("question__keys").order_by("paper", "order"):
        of_paper.setdefault(place.paper_id, []).append(place)
    rows: list[Answered] = []
    for attempt in attempts:
        chosen = chosen_of(latest(logs.get(attempt.pk, ())))
        at = attempt.submitted_at
        assert at is not None  # noqa: S101 - asked for
        rows += [Answered(place.question, chosen.get(place.pk, ()), at) for place in of_paper.get(attempt.paper_id, ())]
    tried = Tried.objects.filter(account=account, course=course).select_related("question")
    rows += [Answered(one.question, one.chosen, one.at) for one in tried.prefetch_related("question__keys")]
    found: dict[str, list[Answered]] = {}
    for row in sorted(rows, key=lambda one: one.at):
        found.setdefault(row.question.same, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class Wrong:
    """A question in the book: its newest row, the answer that went wrong last, and how it stands."""

    question: Question
    last: Answered
    standing: Standing


def book_of(answers: dict[str, list[Answered]]) -> list[Wrong]:
    """What stands in the book by answers of `answers_of`, what went wrong last first. Void questions never do."""
    found = []
    for rows in answers.values():
        question = max((one.question for one in rows), key=lambda one: one.pk)
        stands = standing(one.is_right for one in rows)
        if stands.is_in and not question.key.is_void:
            found.append(Wrong(question, [one for one in rows if not one.is_right][-1], stands))
    return sorted(found, key=lambda one: (one.last.at, one.question.pk), reverse=True)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of what may be practised: how many questions, how many were answered, how many stand in the book. `name` is empty for those without."""

    name: str
    count: int
    answered: int
    wrong: int


def topics_of(questions: Iterable[Question], answers: dict[str, list[Answered]]) -> list[Topic]:
    """Questions by topic, the largest first."""
    topics: dict[str, list[Question]] = {}
    for one in questions:
        topics.setdefault(one.topic, []).append(one)
    wrong = {one.question.same for one in book_of(answers)}
    found = [
        Topic(name, len(rows), sum(one.same in answers for one in rows), sum(one.same in wrong for one in rows))
        for name, rows in topics.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.name))


def next_of(questions: Sequence[Question], answers: dict[str, list[Answered]], after: str = "") -> Question | None:
    """What comes next: what was never answered, in the bank's order; then what was answered longest ago. Never the same again while there is another.

    Args:
        questions: to choose from.
        answers: of `answers_of`.
        after: key of the question that was just answered.
    """
    others = [one for one in questions if one.same != after] or list(questions)

    def rank(one: Question) -> tuple[bool, float, int]:
        rows = answers.get(one.same)
        return (rows is not None, rows[-1].at.timestamp() if rows else 0.0, one.pk)

    return min(others, key=rank, default=None)


def shown_options(question: Question, account: Account, time: int) -> list[tuple[str, str]]:
    """Options in the order in which this person meets them for the `time`th time, so that a place is not learnt by heart."""
    letters = question.letters
    if question.kind != QuestionKind.TRUE_FALSE:
        seed = f"{account.login}/{question.same}/{time}"
        letters = shown_order(letters, stem=question.stem, options=question.options, seed=seed)
    return [(letter, question.words_of(letter)) for letter in letters]
