"""Sending a letter once more, because somebody decided so."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ketang.people.permissions import require
from ketang.platform.outbox.actions import send_again
from ketang.platform.refusal import Refused
from ketang.selection.answering.models import Answer
from ketang.selection.ledger.models import Arrival
from ketang.selection.ledger.permissions import may_keep_ledger


@login_required
@require_http_methods(["POST"])
def again(request: HttpRequest, uuid: str) -> HttpResponse:
    """Send the letter of an answer again; then back to the first arrival of its mail."""
    require(may_keep_ledger(request.user))
    answer = get_object_or_404(Answer.objects.select_related("letter"), uuid=uuid, letter__isnull=False)
    arrival = Arrival.objects.filter(by_mail__mail=answer.mail_id).earliest("pk")
    try:
        assert answer.letter is not None  # noqa: S101 - asked for above
        send_again(actor=request.user, letter=answer.letter)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("信会再发一次。"))
    return HttpResponseRedirect(reverse("office-ledger-one", args=[arrival.uuid]))
