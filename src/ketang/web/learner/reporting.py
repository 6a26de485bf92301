"""What a lesson's page reports: by its script every ten seconds, by its form without one, and after sign-in for what was kept before."""

from __future__ import annotations

import json
import uuid
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ketang.classroom.learning.actions import Kept, finish, report, take_over
from ketang.classroom.learning.crediting import NotEntries, read_entries
from ketang.classroom.learning.tickets import NotATicket, Ticket, now_ms, read_ticket
from ketang.people.account.models import Account
from ketang.platform.refusal import Refused
from ketang.web.learner.who import helper_of, learner_of

MOST_BYTES = 256 << 10
MOST_PAGES = 200
"""Pages of which a browser brings what it kept, at once."""


class _Wrong(Exception):
    """What came is no report: status and words."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words

    @property
    def answer(self) -> JsonResponse:
        return JsonResponse({"message": self.words}, status=self.status)


# The ticket says for whom, and a report can do nothing but add to that: no session and no form token is asked for, so that a
# page that has been without a line for days, or is closing, can still bring what it has.
@csrf_exempt
@require_POST
def reported(request: HttpRequest) -> HttpResponse:
    """`{"ticket", "sitting", "entries"}` → `{"now", "last", "counted"}`; a visitor is told the time alone. 410: throw it away."""
    now = now_ms()
    try:
        told = _told(request)
        ticket, sitting, entries = _page(told, now)
        if not ticket.account or not entries:
            return JsonResponse({"now": now, "last": 0})
        done = report(ticket=ticket, sitting=sitting, entries=entries, now=now)
    except _Wrong as wrong:
        return wrong.answer
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=410)
    return JsonResponse({"now": now, "last": done.last, "counted": done.counted})


def _told(request: HttpRequest) -> Any:
    if len(request.body) > MOST_BYTES:
        raise _Wrong(413, _("一次送来的学习记录太多。"))
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        raise _Wrong(400, _("学习记录读不懂。")) from None
    if not isinstance(told, dict):
        raise _Wrong(400, _("学习记录读不懂。"))
    return told


def _page(told: Any, now: int) -> tuple[Ticket, uuid.UUID, list[Any]]:
    try:
        ticket = read_ticket(told.get("ticket"), now=now)
    except NotATicket:
        raise _Wrong(410, _("这一页开得太久了，学习记录不能再计入。")) from None
    try:
        return ticket, uuid.UUID(str(told.get("sitting"))), list(read_entries(told.get("entries")))
    except (NotEntries, ValueError):
        raise _Wrong(400, _("学习记录读不懂。")) from None


@login_required
@require_POST
def finished(request: HttpRequest) -> HttpResponse:
    """Somebody says that they have studied the lesson; then back to it."""
    back = _back(request)
    try:
        ticket = read_ticket(request.POST.get("ticket"), now=now_ms())
        if ticket.account != learner_of(request).pk:
            raise NotATicket
        done = finish(ticket=ticket, by=helper_of(request))
    except NotATicket:
        messages.error(request, _("这一页开得太久了。请再按一次“我学完了”。"))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        minutes = {"minutes": done.counted_ms // 60_000}
        messages.success(request, _("记下了：这一课学完了，计入 %(minutes)s 分钟。") % minutes)
    return HttpResponseRedirect(back)


def _back(request: HttpRequest) -> str:
    """The lesson's page, when it is one of ours."""
    wanted = urlsplit(request.POST.get("next", "")).path
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted and ours else reverse("learn")


@login_required
@require_POST
def taken_over(request: HttpRequest) -> HttpResponse:
    """`{"pages": [{"ticket", "sitting", "entries"}]}`, what the browser kept before sign-in → `{"counted"}`, milliseconds more."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    now, kept = now_ms(), []
    try:
        pages = _told(request).get("pages")
        if not isinstance(pages, list) or len(pages) > MOST_PAGES or not all(isinstance(one, dict) for one in pages):
            raise _Wrong(400, _("学习记录读不懂。"))
        for page in pages:
            try:
                ticket, sitting, entries = _page(page, now)
            except _Wrong as wrong:
                if wrong.status == 410:
                    continue
                raise
            if ticket.account == 0:
                kept.append(Kept(ticket, sitting, entries))
    except _Wrong as wrong:
        return wrong.answer
    return JsonResponse({"counted": take_over(account=request.user, kept=kept, now=now)})
