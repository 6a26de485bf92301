"""Bytes of a checked medium, in parts as a player asks for them: for those who may see the check, never public."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ketang.web.checks.asked import asked_check
from ketang.web.ranges import stored_response


@require_safe
def medium(request: HttpRequest, uuid: str, number: int) -> HttpResponseBase:
    """The medium of that number; 404 where browsers do not play it."""
    rows = asked_check(request, uuid).checked_media.select_related("stored")
    found = get_object_or_404(rows, number=number)
    if found.stored is None or not found.content_type:
        raise Http404
    return stored_response(request, found.stored, found.content_type, within=(found.start, found.size))
