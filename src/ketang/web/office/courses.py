"""课程: every course in its state, and each with its editions: prepared, looked at, published, withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ketang.classroom.catalogue import actions
from ketang.classroom.catalogue.models import Course, CourseState, Edition, EditionState
from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.classroom.catalogue.queries import all_courses, editions_of, on_its_way, progress_of, unproven
from ketang.classroom.renditions.models import Conversion
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.web.office.course_forms import SearchForm, ShowForm, WithdrawForm
from ketang.web.office.course_shown import MEANINGS, changes_of, conversions_left, counted, lessons_shown
from ketang.web.refusals import said_on

PAGE = 50


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every course, public or not, the newest first; by words and state."""
    require(may_publish_courses(request.user))
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "state": ""}
    page = Paginator(all_courses(asked["words"], asked["state"]), PAGE).get_page(request.GET.get("page"))
    rows = [(course, MEANINGS[CourseState(course.state)]) for course in page]
    looked = bool(asked["words"] or asked["state"])
    return render(request, "web/office/courses.html", {"form": form, "page": page, "rows": rows, "looked": looked})


@login_required
@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """A course: what the public sees, what is on its way, and what can be done."""
    return _page(request, _course(request, uuid))


@login_required
@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """How far the preparation has come, for the page's script."""
    course = _course(request, uuid)
    coming = on_its_way(course)
    told = progress_of(course)
    left, all_ = conversions_left(coming) if coming is not None else (0, 0)
    going = coming is not None and (coming.state == EditionState.PREPARING or left > 0)
    words = _("正在准备") if told or not all_ else _("正在转换音视频")
    counts = (told.get("of", 0), told.get("done", 0)) if told or not all_ else (all_, all_ - left)
    return JsonResponse({"over": not going, "state": words, "media": counts[0], "done": counts[1]})


@login_required
@require_POST
def show(request: HttpRequest, uuid: str) -> HttpResponse:
    """Make what is ready public."""
    course, form = _course(request, uuid), ShowForm(request.POST)
    if form.is_valid():
        with said_on(form):
            actions.show(actor=request.user, course=course, despite=form.cleaned_data["despite"])
    if not form.is_valid():
        return _page(request, course, show_form=form)
    messages.success(request, _("课程已发布。"))
    return _back(course)


@login_required
@require_POST
def withdraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take a course out of the catalogue."""
    course, form = _course(request, uuid), WithdrawForm(request.POST)
    if form.is_valid():
        with said_on(form):
            actions.withdraw(actor=request.user, course=course, reason=form.cleaned_data["withdraw_reason"])
    if not form.is_valid():
        return _page(request, course, withdraw_form=form)
    messages.success(request, _("课程已撤下。"))
    return _back(course)


@login_required
@require_POST
def prepare(request: HttpRequest, uuid: str) -> HttpResponse:
    """Prepare a course of a decision once more, after it failed or was withdrawn before it was ready."""
    course = _course(request, uuid)
    if course.decision is not None:
        try:
            actions.prepare(actor=request.user, decision=course.decision)
        except Refused as refused:
            messages.error(request, str(refused))
    return _back(course)


@login_required
@require_POST
def drop(request: HttpRequest, uuid: str) -> HttpResponse:
    """What is on its way is not to be shown after all."""
    require(may_publish_courses(request.user))
    edition = get_object_or_404(Edition.objects.select_related("course"), uuid=uuid)
    actions.drop(actor=request.user, edition=edition)
    messages.success(request, _("这一版不再采用。"))
    return _back(edition.course)


@login_required
@require_POST
def convert(request: HttpRequest, uuid: str, conversion: str) -> HttpResponse:
    """Have a film converted once more."""
    course = _course(request, uuid)
    actions.convert_again(actor=request.user, conversion=get_object_or_404(Conversion, uuid=conversion))
    messages.success(request, _("已重新排队转换。"))
    return _back(course)


def _course(request: HttpRequest, uuid: str) -> Course:
    require(may_publish_courses(request.user))
    return get_object_or_404(Course.objects.select_related("decision__submission", "current"), uuid=uuid)


def _back(course: Course) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("office-course", args=[course.uuid]))


def _page(request: HttpRequest, course: Course, **forms_with_errors: forms.Form) -> HttpResponse:
    editions = editions_of(course)
    coming, current = on_its_way(course), course.current
    listed = coming or current
    shown: dict[str, Any] = {
        "course": course, "meaning": MEANINGS[CourseState(course.state)], "coming": coming, "current": current,
        "listed": listed, "lessons": lessons_shown(listed) if listed is not None else [], "editions": editions,
        "complaints": list(course.complaints.select_related("taken_down_by", "ruled_by", "restored_by")),
        "show_form": ShowForm(), "withdraw_form": WithdrawForm(),
    }  # fmt: skip
    if coming is not None:
        left, all_ = conversions_left(coming)
        shown |= {
            "progress": progress_of(course), "left": left, "converted": all_ - left, "to_convert": all_,
            "changes": changes_of(course, coming), "why_not": (wrong := unproven(coming)),
            "show_form": ShowForm(why_not=wrong),
            "going": coming.state == EditionState.PREPARING or left > 0,
            "is_first": current is None,
        }  # fmt: skip
    if listed is not None:
        shown["counted"] = counted(shown["lessons"])
    return render(request, "web/office/course.html", {**shown, **forms_with_errors})
