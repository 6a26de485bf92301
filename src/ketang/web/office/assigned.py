"""The experts of one package: who scores it, who could and at what cost, adding and ending after a look at the change; conflicts with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.assigning import actions
from ketang.selection.assigning.fitting import POINT, WORDS
from ketang.selection.assigning.models import Assignment
from ketang.selection.assigning.permissions import may_assign
from ketang.selection.assigning.queries import assignments_of
from ketang.selection.assigning.situation import BARS, Bar, Situation, situation_of
from ketang.selection.experts import conflicts
from ketang.selection.experts.models import Conflict, Expert
from ketang.selection.experts.permissions import may_keep_experts
from ketang.selection.experts.queries import conflicts_of
from ketang.selection.intake.models import Submission
from ketang.web.office.expert_forms import ConflictForm, ReasonForm
from ketang.web.refusals import said_on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One package. `?expert=` shows what assigning somebody would change, before it is done."""
    require(may_assign(request.user))
    found = _package(uuid)
    now = situation_of(found.call, only=found)
    form = ConflictForm(
        request.POST if request.method == "POST" else None,
        choices=[(str(seat.expert.uuid), f"{seat.expert.name} {seat.expert.unit}") for seat in now.seats.values()],
    )
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            expert = get_object_or_404(Expert, uuid=form.cleaned_data["expert"])
            conflicts.add(
                actor=request.user, expert=expert, submission=found, reason=form.cleaned_data["reason"]
            )  # fmt: skip
            messages.success(request, _("已记为回避；已经分配的随之取消。"))
            return _to(found)
    shown: dict[str, Any] = {
        "submission": found, "in_review": found.pk in now.submissions, "form": form,
        "assigned": list(assignments_of(found)), "candidates": _candidates(now, found),
        "what_if": _what_if(request, now, found), "conflicts": list(conflicts_of(found)), "lifting": ReasonForm(auto_id="lift-%s"),
    }  # fmt: skip
    return render(request, "web/office/assigned.html", shown)


@login_required
@require_POST
def assign(request: HttpRequest, uuid: str) -> HttpResponse:
    """Assign an expert."""
    require(may_assign(request.user))
    found = _package(uuid)
    expert = get_object_or_404(Expert, uuid=_identity(request.POST.get("expert", "")))
    try:
        actions.assign(actor=request.user, submission=found, expert=expert)
        messages.success(request, _("已分配给 %(name)s。") % {"name": expert.name})
    except Refused as refused:
        messages.error(request, str(refused))
    return _to(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, uuid: str) -> HttpResponse:
    """End an assignment, after a look at what it changes."""
    require(may_assign(request.user))
    found = get_object_or_404(Assignment.objects.select_related("submission__call", "expert"), uuid=uuid)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            actions.end(actor=request.user, assignment=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("已取消。"))
            return _to(found.submission)
    now = situation_of(found.call, only=found.submission)
    saved = None
    if found.stands and found.expert_id in now.seats and found.submission_id in now.submissions:
        saved = f"{now.price(found.submission_id, found.expert_id) / POINT:.2f}"
    shown = {
        "assignment": found, "form": form, "saved": saved, "sheets": found.submitted.count(),
        "left": len(now.experts_of(found.submission_id)) - 1,
    }  # fmt: skip
    return render(request, "web/office/assignment_end.html", shown)


@login_required
@require_POST
def lift(request: HttpRequest, uuid: str) -> HttpResponse:
    """Lift a conflict."""
    require(may_keep_experts(request.user))
    found = get_object_or_404(Conflict.objects.select_related("submission__call"), uuid=uuid)
    try:
        conflicts.lift(actor=request.user, conflict=found, reason=request.POST.get("reason", ""))
        messages.success(request, _("已解除。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return _to(found.submission)


def _candidates(now: Situation, found: Submission) -> list[tuple[Any, str, str, Bar | None, str, int]]:
    """(seat, how the fields fit, cost, what stands against it, in words, load) of every member, those that may be assigned first, the cheapest first."""
    if found.pk not in now.submissions:
        return []
    rows = []
    for expert, seat in now.seats.items():
        bar, price = now.bar(found.pk, expert), now.price(found.pk, expert)
        fit = str(WORDS[now.fit(found.pk, expert)])
        if bar is not Bar.ASSIGNED:
            told = str(BARS[bar]) if bar is not None else ""
            rows.append((seat, fit, price, bar, told, now.loads[expert]))
    rows.sort(key=lambda row: (row[3] is not None, row[2], row[0].pk))
    return [(seat, fit, f"{price / POINT:.2f}", bar, told, load) for seat, fit, price, bar, told, load in rows]


def _what_if(request: HttpRequest, now: Situation, found: Submission) -> dict[str, Any] | None:
    key = _identity(request.GET.get("expert", ""))
    seat = next((one for one in now.seats.values() if one.expert.uuid == key), None)
    if seat is None or found.pk not in now.submissions or now.bar(found.pk, seat.expert_id) is not None:
        return None
    load = now.loads[seat.expert_id]
    return {
        "seat": seat, "expert": str(seat.expert.uuid), "cost": f"{now.price(found.pk, seat.expert_id) / POINT:.2f}", "load": load, "then": load + 1,
        "before": len(now.experts_of(found.pk)), "after": len(now.experts_of(found.pk)) + 1,
        "fit": str(WORDS[now.fit(found.pk, seat.expert_id)]),
    }  # fmt: skip


def _package(uuid: str) -> Submission:
    return get_object_or_404(Submission.objects.select_related("call", "organisation"), uuid=uuid)


def _identity(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def _to(found: Submission) -> HttpResponse:
    return HttpResponseRedirect(reverse("office-assigned", args=[found.uuid]))
