"""A supplier's submissions: the list, a new one, its steps, taking back."""

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
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.organisation.queries import suppliers_of
from ketang.platform.refusal import Refused
from ketang.selection.announcing.queries import result_of
from ketang.selection.calls.models import in_language
from ketang.selection.calls.queries import current_calls, public_calls
from ketang.selection.intake import actions
from ketang.selection.intake.acceptance import acceptances_of
from ketang.selection.intake.draft import read_draft
from ketang.selection.intake.models import DraftFile, Submission, SubmissionState
from ketang.selection.intake.queries import (
    before_opening,
    files_of,
    list_of,
    sending_of,
    unready,
    versions_of,
    with_files,
    workbook_of,
)
from ketang.selection.notices.queries import notices_of
from ketang.selection.recommending.queries import recommended_by
from ketang.web.paging import page_of
from ketang.web.supplier.forms import FormF, RightsForm, StartForm
from ketang.web.supplier.own import account_of, own_submission

PAGE = 20


NEXT_STEP = {
    SubmissionState.DRAFT: gettext_lazy("上传课程包文件"),
    SubmissionState.SUBMITTED: gettext_lazy("看检查报告；截止前可以改好再交"),
    SubmissionState.COMPLETE: gettext_lazy("等主办单位安排评审"),
    SubmissionState.INCOMPLETE: gettext_lazy("按要求补正，再提交"),
    SubmissionState.ACCEPTED: gettext_lazy("等评审结果"),
    SubmissionState.WITHDRAWN: gettext_lazy("没有了；可以重新申报"),
    SubmissionState.REFUSED: gettext_lazy("看理由；有疑问请联系主办单位"),
}
"""What a supplier does, or waits for, by the state."""


def next_step(submission: Submission, *, has_files: bool) -> str:
    """What comes next, in words."""
    state = SubmissionState(submission.state)
    return _("核对并提交") if state == SubmissionState.DRAFT and has_files else str(NEXT_STEP[state])


@login_required
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """All of one's suppliers' submissions."""
    page = page_of(list_of(account_of(request)), request.GET.get("page"), PAGE)
    having = with_files(page.object_list)
    rows = [(one, next_step(one, has_files=one.pk in having)) for one in page]
    running, coming = current_calls(20)
    shown = {"page": page, "rows": rows, "calls": running, "coming": coming}
    return render(request, "web/supplier/submissions.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a submission; whoever has no supplier yet is told how to register one."""
    call = get_object_or_404(public_calls(), slug=slug)
    suppliers = {str(one.uuid): one for one in suppliers_of(account_of(request))}
    categories = [(one.id, in_language(one.name.model_dump())) for one in call.content.categories]
    form = StartForm(
        request.POST or None, organisations=[(key, one.name) for key, one in suppliers.items()], categories=categories,
        initial={"organisation": next(iter(suppliers), None)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            made = actions.start(
                actor=request.user,
                call=call,
                organisation=suppliers[got["organisation"]],
                title=got["title"],
                category=got["category"],
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return HttpResponseRedirect(reverse("submission", args=[made.uuid]))
    shown = {"form": form, "call": call, "suppliers": suppliers, "too_early": before_opening(call)}
    return render(request, "web/supplier/start.html", shown)


@login_required
@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """A submission as a list of steps, with what was sent so far."""
    submission = own_submission(request, uuid)
    found = list(files_of(submission))
    shown = {
        "submission": submission, "steps": _steps(submission, found), "versions": versions_of(submission),
        "sending": sending_of(submission),
        "next": next_step(submission, has_files=bool(found)), "files": found, "acceptances": acceptances_of(submission),
        "notices": notices_of(submission, drafts=False), "recommended": recommended_by(submission),
        "result": result_of(submission) if submission.state == SubmissionState.ACCEPTED else None,
    }  # fmt: skip
    return render(request, "web/supplier/submission.html", shown)


def _steps(submission: Submission, found: list[DraftFile]) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is done); what stands in a filled workbook is not asked again."""
    draft, book = read_draft(submission.draft), workbook_of(found)
    filled = [value for name, value in draft.form if name not in ("introduction", "title") and value not in ("", None)]
    topics = [value for _name, value in draft.form.introduction if value]
    return [
        (_("课程包文件"), reverse("submission-files", args=[submission.uuid]), unready(submission) is None),
        (
            _("情况表"),
            reverse("submission-form", args=[submission.uuid]),
            bool(filled and topics) or book.get("form", False),
        ),
        (
            _("版权清单"),
            reverse("submission-rights", args=[submission.uuid]),
            bool(draft.rights) or bool(book.get("rights")),
        ),
        (_("核对并提交"), reverse("submission-send", args=[submission.uuid]), submission.latest is not None),
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_f(request: HttpRequest, uuid: str) -> HttpResponse:
    """Fill in form F; it is saved as it is."""
    submission = own_submission(request, uuid)
    draft = read_draft(submission.draft)
    begun = FormF.initial_of(draft.form)
    begun["unit"] = begun["unit"] or submission.organisation.name
    form = FormF(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        changed = draft.model_copy(update={"form": form.form(submission.title)})
        actions.save_draft(actor=request.user, submission=submission, draft=changed)
        messages.success(request, _("已保存。"))
        return HttpResponseRedirect(reverse("submission", args=[submission.uuid]))
    return render(
        request, "web/supplier/form_f.html", {"form": form, "submission": submission, "workbook": _book(submission)}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest, uuid: str) -> HttpResponse:
    """Rows of the rights list: add one, take one out."""
    submission = own_submission(request, uuid)
    draft = read_draft(submission.draft)
    taken_out = request.POST.get("remove", "")
    form = RightsForm(request.POST or None) if not taken_out else RightsForm()
    rows = None
    if taken_out.isdecimal() and int(taken_out) < len(draft.rights):
        rows = (*draft.rights[: int(taken_out)], *draft.rights[int(taken_out) + 1 :])
    elif request.method == "POST" and not taken_out and form.is_valid():
        rows = (*draft.rights, form.entry())
    if rows is not None:
        actions.save_draft(actor=request.user, submission=submission, draft=draft.model_copy(update={"rights": rows}))
        messages.success(request, _("已保存。"))
        return HttpResponseRedirect(reverse("submission-rights", args=[submission.uuid]))
    shown = {"form": form, "rows": draft.rights, "submission": submission, "workbook": _book(submission)}
    return render(request, "web/supplier/rights.html", shown)


class WithdrawForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("撤回原因"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": "3"})
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask once more, then take back."""
    submission = own_submission(request, uuid)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(actor=request.user, submission=submission, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已撤回。"))
            return HttpResponseRedirect(reverse("submission", args=[submission.uuid]))
    return render(request, "web/supplier/withdraw.html", {"form": form, "submission": submission})


def _book(submission: Submission) -> dict[str, Any]:
    """What a filled workbook among the files says."""
    return workbook_of(files_of(submission))
