"""Acceptance forms, and what is handed over to the panel: lists of a call, one list, and each as a paper."""

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

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.calls.queries import every_call
from ketang.selection.intake.queries import arrivals
from ketang.selection.papers import actions
from ketang.selection.papers.acceptance import acceptance_form
from ketang.selection.papers.facts import category, copies, verdict_words
from ketang.selection.papers.models import Transfer
from ketang.selection.papers.permissions import may_hand_over, may_see_papers
from ketang.selection.papers.queries import list_of_transfers, ready, rows_of
from ketang.selection.papers.queries import transfers as every_transfer
from ketang.selection.papers.transfer_list import transfer_list
from ketang.web.paging import page_of
from ketang.web.papers import written

PAGE = 25


class HandOverForm(forms.Form):
    """Which submissions are handed over; all that wait, unless some are taken out."""

    numbers = forms.MultipleChoiceField(
        label=gettext_lazy("要移交的申报"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("进入评审、还没有移交的申报都已选上；这次不移交的，取消勾选。"),
        error_messages={"required": gettext_lazy("请选择要移交的申报。")},
    )  # fmt: skip

    def __init__(self, *args: Any, call: Call, **more: Any) -> None:
        waiting = list(ready(call)[: actions.MOST])
        more.setdefault("initial", {"numbers": [submission.number for submission in waiting]})
        super().__init__(*args, **more)
        self.fields["numbers"].choices = [  # type: ignore[attr-defined]  # a choice field
            (submission.number, f"{submission.number} {submission.title} · {submission.organisation.name}")
            for submission in waiting
        ]
        self.is_empty = not waiting


class BackForm(forms.Form):
    """Why a list is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("撤回的理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": gettext_lazy("请写明撤回的理由。")},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def transfers(request: HttpRequest, uuid: str) -> HttpResponse:
    """Lists of a call, and what waits for the next one."""
    require(may_see_papers(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    form = HandOverForm(request.POST if request.method == "POST" else None, call=call)
    if request.method == "POST":
        require(may_hand_over(request.user))
        if form.is_valid():
            try:
                made = actions.hand_over(actor=request.user, call=call, numbers=form.cleaned_data["numbers"])
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            else:
                messages.success(request, _("移交单 %(number)s 已做好。") % {"number": made.number})
                return HttpResponseRedirect(reverse("office-transfer", args=[made.uuid]))
    page = page_of(list_of_transfers(call), request.GET.get("page"), PAGE)
    return render(request, "web/office/transfers.html", {"call": call, "form": form, "page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One list, and taking it back."""
    require(may_see_papers(request.user))
    transfer = get_object_or_404(every_transfer(), uuid=uuid)
    form = BackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may_hand_over(request.user))
        if form.is_valid():
            try:
                actions.withdraw(actor=request.user, transfer=transfer, reason=form.cleaned_data["reason"])
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            else:
                messages.success(request, _("移交单已撤回。"))
                return HttpResponseRedirect(reverse("office-transfer", args=[transfer.uuid]))
    return render(request, "web/office/transfer.html", {"transfer": transfer, "rows": _rows(transfer), "form": form})


@login_required
@require_safe
def taken(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """One list as a paper."""
    require(may_see_papers(request.user))
    return written(transfer_list(get_object_or_404(every_transfer(), uuid=uuid)), kind)


@login_required
@require_safe
def acceptance(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """The acceptance form of one submission."""
    require(may_see_papers(request.user))
    found = get_object_or_404(arrivals().select_related("call", "organisation", "holding", "latest"), uuid=uuid)
    return written(acceptance_form(found), kind, ("pdf", "docx"))


def _rows(transfer: Transfer) -> list[dict[str, Any]]:
    told = []
    for row in rows_of(transfer):
        row.submission.call = transfer.call  # known; not asked for once a row
        words = verdict_words(row.verdict, row.errors, row.undecided)
        told.append(
            {"row": row, "category": category(row.submission), "copies": copies(row.submission), "words": words}
        )
    return told
