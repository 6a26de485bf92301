"""考试: the papers of a course's edition, its bank, papers drawn from it; each paper with its keys."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ketang.classroom.catalogue.models import Course, Edition
from ketang.classroom.catalogue.queries import on_its_way
from ketang.classroom.exams import actions
from ketang.classroom.exams.marking import Multiple
from ketang.classroom.exams.models import Paper, Question
from ketang.classroom.exams.permissions import may_keep_exams
from ketang.classroom.exams.queries import appeals_waiting, drawable_of, papers_of, places_of, reading_waits
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import in_language
from ketang.web.office.exam_forms import DrawForm, MarkingForm
from ketang.web.ranges import stored_response
from ketang.web.refusals import said_on


@login_required
@require_safe
def course(request: HttpRequest, uuid: str) -> HttpResponse:
    """Papers of what the course shows, or will show first; the bank by topic."""
    found = _course(request, uuid)
    return _page(request, found, DrawForm(drawable_of(edition)) if (edition := _edition(found)) is not None else None)


@login_required
@require_POST
def draw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Draw papers from the bank."""
    found = _course(request, uuid)
    edition = _edition(found)
    if edition is None:
        return _back(found)
    form = DrawForm(drawable_of(edition), request.POST)
    if form.is_valid():
        with said_on(form):
            made = actions.draw_papers(
                actor=request.user, edition=edition, weights=form.weights, count=form.cleaned_data["count"],
                papers=form.cleaned_data["papers"], minutes=form.cleaned_data["minutes"],
            )  # fmt: skip
    if not form.is_valid():
        return _page(request, found, form)
    messages.success(request, _("抽好了 %(count)s 套试卷。看过没有问题，再开放。") % {"count": len(made)})
    return _back(found)


@login_required
@require_POST
def read(request: HttpRequest, uuid: str) -> HttpResponse:
    """Have the papers of an edition read that was prepared before there were exams."""
    found = _course(request, uuid)
    edition = _edition(found)
    if edition is not None:
        actions.ask_reading(actor=request.user, edition=edition)
    return _back(found)


@login_required
@require_safe
def paper(request: HttpRequest, uuid: str) -> HttpResponse:
    """A paper with its questions and keys."""
    found = _paper(request, uuid)
    shown = {
        "paper": found, "course": found.edition.course, "places": list(places_of(found)),
        "left_out": [(one["number"], in_language(one)) for one in found.left_out],
        "form": MarkingForm(initial={"multiple": found.multiple}),
    }  # fmt: skip
    return render(request, "web/office/exam_paper.html", shown)


@login_required
@require_POST
def open_paper(request: HttpRequest, uuid: str) -> HttpResponse:
    """Let learners begin it, or no longer."""
    found = _paper(request, uuid)
    try:
        actions.open_paper(actor=request.user, paper=found, is_open=request.POST.get("open") == "yes")
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("试卷已开放。") if found.is_open else _("试卷已关闭，已经开始的人可以做完。"))
    return HttpResponseRedirect(reverse("office-paper", args=[found.uuid]))


@login_required
@require_POST
def give_for_practice(request: HttpRequest, uuid: str) -> HttpResponse:
    """Let learners practise its questions, or no longer."""
    found = _paper(request, uuid)
    try:
        actions.give_for_practice(actor=request.user, paper=found, is_practice=request.POST.get("practice") == "yes")
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("学习者可以练习这套试卷的题了。") if found.is_practice else _("已收回。要考的话，请再开放试卷。")
        )
    return HttpResponseRedirect(reverse("office-paper", args=[found.uuid]))


@login_required
@require_POST
def choose_marking(request: HttpRequest, uuid: str) -> HttpResponse:
    """How questions with several right options are marked."""
    found, form = _paper(request, uuid), MarkingForm(request.POST)
    if form.is_valid():
        actions.choose_marking(actor=request.user, paper=found, multiple=Multiple(form.cleaned_data["multiple"]))
        messages.success(request, _("计分办法已保存。"))
    return HttpResponseRedirect(reverse("office-paper", args=[found.uuid]))


@login_required
@require_safe
def picture(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """The picture of a question."""
    require(may_keep_exams(request.user))
    found = get_object_or_404(Question.objects.select_related("image"), uuid=uuid, image__isnull=False)
    assert found.image is not None  # noqa: S101 - asked for
    return stored_response(request, found.image, found.image_type)


def _course(request: HttpRequest, uuid: str) -> Course:
    require(may_keep_exams(request.user))
    return get_object_or_404(Course.objects.select_related("current"), uuid=uuid)


def _paper(request: HttpRequest, uuid: str) -> Paper:
    require(may_keep_exams(request.user))
    return get_object_or_404(Paper.objects.select_related("edition__course"), uuid=uuid)


def _edition(course: Course) -> Edition | None:
    """What the course shows; before that, what is on its way."""
    return course.current or on_its_way(course)


def _back(course: Course) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("office-exams", args=[course.uuid]))


def _page(request: HttpRequest, course: Course, form: DrawForm | None) -> HttpResponse:
    edition = _edition(course)
    shown: dict[str, Any] = {"course": course, "edition": edition, "form": form, "appeals": appeals_waiting()}
    if edition is not None:
        bank = drawable_of(edition)
        shown |= {
            "papers": papers_of(edition), "bank": bank, "waits": reading_waits(edition), "asks": sum(one.count for one in bank),
            "weights": [(topic, form[name]) for topic, name in form.topics] if form is not None else [],
        }  # fmt: skip
    return render(request, "web/office/exams.html", shown)
