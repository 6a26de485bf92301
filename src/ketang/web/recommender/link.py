"""The page behind a link: opened by a button, once; whoever comes from another browser has a new link sent to the registered address."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ketang.platform.refusal import Refused
from ketang.selection.recommending.actions import open_link, send_again
from ketang.selection.recommending.links import is_holder, link_of
from ketang.selection.recommending.models import RecommenderLink
from ketang.web.recommender.browser import keep_key, key_of

HOURLY = 60
"""Links that open nothing, asked for from one address in an hour: an office building has one address."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """Say whose it is and open it by a button.

    One page for whatever cannot be opened, wrong, used, ended or run out, so that it tells nobody which.
    """
    too_many = _too_many(request)
    link = None if too_many else link_of(token)
    if link is not None and link.works and is_holder(link, key_of(request)):
        return HttpResponseRedirect(reverse("recommending"))
    how = request.POST.get("how") if request.method == "POST" else ""
    if how == "again" and not too_many:
        return _again(request, link)
    if link is None or link.holder or not link.works:
        _count(request)
        return _page(request, {"dead": True, "too_many": too_many}, 429 if too_many else 404)
    if how == "open":
        try:
            key = open_link(link=link)
        except Refused:  # another browser was quicker
            return _page(request, {"dead": True}, 404)
        answer = HttpResponseRedirect(reverse("recommending"))
        keep_key(answer, key, link)
        return answer
    return _page(request, {"link": link})


def _again(request: HttpRequest, link: RecommenderLink | None) -> HttpResponse:
    """Say the same whether one was sent or not."""
    if link is None:
        _count(request)
    else:
        send_again(link=link)
    return _page(request, {"sent": True})


def _page(request: HttpRequest, shown: dict[str, object], status: int = 200) -> HttpResponse:
    # What is said of the page is kept with its address: without the link.
    answer = render(request, "web/recommender/link.html", {**shown, "feedback_page": "/r/"}, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _count(request: HttpRequest) -> None:
    cache.add(_key(request), 0, 3600)
    cache.incr(_key(request))


def _too_many(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= HOURLY


def _key(request: HttpRequest) -> str:
    return f"recommender-link:{get_adapter().get_client_ip(request)}"
