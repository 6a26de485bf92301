"""Courses for everybody: a course, a lesson with its player, and the lesson's files."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kebao.media.renditions.recipes import P480
from kebao.player.page import Chapter, Line, Settings, Track, render_player
from kebao.player.page import Lesson as Played
from ketang.classroom.catalogue.marks import LEVEL_WORDS
from ketang.classroom.catalogue.models import PICTURE_TYPES, Course, Edition, Lesson, LessonFile, LessonKind
from ketang.classroom.catalogue.queries import lessons_of, needs_shown
from ketang.classroom.exams.queries import open_papers
from ketang.classroom.renditions.models import Purpose
from ketang.classroom.renditions.queries import renditions_of
from ketang.people.preference.display import Display
from ketang.platform.storage.models import StoredFile
from ketang.web.content import content_address
from ketang.web.display import COOKIE
from ketang.web.learner.notes import notes_part
from ketang.web.learner.part import progress_part
from ketang.web.learner.works import task_part
from ketang.web.public.charts import chart_of
from ketang.web.public.course_access import shown_course, shown_lesson, told_when_taken_down
from ketang.web.public.course_data import course_block
from ketang.web.public.display import panel
from ketang.web.public.qualities import Quality, keep, qualities, rendition_of
from ketang.web.ranges import stored_response
from ketang.web.templatetags.catalogue import hours_told


@require_safe
@told_when_taken_down
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """A course: whose it is, what it brings for whom, and its lessons in order."""
    course = shown_course(request, uuid)
    lessons = lessons_of(course)
    needs = needs_shown(course)
    words = {
        "course": course, "lessons": lessons, "needs": needs, "facts": _facts(course, len(lessons)),
        "exams": isinstance(course, Course) and bool(open_papers(course)),
        "data": course_block(request, course, lessons, needs) if isinstance(course, Course) else "",
    }  # fmt: skip
    return render(request, "web/public/course.html", words)


def _facts(course: Course | Edition, lessons: int) -> list[tuple[str, str]]:
    """Names and words of what is known of it."""
    many = ngettext("%(count)s 课", "%(count)s 课", lessons) % {"count": lessons}
    length = _("音视频 %(length)s") % {"length": course.length} if course.seconds else ""
    told = [
        (_("学时"), hours_told(course.tenths)),
        (_("内容"), " · ".join(one for one in (many, length) if one)),
        (_("职业（工种）"), course.occupation),
        (_("等级"), str(LEVEL_WORDS.get(course.level, course.level))),
        (_("类别"), course.category_words),
    ]
    return [(name, words) for name, words in told if words]


@require_safe
@told_when_taken_down
def lesson(request: HttpRequest, uuid: str, order: int) -> HttpResponse:
    """A lesson: the player with captions, the transcript that follows, the supplier's name beneath."""
    course = shown_course(request, uuid)
    shown = get_object_or_404(course.lessons, order=order)
    near = {
        found.order: found for found in course.lessons.filter(order__in=(order - 1, order + 1)).only("order", "title")
    }
    offered = qualities(request, uuid, shown)
    words = {
        "course": course, "lesson": shown, "previous": near.get(order - 1), "next": near.get(order + 1),
        "qualities": offered, "player": _player(request, course, shown, offered) if offered else "", "panel": panel(request),
        "progress": progress_part(request, shown) if not course.is_preview else None,
        "notes": notes_part(request, shown) if not course.is_preview else None,
        "task": task_part(request, shown) if not course.is_preview else None,
        "simulation": content_address(shown) if shown.kind == LessonKind.SIMULATION else "",
        "chart": chart_of(shown), "handouts": list(shown.files.filter(content_type="")),
    }  # fmt: skip
    response = render(request, "web/public/lesson.html", words)
    keep(request, response, offered)
    return response


