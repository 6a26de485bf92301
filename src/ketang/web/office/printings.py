"""Exams on paper for the office: a paper, its answer sheet and its key to print; what centres entered and nobody has checked."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketang.classroom.exams.models import Paper
from ketang.classroom.exams.permissions import may_keep_exams
from ketang.classroom.papers import paper
from ketang.classroom.papers.queries import waiting_printings
from ketang.people.permissions import require
from ketang.web.papers import pdf_of


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Printings with entries that wait for a second person."""
    require(may_keep_exams(request.user))
    return render(request, "web/office/printings.html", {"printings": list(waiting_printings())})


@login_required
@require_safe
def file(request: HttpRequest, uuid: str, what: str, size: str) -> HttpResponse:
    """A paper, its answer sheet without a number, or its key."""
    require(may_keep_exams(request.user))
    found = get_object_or_404(Paper.objects.select_related("edition__course"), uuid=uuid)
    try:
        wanted = paper.Size(size)
    except ValueError:
        raise Http404 from None
    if what not in ("key", "paper", "sheet"):
        raise Http404
    if what == "key":
        return pdf_of(paper.write_key(found), f"{found.title} {_('评分用答案')}")
    if what == "sheet":
        return pdf_of(paper.write_blank_sheet(found, wanted), f"{found.title} {_('答题纸')}")
    return pdf_of(paper.write_paper(found, wanted), found.title)
