"""Sitting a paper: all questions in one form, of which one at a time is in sight or all; answers kept by the script, or by the form."""

from __future__ import annotations

import json
import uuid as identities
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ketang.classroom.exams import sitting
from ketang.classroom.exams.answers import NotLines, read_lines
from ketang.classroom.exams.models import Attempt
from ketang.classroom.exams.queries import Asked, asked_in
from ketang.platform.refusal import Refused
from ketang.web.learner.who import helper_of, learner_of

MOST_BYTES = 256 << 10


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, uuid: str) -> HttpResponse:
    """The questions; what the form brings is kept, and then it goes to another question or to looking over."""
    held = _heard(request, uuid)
    if held.is_over:
        return HttpResponseRedirect(reverse("learn-result", args=[held.uuid]))
    if held.paused_at is not None:
        return render(request, "web/learner/paused.html", {"attempt": held, "clock": sitting.clock_of(held)})
    if request.method == "POST":
        return _kept(request, held)
    asked = asked_in(held)
    wanted = request.GET.get("q", "")
    here = min(int(wanted), len(asked)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 0
    here = here or next((one.place.order for one in asked if not one.chosen), 1)
    answered = sum(bool(one.chosen) for one in asked)
    shown = {
        "attempt": held, "asked": asked, "here": here, "device": identities.uuid4(), "all": len(asked), "answered": answered,
        "left": _minutes(sitting.clock_of(held).left), "previous": here - 1, "next": here + 1 if here < len(asked) else 0,
        "left_ms": sitting.clock_of(held).left,
    }  # fmt: skip
    return render(request, "web/learner/attempt.html", shown)


def _kept(request: HttpRequest, held: Attempt) -> HttpResponse:
    """Keep a form, and go where its button says."""
    told = request.POST
    seen = told.get("seen", "")
    chosen: Mapping[int, tuple[Sequence[str], bool]] = {
        order: (told.getlist(f"a{order}"), told.get(f"f{order}") == "on")
        for order in map(int, filter(_is_order, told.getlist("order")))
    }
    try:
        number = int(seen) if _is_order(seen) else 0
        sitting.keep_form(attempt=held, chosen=chosen, seen=number, by=helper_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
    go = told.get("go", "")
    if go == "review":
        return HttpResponseRedirect(reverse("learn-attempt-review", args=[held.uuid]))
    if go == "pause":
        sitting.pause(attempt=held.uuid, account=held.account, paused=True, by=helper_of(request))
        return HttpResponseRedirect(reverse("learn-attempt", args=[held.uuid]))
    address = reverse("learn-attempt", args=[held.uuid])
    return HttpResponseRedirect(f"{address}?q={go}#question-{go}" if _is_order(go) else address)


def _is_order(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 10


@login_required
@require_POST
def answers(request: HttpRequest, uuid: str) -> JsonResponse:
    """`{"device", "seen", "lines": [[n, order, base, letters, flagged], …]}` → what is kept; 409 when it is over, 423 while it is paused."""
    if len(request.body) > MOST_BYTES:
        return JsonResponse({"message": _("一次送来的答案太多。")}, status=413)
    try:
        told = json.loads(request.body)
        device, seen = identities.UUID(str(told["device"])), told["seen"]
        lines = read_lines(told["lines"])
        if type(seen) is not int:
            raise NotLines
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"message": _("答案读不懂。")}, status=400)
    try:
        kept = sitting.keep(
            attempt=identities.UUID(str(uuid)), account=learner_of(request), device=device, lines=lines, seen=seen, by=helper_of(request)
        )  # fmt: skip
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=410)
    answer: dict[str, Any] = {"n": kept.n, "last": kept.last, "left": kept.left, "news": kept.news}
    return JsonResponse(answer, status=409 if kept.is_over else 423 if kept.is_paused else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uuid: str) -> HttpResponse:
    """What was answered, left out and flagged; and hand it in."""
    held = _heard(request, uuid)
    if request.method == "POST":
        held = sitting.submit(attempt=held.uuid, account=held.account, by=helper_of(request))
    if held.is_over:
        return HttpResponseRedirect(reverse("learn-result", args=[held.uuid]))
    if held.paused_at is not None:
        return HttpResponseRedirect(reverse("learn-attempt", args=[held.uuid]))
    asked: list[Asked] = asked_in(held)
    missing = [one for one in asked if not one.chosen]
    shown = {
        "attempt": held, "asked": asked, "missing": missing, "flagged": [one for one in asked if one.is_flagged],
        "left": _minutes(sitting.clock_of(held).left),
    }  # fmt: skip
    return render(request, "web/learner/review.html", shown)


@login_required
@require_POST
def pause(request: HttpRequest, uuid: str) -> HttpResponse:
    """Pause, or go on."""
    paused = request.POST.get("paused") == "yes"
    held = get_object_or_404(Attempt, uuid=uuid, account=learner_of(request))
    sitting.pause(attempt=held.uuid, account=held.account, paused=paused, by=helper_of(request))
    return HttpResponseRedirect(reverse("learn-attempt", args=[held.uuid]))


def _heard(request: HttpRequest, uuid: str) -> Attempt:
    """The learner's attempt; its page is open now."""
    learner = learner_of(request)
    get_object_or_404(Attempt, uuid=uuid, account=learner)
    nobody = identities.UUID(int=0)
    sitting.keep(attempt=identities.UUID(str(uuid)), account=learner, device=nobody, lines=(), seen=0)
    return Attempt.objects.select_related("paper", "course", "account").get(uuid=uuid)


def _minutes(left: int | None) -> int | None:
    """Minutes left, rounded up; none below 0."""
    return None if left is None else max(0, -(-left // 60_000))
