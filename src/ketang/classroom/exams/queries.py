"""Papers of a course, its bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from ketang.classroom.catalogue.models import Course, Edition
from ketang.classroom.exams.models import Paper, Place, Question
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


def reading_waits(edition: Edition) -> bool:
    """Whether its papers are being read."""
    return Job.objects.filter(key=reading_key(edition), state__in=UNFINISHED).exists()


def reading_key(edition: Edition) -> str:
    """The key under which its papers are read at most once at a time."""
    return f"exams.read:{edition.uuid}"
