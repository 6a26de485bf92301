"""Whether one's results go to an external learning record store: a consent of its own, given and taken back with one button."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ketang.classroom.exchange.actions import agree
from ketang.classroom.exchange.queries import agrees, consent_text, store
from ketang.people.account.models import Account
from ketang.platform.refusal import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest) -> HttpResponse:
    """How it stands, and the button for the other. Only for oneself: nobody agrees for another."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    if request.method == "POST":
        try:
            agreed = request.POST.get("agree") == "yes"
            agree(account=request.user, language=get_language() or "", agreed=agreed)
            messages.success(request, _("已经修改。"))
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("learn-exchange"))
    there = store() is not None
    shown = {"there": there, "text": consent_text() if there else "", "agreed": agrees(request.user)}
    return render(request, "web/learner/exchange.html", shown)
