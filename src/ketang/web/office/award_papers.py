"""Papers of an award, as PDF and Word, with the document number (文号) that the office types in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.announcing.paper import notice_paper
from ketang.selection.announcing.permissions import may_announce
from ketang.selection.announcing.queries import notices
from ketang.selection.awarding import papers
from ketang.selection.awarding.permissions import may_decide
from ketang.selection.awarding.queries import lists
from ketang.selection.awarding.queries import rows as every_row
from ketang.web.papers import written

OF_ROW = {"letter": papers.award_letter, "thanks": papers.thanks_letter, "agreement": papers.agreement}
KINDS = ("pdf", "docx")
LONGEST = 60


@login_required
@require_safe
def of_list(request: HttpRequest, uuid: str, name: str, kind: str) -> HttpResponse:
    """Minutes of the meeting, and the score summary."""
    require(may_decide(request.user))
    found = get_object_or_404(lists(), uuid=uuid)
    if name == "scores":
        return written(papers.score_summary(found, _number(request)), kind, KINDS)
    if name != "minutes":
        raise Http404
    try:
        return written(papers.minutes(found.call, _number(request)), kind, KINDS)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("office-award", args=[found.call.uuid]))


@login_required
@require_safe
def of_row(request: HttpRequest, uuid: str, name: str, kind: str) -> HttpResponse:
    """The award letter, the letter of thanks, the agreement."""
    require(may_decide(request.user))
    found = get_object_or_404(every_row(), uuid=uuid)
    if name not in OF_ROW:
        raise Http404
    try:
        return written(OF_ROW[name](found, _number(request)), kind, KINDS)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("office-award-row", args=[found.uuid]))


@login_required
@require_safe
def of_notice(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """The result notice."""
    require(may_announce(request.user))
    return written(notice_paper(get_object_or_404(notices(), uuid=uuid), _number(request)), kind, KINDS)


def _number(request: HttpRequest) -> str:
    return " ".join(request.GET.get("number", "").split())[:LONGEST]
