"""Reading courses."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from ketang.classroom.catalogue.models import Course, CourseState, Edition, EditionState, Lesson
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.selection.awarding.models import Decision


def public_courses(words: str = "") -> QuerySet[Course]:
    """What anybody may see, the newest first; with all the words in title, supplier, introduction or lessons."""
    found = Course.objects.filter(state=CourseState.PUBLISHED)
    for word in words.split():
        found = found.filter(words__icontains=word)
    return found.annotate(lesson_count=Count("current__lessons")).order_by("-published_at", "-id")


def newest_lesson() -> Lesson | None:
    """The first film of the course that was published last; None while there is none."""
    films = Lesson.objects.filter(edition__current_of__state=CourseState.PUBLISHED, poster__isnull=False)
    newest = ("-edition__current_of__published_at", "-edition__current_of", "order")
    return films.select_related("edition__current_of").order_by(*newest).first()


def all_courses() -> QuerySet[Course]:
    """Every course for the office, the newest first."""
    return Course.objects.select_related("decision__submission").order_by("-id")


def course_of(decision: Decision | None) -> Course | None:
    """The course that was made of a decision."""
    return Course.objects.filter(decision=decision).first() if decision is not None else None


def lessons_of(course: Course | Edition) -> list[Lesson]:
    """Its lessons in order, without their words."""
    return list(course.lessons.defer("transcript", "text").order_by("order"))


def progress_of(course: Course) -> dict[str, Any]:
    """`done` and `of` of the job that prepares it; empty when none runs."""
    edition = course.editions.filter(state=EditionState.PREPARING).first()
    if edition is None:
        return {}
    job = Job.objects.filter(key=job_key(edition), state__in=UNFINISHED).first()
    return dict(job.progress) if job is not None else {}


def job_key(edition: Edition) -> str:
    """The key under which the edition is prepared at most once at a time."""
    return f"catalogue.prepare:{edition.uuid}"
