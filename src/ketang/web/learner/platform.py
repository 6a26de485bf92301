"""Where one came from, and whether marks go back there: a consent of its own, given and taken back with one button."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ketang.classroom.lti.launching import agree
from ketang.classroom.lti.queries import agrees, came_from, consent_text, grades_of
from ketang.people.account.models import Account


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def platform(request: HttpRequest) -> HttpResponse:
    """How it stands, and the button for the other. Only for oneself, and for who came from another platform."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    guest = came_from(request.user)
    if guest is None:
        raise Http404
    if request.method == "POST":
        agree(account=request.user, language=get_language() or "", agreed=request.POST.get("agree") == "yes")
        messages.success(request, _("已经修改。"))
        return HttpResponseRedirect(reverse("learn-platform"))
    shown = {
        "guest": guest, "text": consent_text(guest.platform), "agreed": agrees(guest), "grades": grades_of(guest),
    }  # fmt: skip
    return render(request, "web/learner/platform.html", shown)
