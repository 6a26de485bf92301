"""The office selects, undoes, and has a course made of what was selected."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketang.classroom.catalogue import actions as catalogue
from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.awarding import actions
from ketang.selection.awarding.models import Decision, Outcome
from ketang.selection.awarding.permissions import may_decide
from ketang.selection.intake.models import Submission
from ketang.selection.intake.queries import arrivals as found_arrivals
from ketang.selection.intake.queries import versions_of
from ketang.selection.likeness.queries import alike
from ketang.web.office.award_forms import AwardForm, UndoForm, shown_award
from ketang.web.office.lates import shown_lateness


@login_required
@require_POST
def decide(request: HttpRequest, uuid: str) -> HttpResponse:
    """Selected with a fee, or not."""
    require(may_decide(request.user))
    submission = get_object_or_404(found_arrivals(), uuid=uuid)
    form = AwardForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        try:
            if got["outcome"] == Outcome.SELECTED:
                amount = (
                    got["amount"] if got["amount"] is not None else Decimal("NaN")
                )  # refused by the action, in words
                actions.select(
                    actor=request.user, submission=submission, amount=amount, reason=got["reason"], despite=got["despite"]
                )  # fmt: skip
            else:
                actions.reject(actor=request.user, submission=submission, reason=got["reason"])
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, _("决定已记录。"))
            return _back(submission)
    return _page(request, submission, award_form=form)


@login_required
@require_POST
def undo(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take a decision back."""
    require(may_decide(request.user))
    decision = get_object_or_404(Decision.objects.select_related("submission"), uuid=uuid)
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            actions.undo(actor=request.user, decision=decision, reason=form.cleaned_data["undo_reason"])
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, _("决定已撤销。"))
            return _back(decision.submission)
    return _page(request, decision.submission, undo_form=form)


@login_required
@require_POST
def prepare(request: HttpRequest, uuid: str) -> HttpResponse:
    """Make a course of what was selected, to be looked at before it is public."""
    require(may_publish_courses(request.user))
    decision = get_object_or_404(Decision.objects.select_related("submission"), uuid=uuid)
    try:
        course = catalogue.prepare(actor=request.user, decision=decision)
    except Refused as refused:
        messages.error(request, str(refused))
        return _back(decision.submission)
    return HttpResponseRedirect(reverse("office-course", args=[course.uuid]))


def _say(form: forms.Form, refused: Refused) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


def _back(submission: Submission) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("office-arrival", args=[submission.uuid]))


def _page(request: HttpRequest, submission: Submission, **forms_with_errors: forms.Form) -> HttpResponse:
    shown = {
        "submission": submission,
        "versions": versions_of(submission),
        **shown_lateness(submission),
        "alike": alike(request.user, submission),
        **shown_award(submission, **forms_with_errors),
    }
    return render(request, "web/office/arrival.html", shown)
