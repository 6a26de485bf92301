"""Pages that say what went wrong and what to do, in the frame of the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    return render(request, f"web/errors/{name}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(request, "404", 404)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came without its token: a page left open for long, or cookies switched off."""
    return _page(request, "csrf", 403)


def failed(request: HttpRequest) -> HttpResponse:
    """500, in both languages: a page that asks nothing of the database, the session or the request, any of which may be what failed."""
    return HttpResponse(get_template("web/errors/500.html").render({"site": settings.SITE}), status=500)
