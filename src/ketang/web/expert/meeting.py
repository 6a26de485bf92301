"""评审会 for its members: the agenda, and each package on which they have no conflict. Nothing here names a supplier."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from ketang.people.permissions import require
from ketang.selection.calls.queries import every_call
from ketang.selection.experts.queries import seat_of
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.permissions import may_attend, may_vote
from ketang.selection.ranking.queries import meeting_of
from ketang.web import meeting


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """The meeting of a call with its agenda."""
    call = get_object_or_404(every_call(), uuid=uuid)
    require(may_attend(request.user, call))
    opened = meeting_of(call)
    if request.method == "POST" and opened is not None and request.POST.get("how") != "close":
        meeting.said(request, opened)
        return HttpResponseRedirect(request.path)
    return render(
        request, "web/expert/meeting.html", meeting.agenda(call, request.GET.get("page"), seat_of(request.user, call))
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, uuid: str) -> HttpResponse:
    """One package: all its sheets, what was said, one's own vote."""
    found = get_object_or_404(Submission.objects.select_related("call"), uuid=uuid)
    require(may_vote(request.user, found))
    opened = meeting_of(found.call)
    if request.method == "POST" and opened is not None and request.POST.get("how") != "close":
        meeting.said(request, opened, found)
        return HttpResponseRedirect(request.path)
    return render(request, "web/expert/meeting_package.html", meeting.package(found, opened))
