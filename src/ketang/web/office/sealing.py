"""The office seals the list of a call."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.calls.queries import every_call
from ketang.selection.ledger.models import ArrivalState
from ketang.selection.ledger.queries import rows_of
from ketang.selection.sealing.actions import seal, why_not_yet
from ketang.selection.sealing.permissions import may_seal
from ketang.web.public.sealed import shown_lists


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sealing(request: HttpRequest, uuid: str) -> HttpResponse:
    """What was sealed of a call so far; the button seals what has come since."""
    require(may_seal(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    if request.method == "POST":
        try:
            made, is_new = seal(actor=request.user, call=call)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            told = _("已封存第 %(n)s 份名单。") if is_new else _("第 %(n)s 份名单以后没有变动，不用再封存。")
            messages.success(request, told % {"n": made.number})
        return HttpResponseRedirect(reverse("office-call-sealing", args=[call.uuid]))
    waiting = rows_of(call=call, state=ArrivalState.UNCLAIMED).count()
    shown = {"call": call, "why_not": why_not_yet(call), "waiting": waiting, **shown_lists(call)}
    return render(request, "web/office/sealing.html", shown)
