"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ketang.classroom.catalogue.queries import newest_lesson
from ketang.selection.calls.queries import open_calls


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, in ten seconds, the three doors, and a lesson that plays with one click."""
    return render(request, "web/public/home.html", {"calls": open_calls()[:5], "lesson": newest_lesson()})
