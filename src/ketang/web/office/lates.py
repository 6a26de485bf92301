"""The office accepts what came late, with its reason, and takes that back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.intake.acceptance import LateAcceptance, acceptances_of
from ketang.selection.intake.late_ones import BEFORE_THE_RESULT, accept_late, undo_acceptance
from ketang.selection.intake.models import Lateness, Submission
from ketang.selection.intake.permissions import may_handle_arrivals
from ketang.selection.intake.queries import arrivals
from ketang.selection.notices.actions import MAY_ASK
from ketang.selection.notices.models import OPEN
from ketang.selection.notices.queries import notices_of
from ketang.selection.recommending.queries import recommended_by

PAPER = "paper"


class ReasonForm(forms.Form):
    """The reason, which stays with the copy."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=gettext_lazy("和署名、时间一起记录，报送者会看到。"),
        error_messages={"required": gettext_lazy("请写明理由。")},
    )  # fmt: skip


class AcceptForm(ReasonForm):
    """Which late copy, and why."""

    copy = forms.ChoiceField(
        label=gettext_lazy("逾期的材料"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择同意接收哪一件。")},
    )  # fmt: skip
    field_order = ("copy", "reason")

    def __init__(self, *args: Any, late: dict[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["copy"].choices = list(late.items())  # type: ignore[attr-defined]  # a choice field
        if len(late) == 1:
            self.fields["copy"].initial = next(iter(late))


def shown_lateness(submission: Submission) -> dict[str, Any]:
    """What the page of a submission shows of its times and what was asked for: late copies' acceptances, notices, letters of recommendation, and which steps are possible."""
    found = notices_of(submission, drafts=True)
    return {
        "notices": found,
        "recommended": recommended_by(submission),
        "may_draft_notice": submission.state in MAY_ASK and not any(one.state in OPEN for one in found),
        "acceptances": acceptances_of(submission),
        "may_accept_late": bool(_late_copies(submission)) and submission.call.state in BEFORE_THE_RESULT,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, uuid: str) -> HttpResponse:
    """Accept a late copy."""
    require(may_handle_arrivals(request.user))
    submission = get_object_or_404(arrivals(), uuid=uuid)
    late = _late_copies(submission)
    form = AcceptForm(request.POST or None, late=late)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["copy"]
        version = None if chosen == PAPER else submission.versions.get(index=int(chosen))
        try:
            accept_late(actor=request.user, submission=submission, version=version, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("已同意接收。逾期的事实仍然注明。"))
            return HttpResponseRedirect(reverse("office-arrival", args=[submission.uuid]))
    shown = {"submission": submission, "form": form, "late": late}
    return render(request, "web/office/late.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take an acceptance back."""
    require(may_handle_arrivals(request.user))
    acceptance = get_object_or_404(
        LateAcceptance.objects.select_related("submission__call", "submission__organisation", "version"),
        uuid=uuid, undone_at=None,
    )  # fmt: skip
    submission = acceptance.submission
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_acceptance(actor=request.user, acceptance=acceptance, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已撤回接收，这一件仍是逾期。"))
            return HttpResponseRedirect(reverse("office-arrival", args=[submission.uuid]))
    return render(request, "web/office/late.html", {"submission": submission, "form": form, "acceptance": acceptance})


def _late_copies(submission: Submission) -> dict[str, str]:
    """Value and words of each copy that is late."""
    found = {
        str(version.index): _("第 %(n)s 版，%(at)s 收到")
        % {"n": version.index, "at": _local(submission, version.received_at)}
        for version in submission.versions.filter(lateness=Lateness.LATE).order_by("-index")
    }
    if submission.paper_lateness == Lateness.LATE:
        found[PAPER] = _("书面版，按 %(at)s 计算") % {"at": _local(submission, submission.paper_at)}
    return found


def _local(submission: Submission, at: Any) -> str:
    return str(at.astimezone(submission.call.zone).strftime("%Y-%m-%d %H:%M"))
