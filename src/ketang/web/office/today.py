"""The office's home: what waits for whom, how a call goes, and the daily letter."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ketang.insight.figures import figures
from ketang.insight.waiting import MOST, Waiting, waiting
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.preference.actions import choose_digest
from ketang.people.preference.queries import wants_digest
from ketang.people.role.models import Role
from ketang.platform.outbox.queries import can_send
from ketang.selection.calls.models import Call, CallState
from ketang.selection.calls.queries import every_call
from ketang.selection.intake.permissions import may_list_arrivals

CALLS = 50
"""Calls to choose from: the latest."""


class DigestForm(forms.Form):
    """Whether a letter comes each day."""

    wanted = forms.BooleanField(label=gettext_lazy("每天早上来信告诉我有什么事等着处理"), required=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def today(request: HttpRequest) -> HttpResponse:
    """Show everything; keep the choice of the letter."""
    require(may_list_arrivals(request.user))
    person = request.user
    assert isinstance(person, Account)  # noqa: S101 - only accounts sign in
    if request.method == "POST":
        form = DigestForm(request.POST)
        wanted = form.is_valid() and form.cleaned_data["wanted"]
        choose_digest(account=person, wanted=wanted)
        messages.success(request, _("每天早上会给您来信。") if wanted else _("不再每天来信。"))
        return HttpResponseRedirect(reverse("office-today"))
    calls = list(every_call().exclude(state=CallState.DRAFT)[:CALLS])
    call = _asked(calls, request.GET.get("call", ""))
    shown = {
        "groups": _groups(waiting()), "most": MOST, "calls": calls, "call": call,
        "figures": figures(call) if call is not None else None,
        "form": DigestForm(initial={"wanted": wants_digest(person)}), "has_address": bool(person.email),
        "can_send": can_send(),
    }  # fmt: skip
    return render(request, "web/office/today.html", shown)


def _asked(calls: list[Call], wanted: str) -> Call | None:
    """The call that was asked for; else one that is open, else the latest that has begun, else the latest."""
    asked = [call for call in calls if str(call.uuid) == wanted]
    running = [call for call in calls if call.is_open()]
    begun = [call for call in calls if not call.is_coming()]
    return next(iter([*asked, *running, *begun, *calls]), None)


def _groups(found: list[Waiting]) -> list[tuple[str, list[Waiting]]]:
    """By whose work it is, the office's first."""
    names = {
        Role.CLERK: _("等经办人"), Role.SUPPLIER: _("等报送者"), Role.ADMINISTRATOR: _("等管理员"), None: _("系统正在做"),
    }  # fmt: skip
    groups = [(words, [one for one in found if one.kind.whose == whose]) for whose, words in names.items()]
    return [(words, rows) for words, rows in groups if rows]
