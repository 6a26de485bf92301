"""What has arrived: list with search, one arrival, and the office's word on it."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.intake import actions
from ketang.selection.intake.models import SubmissionState
from ketang.selection.intake.permissions import may_handle_arrivals, may_list_arrivals
from ketang.selection.intake.queries import arrivals as found_arrivals
from ketang.selection.intake.queries import list_of_arrivals, versions_of
from ketang.selection.likeness.queries import alike
from ketang.web.office.award_forms import shown_award
from ketang.web.office.lates import shown_lateness
from ketang.web.paging import page_of

PAGE = 25


class SearchForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("编号、课程或单位"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False,
        choices=[("", gettext_lazy("全部")), *[(s.value, s.label) for s in SubmissionState if s != SubmissionState.DRAFT]],
    )  # fmt: skip


@login_required
@require_safe
def arrivals(request: HttpRequest) -> HttpResponse:
    """The newest first, a page at a time."""
    require(may_list_arrivals(request.user))
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "state": ""}
    listing = list_of_arrivals(words=asked["words"], state=asked["state"])
    page = page_of(listing, request.GET.get("page"), PAGE)
    return render(request, "web/office/arrivals.html", {"form": form, "page": page})


@login_required
@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One arrival with its versions and receipts."""
    require(may_list_arrivals(request.user))
    submission = get_object_or_404(found_arrivals(), uuid=uuid)
    steps = [(state.value, _WORDS[state]) for state in _WORDS if submission.may_become(state)]
    return render(
        request, "web/office/arrival.html",
        {"submission": submission, "versions": versions_of(submission), "form": DecideForm(steps=steps) if steps else None,
         "alike": alike(request.user, submission), **shown_award(submission), **shown_lateness(submission)},
    )  # fmt: skip


_WORDS = {
    SubmissionState.COMPLETE: gettext_lazy("材料齐全"),
    SubmissionState.INCOMPLETE: gettext_lazy("请报送者补正"),
    SubmissionState.ACCEPTED: gettext_lazy("进入评审"),
    SubmissionState.REFUSED: gettext_lazy("不予受理"),
    SubmissionState.WITHDRAWN: gettext_lazy("按报送者的书面请求撤回"),
}


class DecideForm(forms.Form):
    """The office's word, with its reason where one is needed."""

    state = forms.ChoiceField(label=gettext_lazy("处理"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("理由或补正内容"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=gettext_lazy("补正、不予受理、撤回必须填写，报送者会看到。"),
    )  # fmt: skip

    def __init__(self, *args: object, steps: Sequence[tuple[str, object]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]  # as forms.Form takes them
        self.fields["state"].choices = steps  # type: ignore[attr-defined]  # a choice field


@login_required
@require_http_methods(["POST"])
def decide(request: HttpRequest, uuid: str) -> HttpResponse:
    """Complete, incomplete, accepted or refused."""
    require(may_handle_arrivals(request.user))
    submission = get_object_or_404(found_arrivals(), uuid=uuid)
    steps = [(state.value, words) for state, words in _WORDS.items() if submission.may_become(state)]
    form = DecideForm(request.POST, steps=steps)
    if form.is_valid():
        state, reason = SubmissionState(form.cleaned_data["state"]), form.cleaned_data["reason"]
        try:
            if state == SubmissionState.COMPLETE:
                actions.find_complete(actor=request.user, submission=submission)
            elif state == SubmissionState.ACCEPTED:
                actions.accept(actor=request.user, submission=submission)
            elif state == SubmissionState.INCOMPLETE:
                actions.find_incomplete(actor=request.user, submission=submission, reason=reason)
            elif state == SubmissionState.WITHDRAWN:
                actions.withdraw(actor=request.user, submission=submission, reason=reason)
            else:
                actions.refuse(actor=request.user, submission=submission, reason=reason)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("已处理：%(state)s。") % {"state": submission.get_state_display()})
            return HttpResponseRedirect(reverse("office-arrival", args=[submission.uuid]))
    return render(
        request,
        "web/office/arrival.html",
        {
            "submission": submission,
            "versions": versions_of(submission),
            "form": form,
            "alike": alike(request.user, submission),
            **shown_award(submission),
            **shown_lateness(submission),
        },
    )
