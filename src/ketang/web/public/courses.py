"""Courses for everybody: the catalogue, a course, a lesson with its player, and the lesson's files."""

from __future__ import annotations

from fractions import Fraction

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kebao.player.page import Lesson as Played
from kebao.player.page import Line, Track, render_player
from ketang.classroom.catalogue.models import Course, CourseState, Lesson
from ketang.classroom.catalogue.queries import lessons_of, public_courses
from ketang.platform.storage.models import StoredFile
from ketang.web.learner.part import progress_part
from ketang.web.ranges import stored_response

PAGE = 20


class SearchForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("找课"), required=False, max_length=100)


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """The newest first, a page at a time; with all the words that are looked for."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    page = Paginator(public_courses(words), PAGE).get_page(request.GET.get("page"))
    return render(request, "web/public/courses.html", {"form": form, "page": page, "words": words})


@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """A course: whose it is, and its lessons in order."""
    course = _public(uuid)
    return render(request, "web/public/course.html", {"course": course, "lessons": lessons_of(course)})


@require_safe
def lesson(request: HttpRequest, uuid: str, order: int) -> HttpResponse:
    """A lesson: the player with captions, the transcript that follows, the supplier's name beneath."""
    course = _public(uuid)
    shown = get_object_or_404(course.lessons, order=order)
    near = {
        found.order: found for found in course.lessons.filter(order__in=(order - 1, order + 1)).only("order", "title")
    }
    words = {
        "course": course, "lesson": shown, "previous": near.get(order - 1), "next": near.get(order + 1),
        "player": _player(course, shown) if shown.media_id else "", "progress": progress_part(request, shown),
    }  # fmt: skip
    return render(request, "web/public/lesson.html", words)


@require_safe
def media(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """The lesson's medium, in parts as the player asks for them."""
    found = _lesson(uuid, order, "media")
    return stored_response(request, _there(found.media), found.content_type)


@require_safe
def captions(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """The lesson's captions, from the page's own origin as `<track>` wants them."""
    return stored_response(request, _there(_lesson(uuid, order, "captions").captions), "text/vtt; charset=utf-8")


@require_safe
def descriptions(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """What the lesson's picture shows, in timed words."""
    found = _there(_lesson(uuid, order, "descriptions").descriptions)
    return stored_response(request, found, "text/vtt; charset=utf-8")


@require_safe
def sign(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """The film of the signer."""
    found = _lesson(uuid, order, "sign")
    return stored_response(request, _there(found.sign), found.sign_type)


@require_safe
def poster(request: HttpRequest, uuid: str, order: int) -> HttpResponseBase:
    """The lesson's picture."""
    return stored_response(request, _there(_lesson(uuid, order, "poster").poster), "image/jpeg")


def _public(uuid: str) -> Course:
    return get_object_or_404(public_courses(), uuid=uuid)


def _lesson(uuid: str, order: int, file: str) -> Lesson:
    lessons = Lesson.objects.filter(edition__current_of__uuid=uuid, edition__current_of__state=CourseState.PUBLISHED)
    return get_object_or_404(lessons.select_related(file), order=order)


def _there(stored: StoredFile | None) -> StoredFile:
    if stored is None:
        raise Http404
    return stored


def _player(course: Course, lesson: Lesson) -> SafeString:
    """The player's HTML, escaped by its own template."""
    place = [course.uuid, lesson.order]
    address = reverse("lesson-media", args=place)
    played = Played(
        id="lesson",
        title=lesson.title,
        sources=((address, lesson.content_type),),
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
        is_sound=lesson.is_sound,
        download=address,
    )
    return SafeString(render_player(played, "en" if (get_language() or "").startswith("en") else "zh"))
