"""Reading work: a learner's own, and what waits for somebody's mark."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ketang.classroom.catalogue.models import Course, Lesson, LessonKind
from ketang.classroom.groups.models import Group
from ketang.classroom.groups.queries import centres_of
from ketang.classroom.tasks.models import Mark, Work
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import holds


def works_on(learner: Account, lesson: Lesson) -> list[Work]:
    """What somebody handed in for a task sheet, the latest first, with its files."""
    place = {"account": learner, "course": lesson.edition.course_id, "thread": lesson.thread}
    return list(Work.objects.filter(**place).prefetch_related("files").order_by("-number"))


def works_of(learner: Account) -> QuerySet[Work]:
    """All that somebody handed in, the latest first."""
    return Work.objects.filter(account=learner).select_related("course", "lesson").order_by("-sent_at", "-pk")


def unseen_marks(learner: Account) -> int:
    """Marks that somebody has not seen yet."""
    return Work.objects.filter(account=learner, seen_at=None).exclude(mark=Mark.SENT).count()


def works_for(tutor: Account, *, waiting: bool = True) -> QuerySet[Work]:
    """Work that somebody may mark: that waits, the longest first; else what was marked, the latest first. As `may_mark`."""
    found = Work.objects.select_related("account", "course", "lesson", "marked_by").exclude(account=tutor)
    if not holds(tutor, Role.CLERK, Role.ADMINISTRATOR):
        learns = {
            "enrolments__account": OuterRef("account"),
            "enrolments__left_at": None,
            "courses": OuterRef("course"),
        }
        found = found.filter(Exists(Group.objects.filter(centre__in=centres_of(tutor), closed_at=None, **learns)))
    if waiting:
        return found.filter(mark=Mark.SENT).order_by("sent_at", "pk")
    return found.exclude(mark=Mark.SENT).order_by("-marked_at", "-pk")


def sheets_of(course: Course) -> set[UUID]:
    """Threads of the task sheets that a course shows now."""
    return set(course.lessons.filter(kind=LessonKind.TASK).values_list("thread", flat=True))


def sheets_passed(course: Course, accounts: Iterable[Account], sheets: Iterable[UUID]) -> dict[int, set[UUID]]:
    """Which of these task sheets each account has passed, once and so for good, by its key. One query."""
    found: dict[int, set[UUID]] = {}
    good = Work.objects.filter(course=course, account__in=accounts, thread__in=sheets, mark=Mark.PASSED)
    for account, thread in good.values_list("account", "thread"):
        found.setdefault(account, set()).add(thread)
    return found
