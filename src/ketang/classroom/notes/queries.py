"""Reading one's own notes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.notes.models import Note
from ketang.people.account.models import Account


def notes_on(account: Account, lesson: Lesson) -> list[Note]:
    """Somebody's notes on a lesson, in the order of its time; those without a moment last."""
    found = Note.objects.filter(account=account, course=lesson.edition.course_id, thread=lesson.thread)
    return sorted(found.order_by("pk"), key=lambda one: (one.at_ms is None, one.at_ms or 0))


def notes_of(account: Account, words: str = "") -> QuerySet[Note]:
    """All of somebody's notes with all the words in them, in the course's or the lesson's title: courses by name, lessons in order."""
    found = Note.objects.filter(account=account).select_related("course", "lesson")
    for word in words.split():
        found = found.filter(
            Q(words__icontains=word) | Q(course__title__icontains=word) | Q(lesson__title__icontains=word)
        )
    return found.order_by("course__title", "course", "lesson__order", "thread", "at_ms", "pk")


def where_now(notes: Sequence[Note]) -> dict[UUID, int]:
    """Places of the notes' lessons in what their courses show now, by thread; courses that are not public, and lessons that are gone, have none. One query."""
    courses = {note.course.current_id for note in notes if note.course.is_published}
    threads = {note.thread for note in notes}
    found = Lesson.objects.filter(edition__in=courses, thread__in=threads).values_list("thread", "order")
    return dict(found)
