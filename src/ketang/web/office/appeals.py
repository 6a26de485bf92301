"""考试申诉: what learners ask about questions, the answer to each, and keys that are corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.exams import appealing
from ketang.classroom.exams.answers import latest
from ketang.classroom.exams.models import Attempt, Paper, Question, Ruling
from ketang.classroom.exams.permissions import may_keep_exams
from ketang.classroom.exams.queries import every_appeal
from ketang.people.permissions import require
from ketang.web.office.exam_forms import AnswerForm, KeyForm
from ketang.web.refusals import said_on

PAGE = 30


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Those without an answer first, a page at a time."""
    require(may_keep_exams(request.user))
    page = Paginator(every_appeal(), PAGE).get_page(request.GET.get("page"))
    return render(request, "web/office/appeals.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """The question, what was chosen, what is asked, and the answer. Who asks is not shown."""
    require(may_keep_exams(request.user))
    found = get_object_or_404(every_appeal(), uuid=uuid)
    initial = {"answer": found.answer, "ruling": "" if found.is_waiting else found.ruling}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            ruling, answer = Ruling(form.cleaned_data["ruling"]), form.cleaned_data["answer"]
            appealing.answer_appeal(actor=request.user, appeal=found, ruling=ruling, answer=answer)
            messages.success(request, _("已答复。"))
            return HttpResponseRedirect(reverse("office-appeals"))
    entry = latest(found.attempt.entries.filter(place=found.place).order_by("number")).get(found.place_id)
    shown = {
        "appeal": found, "question": found.place.question, "form": form, "key": found.place.question.key,
        "chosen": entry.chosen if entry is not None else [],
    }  # fmt: skip
    return render(request, "web/office/appeal.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest, uuid: str) -> HttpResponse:
    """Correct what is right; whoever answered it is marked anew."""
    require(may_keep_exams(request.user))
    found = get_object_or_404(Question.objects.select_related("edition__course").prefetch_related("keys"), uuid=uuid)
    now = found.key
    form = KeyForm(
        found, request.POST if request.method == "POST" else None, initial={"right": now.right, "is_void": now.is_void}
    )
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            told: dict[str, Any] = form.cleaned_data
            appealing.correct_key(
                actor=request.user, question=found, right=told["right"], is_void=told["is_void"], reason=told["reason"]
            )
            messages.success(request, _("答案已更正，正在给考过这道题的人重新判分；成绩有变的人会得到通知。"))
            paper = Paper.objects.filter(questions=found).order_by("number")[0]
            return HttpResponseRedirect(reverse("office-paper", args=[paper.uuid]))
    sat = Attempt.objects.filter(paper__questions=found, submitted_at__isnull=False).count()
    shown = {
        "question": found,
        "key": now,
        "keys": list(found.keys.all()),
        "form": form,
        "sat": sat,
        "papers": list(found.papers.all()),
    }
    return render(request, "web/office/exam_key.html", shown)
