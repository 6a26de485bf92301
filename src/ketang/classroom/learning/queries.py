"""What somebody has studied, by course, lesson and class of content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kebao.model.location import clock
from kebao.text.measures import hours_floored
from ketang.classroom.catalogue.lengths import ContentClass
from ketang.classroom.catalogue.models import Course, Lesson
from ketang.classroom.learning.models import Progress
from ketang.people.account.models import Account

CLASSES: Mapping[str, str | Promise] = {
    ContentClass.ETHICS.value: _("职业素养"), ContentClass.THEORY.value: _("理论和演示"),
    ContentClass.PRACTICE.value: _("实操"), ContentClass.OTHER.value: _("没有注明类别"),
}  # fmt: skip
"""Classes of content in words, in the order in which they are shown."""


def hours(milliseconds: int) -> Decimal:
    """学时, floored to a tenth."""
    return hours_floored(Fraction(milliseconds, 1000))


@dataclass(frozen=True, slots=True)
class StudiedLesson:
    """A lesson of a course as it stands for somebody."""

    lesson: Lesson
    counted_ms: int = 0
    place_ms: int = 0
    finished_at: datetime | None = None
    studied_at: datetime | None = None

    @property
    def minutes(self) -> int:
        """Whole minutes that count."""
        return self.counted_ms // 60_000

    @property
    def of_minutes(self) -> int:
        """Its length in minutes; one at least."""
        return max(1, round(self.lesson.counts_ms / 60_000))

    @property
    def share(self) -> int:
        """How much of it counts, of a hundred; a hundred only when all does."""
        length = self.lesson.counts_ms
        return min(100, self.counted_ms * 100 // length) if length else 0

    @property
    def place(self) -> str:
        """Where its medium was left; empty at the beginning and near the end."""
        return clock(Fraction(self.place_ms // 1000)) if 5000 <= self.place_ms <= self.lesson.counts_ms - 5000 else ""

    @property
    def place_seconds(self) -> int:
        """The same in seconds."""
        return self.place_ms // 1000


@dataclass(frozen=True, slots=True)
class StudiedCourse:
    """A course somebody has begun. `by_class` counts lessons of former editions, too: what was earned stays."""

    course: Course
    lessons: Sequence[StudiedLesson]
    by_class: Mapping[str, int] = field(default_factory=dict)
    studied_at: datetime | None = None

    @property
    def counted_ms(self) -> int:
        """All that counts."""
        return sum(self.by_class.values())

    @property
    def hours(self) -> Decimal:
        """学时."""
        return hours(self.counted_ms)

    @property
    def of_hours(self) -> Decimal:
        """学时 of the whole course."""
        return hours(sum(one.lesson.counts_ms for one in self.lessons))

    @property
    def finished(self) -> int:
        """Lessons that are finished."""
        return sum(1 for one in self.lessons if one.finished_at)

    @property
    def rows(self) -> list[tuple[str, Decimal]]:
        """学时 by class of content, in words; classes with nothing are left out."""
        return class_rows(self.by_class)

    @property
    def next(self) -> StudiedLesson | None:
        """Where to go on: the lesson studied last, unless it is finished; then the first that is not. None when all are."""
        left = [one for one in self.lessons if not one.finished_at]
        begun = [one for one in left if one.studied_at and one.studied_at == self.studied_at]
        return begun[0] if begun else left[0] if left else None


def class_rows(by_class: Mapping[str, int]) -> list[tuple[str, Decimal]]:
    """学时 by class of content, in words."""
    return [(str(words), hours(by_class[name])) for name, words in CLASSES.items() if by_class.get(name)]


def sum_by_class(rows: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Milliseconds of all together."""
    found: dict[str, int] = {}
    for row in rows:
        for name, amount in row.items():
            found[name] = found.get(name, 0) + amount
    return found


def progress_on(account: Account, lesson: Lesson) -> Progress | None:
    """What somebody has done of a lesson."""
    found = Progress.objects.filter(account=account, course=lesson.edition.course_id, thread=lesson.thread)
    return found.first()


def studied_courses(account: Account) -> list[StudiedCourse]:
    """Every course that somebody has begun, the latest first. Two queries, however many."""
    progress = Progress.objects.filter(account=account).select_related("course").order_by("-studied_at", "-pk")
    return _courses(list(progress))


def studied_course(account: Account, course: Course) -> StudiedCourse:
    """One course, begun or not."""
    found = list(Progress.objects.filter(account=account, course=course).order_by("-studied_at", "-pk"))
    for row in found:
        row.course = course
    return _courses(found)[0] if found else StudiedCourse(course, [StudiedLesson(one) for one in _lessons([course])])


def _lessons(courses: Iterable[Course]) -> QuerySet[Lesson]:
    """Lessons of current editions, in order, without their words."""
    editions = [course.current_id for course in courses if course.current_id]
    wanted = ("edition", "thread", "order", "chapter", "title", "kind", "counts_ms", "seconds")
    return Lesson.objects.filter(edition__in=editions).only(*wanted).order_by("edition", "order")


def _courses(progress: Sequence[Progress]) -> list[StudiedCourse]:
    courses: dict[int, Course] = {}
    rows: dict[int, dict[UUID, Progress]] = {}
    for row in progress:
        courses.setdefault(row.course_id, row.course)
        rows.setdefault(row.course_id, {})[row.thread] = row
    lessons: dict[int, list[Lesson]] = {}
    for lesson in _lessons(courses.values()):
        lessons.setdefault(lesson.edition_id, []).append(lesson)
    return [
        StudiedCourse(
            course=course,
            lessons=[_lesson(one, rows[key].get(one.thread)) for one in lessons.get(course.current_id or 0, [])],
            by_class=sum_by_class(_ints(row.by_class) for row in rows[key].values()),
            studied_at=max(row.studied_at for row in rows[key].values()),
        )
        for key, course in courses.items()
    ]


def _ints(by_class: Mapping[str, Any]) -> dict[str, int]:
    return {name: int(amount) for name, amount in by_class.items()}


def _lesson(lesson: Lesson, row: Progress | None) -> StudiedLesson:
    if row is None:
        return StudiedLesson(lesson)
    return StudiedLesson(lesson, row.counted_ms, row.place_ms, row.finished_at, row.studied_at)
