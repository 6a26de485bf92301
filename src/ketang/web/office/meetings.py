"""评审会 in the office: opened, recorded, closed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.calls.queries import every_call
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.meeting import open_meeting
from ketang.selection.ranking.permissions import may_hold_meeting, may_see_ranking
from ketang.selection.ranking.queries import meeting_of
from ketang.web import meeting


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """The meeting of a call with its agenda."""
    require(may_hold_meeting(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    if request.method == "POST":
        opened = meeting_of(call)
        if opened is not None:
            meeting.said(request, opened)
        else:
            try:
                open_meeting(actor=request.user, call=call)
                messages.success(request, _("评审会已开始，成员可以互相看到评分表。"))
            except Refused as refused:
                messages.error(request, str(refused))
        return HttpResponseRedirect(request.path)
    shown = meeting.agenda(call, request.GET.get("page"), None)
    return render(request, "web/office/meeting.html", shown | {"is_office": True})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, uuid: str) -> HttpResponse:
    """One package: all its sheets, what was said, the votes."""
    require(may_see_ranking(request.user))
    found = get_object_or_404(Submission.objects.select_related("call", "organisation"), uuid=uuid)
    opened = meeting_of(found.call)
    if request.method == "POST" and opened is not None:
        meeting.said(request, opened, found)
        return HttpResponseRedirect(request.path)
    return render(request, "web/office/meeting_package.html", meeting.package(found, opened) | {"is_office": True})
