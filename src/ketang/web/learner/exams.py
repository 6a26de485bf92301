"""A course's exams: its papers, what one has sat of them, beginning one, and the result with explanations."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams import appealing, results, sitting
from ketang.classroom.exams.appealing import MOST
from ketang.classroom.exams.models import Attempt, Marking, Paper, Place, Question
from ketang.classroom.exams.permissions import may_sit
from ketang.classroom.exams.queries import attempts_of, marking_of, open_papers
from ketang.classroom.exams.timing import limit_with
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.preference.display import Display
from ketang.people.preference.queries import display_of
from ketang.platform.refusal import Refused
from ketang.web.display import COOKIE
from ketang.web.learner.who import helper_of, learner_of
from ketang.web.ranges import stored_response
from ketang.web.refusals import said_on


class AppealForm(forms.Form):
    """What is wrong with a question."""

    words = forms.CharField(
        label=gettext_lazy("哪里不对"), max_length=MOST, widget=forms.Textarea(attrs={"rows": "5"}),
        help_text=gettext_lazy("比如：答案不对、题目看不懂、图片看不清。请不要写个人信息。"),
        error_messages={"required": gettext_lazy("请写下哪里不对。")},
    )  # fmt: skip


class BeginForm(forms.Form):
    """One question a page, or all at once."""

    shown = forms.ChoiceField(
        label=gettext_lazy("怎样显示题目"), initial="one", widget=forms.RadioSelect,
        choices=[("one", gettext_lazy("一页一题")), ("all", gettext_lazy("全部题目在一页"))],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sat:
    """A paper that somebody has begun or handed in, with its marks; `before` as in a result."""

    attempt: Attempt
    marking: Marking | None
    before: Marking | None


@login_required
@require_safe
def course(request: HttpRequest, uuid: str) -> HttpResponse:
    """Papers that may be sat, and what was sat."""
    learner = learner_of(request)
    found = get_object_or_404(Course.objects.select_related("current"), uuid=uuid)
    papers, sat = (
        open_papers(found),
        [
            Sat(one, marking_of(one), results.before_of(sorted(one.markings.all(), key=lambda mark: mark.number)))
            for one in attempts_of(learner, found)
        ],
    )
    if not papers and not sat:
        found = get_object_or_404(Course, uuid=uuid, state="published")
    active = next((one.attempt for one in sat if not one.attempt.is_over), None)
    shown = {"course": found, "papers": papers, "sat": [one for one in sat if one.attempt.is_over], "active": active}
    return render(request, "web/learner/exams.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, uuid: str) -> HttpResponse:
    """What a paper asks, how it is marked, how long it takes; and begin."""
    learner = learner_of(request)
    found = get_object_or_404(Paper.objects.select_related("edition__course"), uuid=uuid)
    require(may_sit(learner, found))
    form, extra = BeginForm(request.POST if request.method == "POST" else None), _extra_per_cent(request, learner)
    if request.method == "POST" and form.is_valid():
        one = form.cleaned_data["shown"] == "one"
        try:
            begun = sitting.begin(
                account=learner, paper=found, one_at_a_time=one, extra_per_cent=extra, by=helper_of(request)
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("learn-exams", args=[found.edition.course.uuid]))
        return HttpResponseRedirect(reverse("learn-attempt", args=[begun.uuid]))
    limit = limit_with(found.limit_seconds, extra)
    shown = {
        "paper": found, "course": found.edition.course, "form": form, "asks": found.places.count(),
        "kinds": results.kinds_of(found), "extra": extra, "minutes": None if limit is None else -(-limit // 60_000),
    }  # fmt: skip
    return render(request, "web/learner/paper.html", shown)


def _extra_per_cent(request: HttpRequest, learner: Account) -> int:
    """By the learner's own setting: what their account keeps, else what this browser does."""
    kept = display_of(learner)
    if kept is None and learner == request.user:
        kept = request.COOKIES.get(COOKIE, "")
    return Display.read(kept or "").extra_per_cent


@login_required
@require_safe
def result(request: HttpRequest, uuid: str) -> HttpResponse:
    """Points, question by question, with what is right and why."""
    found = get_object_or_404(Attempt.objects.select_related("paper", "course"), uuid=uuid, account=learner_of(request))
    if not found.is_over:
        return HttpResponseRedirect(reverse("learn-attempt", args=[found.uuid]))
    shown = results.of(found)
    if helper_of(request) is None:
        results.see(found)
    return render(request, "web/learner/result.html", {"attempt": found, "course": found.course, "result": shown})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, uuid: str, order: int) -> HttpResponse:
    """Ask about a question of one's result, and read what the office says."""
    found = get_object_or_404(
        Attempt.objects.select_related("paper", "course").filter(submitted_at__isnull=False), uuid=uuid, account=learner_of(request)
    )  # fmt: skip
    place = get_object_or_404(Place.objects.select_related("question"), paper=found.paper_id, order=order)
    standing = found.appeals.filter(place=place).first()
    form = AppealForm(
        request.POST if request.method == "POST" else None, initial={"words": standing.words if standing else ""}
    )
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            asked = appealing.appeal(
                account=found.account, attempt=found, place=place, words=form.cleaned_data["words"], by=helper_of(request)
            )  # fmt: skip
            due = {"day": f"{asked.due_on:%Y-%m-%d}"}
            messages.success(request, _("申诉已提交，最晚 %(day)s 答复。答复会出现在这一题下面。") % due)
            return HttpResponseRedirect(f"{reverse('learn-result', args=[found.uuid])}#question-{order}")
    shown = {"attempt": found, "place": place, "question": place.question, "form": form, "standing": standing}
    return render(request, "web/learner/appeal.html", shown)


@login_required
@require_safe
def picture(request: HttpRequest, uuid: str, question: str) -> HttpResponseBase:
    """The picture of a question of one's attempt."""
    attempt = get_object_or_404(Attempt, uuid=uuid, account=learner_of(request))
    asked = Question.objects.select_related("image").filter(places__paper=attempt.paper_id, image__isnull=False)
    found = get_object_or_404(asked, uuid=question)
    assert found.image is not None  # noqa: S101 - asked for
    return stored_response(request, found.image, found.image_type)
