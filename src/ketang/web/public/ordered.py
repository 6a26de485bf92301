"""A lesson as one text in the order of time: as a page, and as a plain file for a braille display."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.catalogue.ordered import Said, TextLine, text_of
from ketang.web.learner.part import progress_part
from ketang.web.public.course_access import shown_course, told_when_taken_down


def labels() -> dict[Said, str]:
    """What stands before a line that is not speech."""
    return {Said.SPOKEN: "", Said.SEEN: _("画面："), Said.ASKED: _("问题：")}


@require_safe
@told_when_taken_down
def page(request: HttpRequest, uuid: str, order: int) -> HttpResponse:
    """The text as a page, on which one may say that one has finished."""
    course = shown_course(request, uuid)
    lesson = get_object_or_404(course.lessons.select_related("descriptions"), order=order)
    words = labels()
    shown = {
        "course": course, "lesson": lesson, "lines": [(line, words[line.kind]) for line in text_of(lesson)],
        "progress": progress_part(request, lesson) if not course.is_preview else None,
    }  # fmt: skip
    return render(request, "web/public/lesson_text.html", shown)


@require_safe
@told_when_taken_down
def file(request: HttpRequest, uuid: str, order: int) -> HttpResponse:
    """The text as a plain file: title, supplier, then a line for each, with its time before it."""
    course = shown_course(request, uuid)
    lesson = get_object_or_404(course.lessons.select_related("descriptions"), order=order)
    answer = HttpResponse(plain(lesson, course.title, course.supplier), content_type="text/plain; charset=utf-8")
    name = content_disposition_header(True, f"{course.title} {lesson.title}.txt")
    answer["Content-Disposition"] = name or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def plain(lesson: Lesson, course: str, supplier: str) -> str:
    """The file's words. Lines end as Windows wants them, which every notetaker reads."""
    words = labels()
    head = [lesson.title, course, _("提供：%(name)s") % {"name": supplier}, ""]
    return "\r\n".join([*head, *(_line(line, words[line.kind]) for line in text_of(lesson)), ""])


def _line(line: TextLine, label: str) -> str:
    return f"{line.shown} {label}{line.words}".strip()
