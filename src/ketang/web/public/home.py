"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ketang.classroom.catalogue.queries import newest_lesson
from ketang.selection.calls.queries import current_calls


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, in ten seconds, the three doors, and a lesson that plays with one click."""
    calls, coming = current_calls(8)
    return render(request, "web/public/home.html", {"calls": calls, "coming": coming, "lesson": newest_lesson()})
