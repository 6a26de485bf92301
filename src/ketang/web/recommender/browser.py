"""Which body a browser works for: the key that it got when it opened the link. No address holds a secret after that."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from ketang.selection.recommending.links import held_by
from ketang.selection.recommending.models import Recommender, RecommenderLink

COOKIE = "recommending"
View = Callable[..., HttpResponse]


def key_of(request: HttpRequest) -> str:
    """The browser's key; empty where it has none."""
    return request.COOKIES.get(COOKIE, "")[:100]


def keep_key(answer: HttpResponse, key: str, link: RecommenderLink) -> None:
    """Give the browser its key, for as long as the link works."""
    answer.set_cookie(
        COOKIE, key, expires=link.expires_at, path="/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip


def body_of(request: HttpRequest) -> Recommender | None:
    """The body that the browser works for; None without a link that works."""
    link = held_by(key_of(request))
    return link.recommender if link is not None else None


def by_link(view: View) -> View:
    """Give the view the body; without one, a page that says how to come in. Never kept by anybody on the way, never indexed."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        body = body_of(request)
        if body is None:
            response = render(request, "web/recommender/closed.html", {}, status=403)
        else:
            response = view(request, body, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer
