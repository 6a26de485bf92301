"""Pages of words: contact, accessibility statement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Every way to reach the host unit; each also in writing."""
    return render(request, "web/public/contact.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what does not yet, and how to say so."""
    return render(request, "web/public/accessibility.html")
