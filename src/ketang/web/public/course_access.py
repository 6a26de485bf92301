"""Who sees which course: anybody what is public; the office, at the same pages, an edition before it is; nobody what was taken down."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from ketang.classroom.catalogue.models import Course, CourseState, Edition, Lesson
from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.classroom.catalogue.queries import public_courses
from ketang.people.account.models import Account

View = Callable[..., HttpResponseBase]


class TakenDown(Exception):
    """The course is there, and not shown because of a complaint about rights."""

    def __init__(self, course: Course) -> None:
        super().__init__(course)
        self.course = course


def told_when_taken_down(view: View) -> View:
    """410 in words for a course that was taken down: that it was, and not by whom."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except TakenDown as gone:
            return render(request, "web/public/course_gone.html", {"course": gone.course}, status=410)

    return answer


def shown_course(request: HttpRequest, uuid: str) -> Course | Edition:
    """The public course, or for the office the edition of that address, whose pages are the same.

    Raises:
        Http404: neither; for anybody else also what is not public.
        TakenDown: on a complaint.
    """
    found = public_courses().filter(uuid=uuid).first()
    return found if found is not None else _beforehand(request, uuid)


def shown_lesson(request: HttpRequest, uuid: str, order: int, *more: str) -> Lesson:
    """A lesson of it, with what `select_related` is to bring along. As `shown_course`."""
    lessons = Lesson.objects.select_related("edition", *more)
    place = {"edition__current_of__uuid": uuid, "edition__current_of__state": CourseState.PUBLISHED}
    found = lessons.filter(order=order, **place).first()
    if found is None:
        edition = _beforehand(request, uuid)
        found = lessons.filter(edition=edition, order=order).first()
    if found is None:
        raise Http404
    return found


def _beforehand(request: HttpRequest, uuid: str) -> Edition:
    """An edition for the office's eyes; else whatever there is to say."""
    if isinstance(request.user, Account) and may_publish_courses(request.user):
        edition = Edition.objects.select_related("course").filter(uuid=uuid).first()
        if edition is not None:
            return edition
    course = Course.objects.filter(uuid=uuid).first()
    if course is None or course.state != CourseState.TAKEN_DOWN or not course.published_at:
        raise Http404
    raise TakenDown(course)
