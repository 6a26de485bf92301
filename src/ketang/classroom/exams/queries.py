"""Papers of a course, its bank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from ketang.classroom.catalogue.models import Course, Edition
from ketang.classroom.exams.answers import latest
from ketang.classroom.exams.models import Appeal, Attempt, Entry, Marking, Paper, Place, Question, QuestionKind
from ketang.classroom.exams.shuffling import shown_order
from ketang.people.account.models import Account
from ketang.platform.queue.models import UNFINISHED, Job


def papers_of(edition: Edition) -> list[Paper]:
    """Every paper of an edition in order, with the number of its questions as `asks`."""
    return list(edition.papers.annotate(asks=Count("places")).order_by("number"))


def open_papers(course: Course) -> list[Paper]:
    """Papers that may be sat: those of the edition that is public."""
    if not course.is_published or course.current is None:
        return []
    return list(course.current.papers.filter(is_open=True).annotate(asks=Count("places")).order_by("number"))


def places_of(paper: Paper) -> QuerySet[Place]:
    """Its questions in order, with their keys."""
    return paper.places.select_related("question").prefetch_related("question__keys").order_by("order")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the bank: its questions, each once however many papers ask it. `name` is empty for those without."""

    name: str
    questions: Sequence[Question]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.questions)


def bank_of(edition: Edition) -> list[Topic]:
    """The questions of an edition by topic, the largest first; the same question with another answer or note counts once."""
    topics: dict[str, list[Question]] = {}
    known: set[str] = set()
    for question in edition.questions.order_by("pk"):
        if question.same not in known:
            known.add(question.same)
            topics.setdefault(question.topic, []).append(question)
    return sorted((Topic(*pair) for pair in topics.items()), key=lambda one: (-one.count, one.name))


def drawable_of(edition: Edition) -> list[Topic]:
    """The bank without what a paper that is given for practice asks: everybody may know the answers. Topics with nothing left are not there."""
    known = set(
        Question.objects.filter(places__paper__edition=edition, places__paper__is_practice=True).values_list(
            "same", flat=True
        )
    )
    left = [Topic(one.name, [own for own in one.questions if own.same not in known]) for one in bank_of(edition)]
    return [one for one in left if one.questions]


def reading_waits(edition: Edition) -> bool:
    """Whether its papers are being read."""
    return Job.objects.filter(key=reading_key(edition), state__in=UNFINISHED).exists()


def reading_key(edition: Edition) -> str:
    """The key under which its papers are read at most once at a time."""
    return f"exams.read:{edition.uuid}"


def attempts_of(account: Account, course: Course) -> list[Attempt]:
    """Somebody's attempts at a course's papers, the latest first, with their markings."""
    found = Attempt.objects.filter(account=account, course=course).select_related("paper")
    return list(found.prefetch_related("markings").order_by("-begun_at", "-pk"))


def unfinished_of(account: Account) -> list[Attempt]:
    """What somebody has begun and not handed in, of any course, the latest first."""
    found = Attempt.objects.filter(account=account, submitted_at=None).select_related("paper", "course")
    return list(found.order_by("-begun_at", "-pk"))


def marking_of(attempt: Attempt) -> Marking | None:
    """The marks that count; None before it was handed in."""
    return max(attempt.markings.all(), key=lambda one: one.number, default=None)


def passed(account: Account, course: Course) -> Attempt | None:
    """The attempt with most points that passed a paper of the course, by the keys of now; None while none has."""
    over = [(one, marking_of(one)) for one in attempts_of(account, course) if one.is_over]
    good = [(one, marking) for one, marking in over if marking is not None and marking.passed]
    return max(good, key=lambda pair: pair[1].total / pair[0].paper.total, default=(None, None))[0]


def who_passed(course: Course, accounts: Iterable[Account]) -> set[int]:
    """Keys of those of these accounts who passed a paper of the course, by the keys of now. One query."""
    newest = Marking.objects.filter(attempt=OuterRef("pk")).order_by("-number").values("passed")[:1]
    over = Attempt.objects.filter(course=course, account__in=accounts, submitted_at__isnull=False)
    return set(over.annotate(good=Subquery(newest)).filter(good=True).values_list("account", flat=True))


def results_of(course: Course) -> Iterator[tuple[Attempt, Marking]]:
    """Attempts at a course's papers that are over, in the order in which they were handed in, with the marks that count."""
    found = Attempt.objects.filter(course=course, submitted_at__isnull=False).select_related("account", "paper")
    for one in found.prefetch_related("markings").order_by("submitted_at", "pk").iterator(chunk_size=500):
        if (marking := marking_of(one)) is not None:
            yield one, marking


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one attempt asks it: options in the attempt's order, and what counts of its log."""

    place: Place
    options: Sequence[tuple[str, str]]
    entry: Entry | None

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.place.question

    @property
    def chosen(self) -> Sequence[str]:
        """Letters that were chosen."""
        return self.entry.chosen if self.entry is not None else ()

    @property
    def is_flagged(self) -> bool:
        """Whether to come back to it."""
        return self.entry is not None and self.entry.flagged


def asked_in(attempt: Attempt) -> list[Asked]:
    """The questions of an attempt in order."""
    counts = latest(attempt.entries.order_by("number"))
    return [_asked(attempt, place, counts.get(place.pk)) for place in places_of(attempt.paper)]


def _asked(attempt: Attempt, place: Place, entry: Entry | None) -> Asked:
    question = place.question
    letters = question.letters
    if question.kind != QuestionKind.TRUE_FALSE:
        seed = f"{attempt.seed}/{place.order}"
        letters = shown_order(letters, stem=question.stem, options=question.options, seed=seed)
    return Asked(place, [(letter, question.words_of(letter)) for letter in letters], entry)


def every_appeal(*, waiting: bool | None = None) -> QuerySet[Appeal]:
    """Appeals for the office, those without an answer first, by the day on which they are due."""
    found = Appeal.objects.select_related("place__question", "attempt__paper", "attempt__course")
    if waiting is not None:
        found = found.filter(answered_at__isnull=waiting)
    return found.order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk")


def unread_answers(account: Account) -> list[Appeal]:
    """Somebody's appeals whose answer they have not read yet, the latest answer first."""
    found = Appeal.objects.filter(attempt__account=account, answered_at__isnull=False, seen_at=None)
    return list(found.select_related("place", "attempt__paper", "attempt__course").order_by("-answered_at", "-pk"))


def appeals_waiting() -> int:
    """How many have no answer yet."""
    return Appeal.objects.filter(answered_at=None).count()
