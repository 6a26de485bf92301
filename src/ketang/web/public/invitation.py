"""The page of an invitation's link: what it is to, and the button that accepts it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ketang.people.account.models import Account
from ketang.people.invitation.actions import REASONS, accept_invitation
from ketang.people.invitation.models import InvitationState
from ketang.people.invitation.queries import invitation_by
from ketang.platform.refusal import Refused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show it; accept it for whoever is signed in."""
    found = invitation_by(token)
    shown: dict[str, object] = {"invitation": found, "status": ""}
    if found is None:
        return render(request, "web/public/invitation.html", shown, status=404)
    if found.state != InvitationState.OPEN:
        shown["status"] = REASONS[found.state]
    elif request.method == "POST" and isinstance(request.user, Account):
        try:
            accepted = accept_invitation(account=request.user, token=token)
        except Refused as refused:
            shown["status"] = str(refused)
        else:
            messages.success(request, _("已经接受邀请。"))
            to = accepted.organisation
            return HttpResponseRedirect(reverse("account") if to is None else reverse("organisation", args=[to.uuid]))
    return render(request, "web/public/invitation.html", shown)
