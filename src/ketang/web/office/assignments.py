"""Assignments of a call: how it stands, asking for a plan, and one plan with its progress, its reasons, and putting it into force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.assigning import actions
from ketang.selection.assigning.fitting import WORDS, Fit
from ketang.selection.assigning.models import Plan
from ketang.selection.assigning.permissions import may_assign
from ketang.selection.assigning.proposing import lacking_words
from ketang.selection.assigning.queries import (
    Load,
    list_of_packages,
    list_of_plans,
    named,
    packages_named,
    plans,
    rows_by_package,
    standing_of,
    step_of,
    totals,
    wanted_in,
)
from ketang.selection.calls.queries import every_call
from ketang.selection.experts.queries import list_of_seats
from ketang.web.office.expert_forms import AskForm
from ketang.web.paging import page_of
from ketang.web.refusals import said_on

PAGE, LACKING, PLANS = 25, 50, 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest, uuid: str) -> HttpResponse:
    """How a call stands, and the form that asks for a plan."""
    require(may_assign(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    wanted = wanted_in(call)
    form = AskForm(request.POST if request.method == "POST" else None, initial={"wanted": wanted})
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            made = actions.ask(actor=request.user, call=call, **form.cleaned_data)
            return HttpResponseRedirect(reverse("office-plan", args=[made.uuid]))
    few = request.GET.get("few") == "1"
    page = page_of(list_of_packages(call, few=wanted if few else 0), request.GET.get("page"), PAGE)
    assigned = standing_of(list(page.object_list))
    shown = {
        "call": call, "form": form, "page": page, "rows": [(one, assigned.get(one.pk, [])) for one in page], "few": few,
        "wanted": wanted, "totals": totals(call, wanted), "plans": list(list_of_plans(call)[:PLANS]),
        "loads": [
            Load(seat.expert.name, seat.assigned, seat.load_limit) for seat in list_of_seats(call).part(0, 500)  # type: ignore[attr-defined]  # annotated
        ],
    }  # fmt: skip
    return render(request, "web/office/assignments.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, uuid: str) -> HttpResponse:
    """One plan."""
    require(may_assign(request.user))
    found = get_object_or_404(plans(), uuid=uuid)
    if request.method == "POST":
        try:
            made = actions.apply(actor=request.user, plan=found)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("office-plan", args=[found.uuid]))
        messages.success(request, _("已采用，分配了 %(count)s 件次。") % {"count": len(made)})
        return HttpResponseRedirect(reverse("office-assignments", args=[found.call.uuid]))
    if found.made_at is None:
        shown = {"plan": found, "going": not found.failed, "step": _step(found)}
        return render(request, "web/office/plan.html", shown)
    return render(request, "web/office/plan.html", _made(request, found))


@login_required
@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """How far it is, for the page's script."""
    require(may_assign(request.user))
    found = get_object_or_404(plans().defer("rows", "lacking"), uuid=uuid)
    over = found.made_at is not None or bool(found.failed)
    return JsonResponse({"over": over, "state": _step(found), "media": 0, "done": 0})


def _step(found: Plan) -> str:
    words = {
        "conflicts": _("正在核对回避关系"), "reading": _("正在读取评审组和申报"), "solving": _("正在计算最好的分配"),
    }  # fmt: skip
    return words.get(step_of(found), _("等待开始"))


def _made(request: HttpRequest, found: Plan) -> dict[str, Any]:
    of = rows_by_package(found)
    page = page_of(_Parted(list(of)), request.GET.get("page"), PAGE)
    experts = named([expert for key in page for expert, _why in of[key]])
    lacking = [(key, count, why) for key, count, why in found.lacking[:LACKING]]
    packages = packages_named([*page, *(key for key, _count, _why in lacking)])
    rows = [
        (packages[key], [(experts[one], _words(why)) for one, why in of[key] if one in experts])
        for key in page
        if key in packages
    ]
    gap = max(0.0, ((found.cost or 0) - (found.bound or 0)) / max(1.0, abs(found.bound or 0)))
    counts = {"pairs": len(found.rows), "packages": len(of), "missing": sum(one[1] for one in found.lacking)}
    return {
        "plan": found, "page": page, "rows": rows, "gap": f"{gap:.2%}", "proven": gap < 1e-6, "counts": counts,
        "lacking": [(packages[key], count, lacking_words(why)) for key, count, why in lacking if key in packages],
        "more": max(0, len(found.lacking) - LACKING), "loads": _loads(found),
    }  # fmt: skip


def _words(why: dict[str, Any]) -> str:
    """Why this expert, in a sentence."""
    told = {"fit": WORDS[Fit(why["expertise"])], "load": why["load"], "limit": why["limit"]}
    if why.get("closer"):
        more = _("%(fit)s；共 %(load)s 件，最多 %(limit)s 件；更对口的有 %(closer)s 人，因回避、件数或均衡没有选")
        return more % {**told, "closer": why["closer"]}
    return _("%(fit)s；共 %(load)s 件，最多 %(limit)s 件") % told


def _loads(found: Plan) -> list[Load]:
    """Loads of the panel once the plan is in force; those that it does not touch as they are."""
    last = {expert: (why["load"], why["limit"]) for _package, expert, why in found.rows}
    loads = []
    for seat in list_of_seats(found.call).part(0, 500):
        count, limit = last.get(str(seat.expert.uuid), (seat.assigned, seat.load_limit))  # type: ignore[attr-defined]  # annotated
        loads.append(Load(seat.expert.name, count, limit))
    return loads


class _Parted:
    """Keys to be read in pages."""

    def __init__(self, keys: list[str]) -> None:
        self._keys = keys
        self.far = len(keys) + 1

    def count(self, most: int) -> int:
        return min(most, len(self._keys))

    def part(self, start: int, stop: int) -> list[str]:
        return self._keys[start:stop]
