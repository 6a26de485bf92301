"""What a course's page in the office shows of lessons and their conversions, and of what a correction changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.matching import Matching, compare
from ketang.classroom.catalogue.models import Course, CourseState, Edition, Lesson
from ketang.classroom.catalogue.queries import lessons_of
from ketang.classroom.learning.models import Progress
from ketang.classroom.renditions.models import Conversion, ConversionState, Purpose, Rendition
from ketang.classroom.renditions.queries import SHEET, conversions_of, progress_of

MEANINGS = {
    CourseState.PREPARING: "quiet", CourseState.READY: "ask", CourseState.PUBLISHED: "good", CourseState.FAILED: "bad",
    CourseState.WITHDRAWN: "quiet", CourseState.TAKEN_DOWN: "warn",
}  # fmt: skip
_STATES = {
    ConversionState.WAITING: "quiet", ConversionState.MAKING: "quiet", ConversionState.DONE: "good",
    ConversionState.FAILED: "warn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownLesson:
    """A lesson with what was made of its medium."""

    lesson: Lesson
    conversion: Conversion | None
    renditions: Sequence[Rendition]
    sheet: Rendition | None
    progress: dict[str, int]

    @property
    def meaning(self) -> str:
        """How its state is coloured."""
        return _STATES[ConversionState(self.conversion.state)] if self.conversion is not None else "quiet"

    @property
    def made(self) -> str:
        """What was made, in a line."""
        words = [f"{one.name} {one.width}×{one.height}" if one.width else _("只听声音") for one in self.renditions]
        if self.conversion is not None and self.conversion.gain_db:
            words.append(_("响度 %(gain)+.1f 分贝") % {"gain": self.conversion.gain_db})
        return " · ".join(words)

    @property
    def needs(self) -> bool:
        """Whether browsers play only what is made of it."""
        return bool(self.lesson.media_id) and not self.lesson.content_type

    @property
    def is_failed(self) -> bool:
        """Whether it may be tried once more."""
        return self.conversion is not None and self.conversion.state == ConversionState.FAILED


def lessons_shown(edition: Edition) -> list[ShownLesson]:
    """Its lessons in order."""
    lessons = lessons_of(edition)
    found = conversions_of({one.media_id for one in lessons if one.media_id})
    return [_shown(lesson, found.get(lesson.media_id or "")) for lesson in lessons]


def _shown(lesson: Lesson, conversion: Conversion | None) -> ShownLesson:
    made = list(conversion.renditions.all()) if conversion is not None else []
    sheet = next((one for one in made if one.name == SHEET), None)
    going = progress_of(conversion) if conversion is not None else {}
    return ShownLesson(lesson, conversion, [one for one in made if one.name != SHEET], sheet, going)


def conversions_left(edition: Edition) -> tuple[int, int]:
    """How many of the edition's films and recordings are still to be converted, and of how many."""
    lessons = lessons_of(edition)
    media = {one.media_id for one in lessons if one.media_id}
    signs = {one.sign_id for one in lessons if one.sign_id}
    found = [*conversions_of(media).values(), *conversions_of(signs, Purpose.SIGN).values()]
    return sum(not one.is_over for one in found), len(found)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a correction changes for who learns: lessons that go on, new ones, and those gone with how many have studied them."""

    kept: int
    new: Sequence[Lesson]
    gone: Sequence[tuple[Lesson, int]]


def changes_of(course: Course, coming: Edition) -> Changes | None:
    """Against what the course shows; None where it shows nothing yet, or nothing is unpacked."""
    later = lessons_of(coming)
    if course.current is None or not later:
        return None
    found: Matching = compare(lessons_of(course.current), later)
    threads = [lesson.thread for lesson in found.gone]
    rows = Progress.objects.filter(course=course, thread__in=threads).values("thread").annotate(count=Count("account"))
    studied = {row["thread"]: row["count"] for row in rows}
    return Changes(len(found.kept), found.new, [(one, studied.get(one.thread, 0)) for one in found.gone])


def counted(lessons: Sequence[ShownLesson]) -> str:
    """How many of which kind."""
    kinds = Counter(str(one.lesson.get_kind_display()) for one in lessons)
    return " · ".join(f"{kind} {count}" for kind, count in kinds.items())
