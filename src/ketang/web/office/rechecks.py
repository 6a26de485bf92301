"""The office has a submission, or every submission of a call, checked again under chosen editions of the rulebooks."""

from __future__ import annotations

from collections.abc import Callable
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

from kebao.rulebook.loading import shipped_ids
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.calls.queries import every_call
from ketang.selection.checking import actions
from ketang.selection.checking.permissions import may_recheck
from ketang.selection.intake.queries import arrivals


class RulebooksForm(forms.Form):
    """Which editions judge."""

    rulebooks = forms.MultipleChoiceField(
        label=gettext_lazy("规则册"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("征集规定的规则册不能少，可以换成新的版本，也可以另加。"),
        error_messages={"required": gettext_lazy("请选择规则册。")},
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["rulebooks"].choices = [(name, name) for name in shipped_ids()]  # type: ignore[attr-defined]  # a choice field


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest, uuid: str) -> HttpResponse:
    """One submission."""
    require(may_recheck(request.user))
    found = get_object_or_404(arrivals(), uuid=uuid)

    def act(books: list[str]) -> None:
        actions.recheck(actor=request.user, submission=found, rulebooks=books)

    told = _("已开始重新检查。原来的报告保留。")
    return _answer(request, found.call, act, reverse("office-arrival", args=[found.uuid]), told, found.title)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, uuid: str) -> HttpResponse:
    """Every submission of a call."""
    require(may_recheck(request.user))
    found = get_object_or_404(every_call(), uuid=uuid)

    def act(books: list[str]) -> None:
        actions.recheck_call(actor=request.user, call=found, rulebooks=books)

    told = _("已安排重新检查这个征集的全部申报。原来的报告保留。")
    return _answer(request, found, act, reverse("office-call", args=[found.uuid]), told, found.title)


def _answer(
    request: HttpRequest, call: Call, act: Callable[[list[str]], None], back: str, told: str, title: str
) -> HttpResponse:
    form = RulebooksForm(request.POST or None, initial={"rulebooks": call.file["rulebooks"]})
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["rulebooks"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, told)
            return HttpResponseRedirect(back)
    return render(request, "web/office/recheck.html", {"form": form, "back": back, "title": title})
