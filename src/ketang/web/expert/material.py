"""Bytes of a blind copy's parts, in pieces as a player asks for them: for the expert who may score it, under names that tell nothing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ketang.selection.scoring.models import BlindPart
from ketang.web.expert.asked import looked_at
from ketang.web.ranges import stored_response


@login_required
@require_safe
def medium(request: HttpRequest, uuid: str, number: int) -> HttpResponseBase:
    """The part's film, sound or picture."""
    found = _part(request, uuid, number)
    if found.stored is None or not found.content_type:
        raise Http404
    return stored_response(request, found.stored, found.content_type, within=(found.start, found.size))


@login_required
@require_safe
def page(request: HttpRequest, uuid: str, number: int, page: int) -> HttpResponseBase:
    """A page of a part that is a PDF, as it was drawn."""
    found = get_object_or_404(_part(request, uuid, number).pages.select_related("stored"), number=page)
    return stored_response(request, found.stored, "image/jpeg")


@login_required
@require_safe
def captions(request: HttpRequest, uuid: str, number: int) -> HttpResponseBase:
    """The part's captions, without names."""
    found = _part(request, uuid, number)
    if found.captions is None:
        raise Http404
    return stored_response(request, found.captions, "text/vtt; charset=utf-8")


def _part(request: HttpRequest, uuid: str, number: int) -> BlindPart:
    _assignment, copy = looked_at(request, uuid)
    if copy is None or not copy.is_made:
        raise Http404
    return get_object_or_404(copy.parts.select_related("stored", "captions").defer("text", "transcript"), number=number)