@require_safe
@told_when_taken_down
def media(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """The lesson's medium as it came, in parts as the player asks for them."""
    found = shown_lesson(request, uuid, order, "media")
    if not found.content_type:
        raise Http404  # no browser plays it
    return stored_response(request, _there(found.media), found.content_type, direct=True)


@require_safe
@told_when_taken_down
def rendition(request: HttpRequest, uuid: str, order: int, name: str) -> HttpResponseBase:
    """What was made of it: a smaller picture, the sound alone, the contact sheet."""
    found = rendition_of(shown_lesson(request, uuid, order), name)
    if found is None:
        raise Http404
    return stored_response(request, found.file, found.content_type, direct=True)


@require_safe
@told_when_taken_down
def captions(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """The lesson's captions, from the page's own origin as `<track>` wants them."""
    found = shown_lesson(request, uuid, order, "captions")
    return stored_response(request, _there(found.captions), "text/vtt; charset=utf-8")


@require_safe
@told_when_taken_down
def descriptions(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """What the lesson's picture shows, in timed words."""
    found = _there(shown_lesson(request, uuid, order, "descriptions").descriptions)
    return stored_response(request, found, "text/vtt; charset=utf-8")


@require_safe
@told_when_taken_down
def sign(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """The film of the signer: what was made of it, else as it came."""
    found = shown_lesson(request, uuid, order, "sign")
    original = _there(found.sign)
    made = renditions_of(original, Purpose.SIGN).get(P480.name)
    if made is not None:
        return stored_response(request, made.file, made.content_type, direct=True)
    if not found.sign_type:
        raise Http404
    return stored_response(request, original, found.sign_type, direct=True)


@require_safe
@told_when_taken_down
def described(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """The recorded description, in parts as the player asks for them."""
    found = shown_lesson(request, uuid, order, "described")
    return stored_response(request, _there(found.described), found.described_type, direct=True)


@require_safe
@told_when_taken_down
def poster(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """The lesson's picture."""
    return stored_response(request, _there(shown_lesson(request, uuid, order, "poster").poster), "image/jpeg")


@require_safe
@told_when_taken_down
def file(request: HttpRequest, uuid: str, order: int, number: int) -> HttpResponseBase:
    """A picture in the lesson's text, or a file to be saved; never a page. As a page of its own it may do nothing."""
    files = LessonFile.objects.select_related("file").filter(content_type__in=("", *PICTURE_TYPES.values()))
    lesson = shown_lesson(request, uuid, order)
    if lesson.kind == LessonKind.SIMULATION:
        raise Http404  # the content origin gives its files out
    found = get_object_or_404(files, lesson=lesson, number=number)
    answer = stored_response(request, found.file, found.content_type or "application/octet-stream")
    if not found.content_type:
        answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _there(stored: StoredFile | None) -> StoredFile:
    if stored is None:
        raise Http404
    return stored


def _player(request: HttpRequest, course: Course | Edition, lesson: Lesson, offered: Sequence[Quality]) -> SafeString:
    """The player's HTML, escaped by its own template. It begins as the visitor's settings say, without a script too."""
    wanted = Display.read(request.COOKIES.get(COOKIE, ""))
    place = [course.uuid, lesson.order]
    chosen = next(one for one in offered if one.is_chosen)
    # The chosen one first; where a browser cannot play it, the others in turn.
    sources = sorted(offered, key=lambda one: not one.is_chosen)
    played = Played(
        id="lesson",
        title=lesson.title,
        sources=tuple((one.address, one.content_type) for one in sources if one.is_sound == chosen.is_sound),
        poster=reverse("lesson-poster", args=place) if lesson.poster_id else "",
        captions=(Track(reverse("lesson-captions", args=place), "zh-Hans", _("中文字幕")),)
        if lesson.captions_id
        else (),
        transcript=tuple(
            Line(Fraction(line["start"]), Fraction(line["end"]), line["text"]) for line in lesson.transcript
        ),
        descriptions=(Track(reverse("lesson-descriptions", args=place), "zh-Hans", _("口述")),)
        if lesson.descriptions_id
        else (),
        sign=reverse("lesson-sign", args=place) if lesson.sign_id else "",
        extended=True,
        is_sound=lesson.is_sound or chosen.is_sound,
        download=chosen.address,
        described=reverse("lesson-described", args=place) if lesson.described_id and not lesson.is_sound else "",
        described_whole=lesson.described_whole,
        chapters=tuple(Chapter(Fraction(one["start"]), one["text"]) for one in lesson.chapters),
        find=request.GET.get("find", "").strip()[:100],
        settings=Settings(wanted.captions == "on", wanted.sign == "on", wanted.description == "on"),
    )
    return SafeString(render_player(played, "en" if (get_language() or "").startswith("en") else "zh"))
