"""Reading courses."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import Course, CourseState, Edition, EditionState, Lesson
from ketang.classroom.catalogue.needs import needs_of
from ketang.classroom.catalogue.searched import CatalogueEntry
from ketang.classroom.renditions.models import Conversion
from ketang.classroom.renditions.queries import conversions_of
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.selection.awarding.models import Decision


def public_courses() -> QuerySet[Course]:
    """What anybody may see; `finding` lists it."""
    return Course.objects.filter(state=CourseState.PUBLISHED)


def newest_lesson() -> Lesson | None:
    """The first film of the course that was published last; None while there is none."""
    films = Lesson.objects.filter(edition__current_of__state=CourseState.PUBLISHED, poster__isnull=False)
    newest = ("-edition__current_of__published_at", "-edition__current_of", "order")
    return films.select_related("edition__current_of").order_by(*newest).first()


def all_courses(words: str = "", state: str = "") -> QuerySet[Course]:
    """Every course for the office, the newest first; with all the words in title, supplier, introduction or lessons, in one state."""
    found = Course.objects.select_related("decision__submission").order_by("-id")
    for word in words.split():
        known = Q(title__icontains=word) | Q(supplier__icontains=word) | Q(words__icontains=word)
        found = found.filter(known | Q(decision__submission__number__icontains=word))
    return found.filter(state=state) if state else found


def editions_of(course: Course) -> list[Edition]:
    """Every edition, the newest first, with the checks of those that the office put in."""
    return list(course.editions.select_related("check_of", "version").order_by("-number"))


def on_its_way(course: Course) -> Edition | None:
    """The newest edition that may still be shown, or that could not be prepared, if it is newer than what is shown."""
    found = course.editions.select_related("check_of", "version", "course").order_by("-number").first()
    return found if found is not None and (found.is_on_its_way or found.state == EditionState.FAILED) else None


def unproven(edition: Edition) -> str:
    """Why the check of a package that the office put in does not carry it; empty when it does, and for what was selected."""
    check = edition.check_of
    if check is None:
        return ""
    if not check.is_done:
        return _("课程包的检查还没有完成。仍要发布，请写明理由。")
    if check.errors:
        return _("检查发现 %(count)s 个必须改的问题。仍要发布，请写明理由。") % {"count": check.errors}
    return ""


def holds(digest: str) -> bool:
    """Whether these bytes are the package of an edition."""
    return Edition.objects.filter(digest=digest).exists()


def conversion_of(lesson: Lesson) -> Conversion | None:
    """The newest conversion of its medium."""
    return conversions_of([lesson.media_id]).get(lesson.media_id) if lesson.media_id else None


def course_of(decision: Decision | None) -> Course | None:
    """The course that was made of a decision."""
    return Course.objects.filter(decision=decision).first() if decision is not None else None


def lessons_of(course: Course | Edition) -> list[Lesson]:
    """Its lessons in order, without their words."""
    return list(course.lessons.defer("transcript", "text").order_by("order"))


def needs_shown(course: Course | Edition) -> list[str]:
    """Which needs it meets (`Need`): of a listed course as the catalogue has it, of an edition before that told from its lessons."""
    if isinstance(course, Course):
        return next(iter(CatalogueEntry.objects.filter(course=course).values_list("needs", flat=True)), [])
    return [str(need) for need in needs_of(course, list(course.lessons.order_by("order")))]


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
