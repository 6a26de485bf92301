"""校正说明 of a ranking: severity of each expert and agreement, and sheets that are worth another look; a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketang.people.permissions import require
from ketang.selection.ranking.models import Ranking
from ketang.selection.ranking.permissions import may_see_ranking
from ketang.selection.ranking.telling import criteria_of, experts_of, odd_sheets, reach_of
from ketang.web.paging import page_of
from ketang.web.plots import Mark, Plot, Strip, around_zero, ticks

PAGE = 25


@login_required
@require_safe
def calibration(request: HttpRequest, uuid: str) -> HttpResponse:
    """Severity and spread of each expert as a plot and a table, and how far experts agree."""
    require(may_see_ranking(request.user))
    found = computed(uuid)
    page = page_of(experts_of(found), request.GET.get("page"), PAGE)
    shown = {
        "ranking": found, "call": found.call, "page": page, "plot": _plot(list(page), reach_of(found)),
        "groups": found.summary.get("groups", 1), "agreement": found.summary["agreement"], "criteria": criteria_of(found),
    }  # fmt: skip
    return render(request, "web/office/calibration.html", shown)


@login_required
@require_safe
def odd(request: HttpRequest, uuid: str) -> HttpResponse:
    """Sheets far from what was expected of them."""
    require(may_see_ranking(request.user))
    found = computed(uuid)
    page = page_of(odd_sheets(found), request.GET.get("page"), PAGE)
    return render(request, "web/office/calibration_odd.html", {"ranking": found, "call": found.call, "page": page})


def computed(uuid: str) -> Ranking:
    """A ranking that was computed, without the rows it was made of."""
    found = get_object_or_404(Ranking.objects.select_related("call").defer("basis", "result"), uuid=uuid)
    if found.made_at is None:
        raise Http404
    return found


def _plot(experts: Sequence[dict[str, Any]], reach: float) -> Plot:
    axis, values = around_zero(reach)
    strips = []
    for one in experts:
        value, error = float(one["severity"]), float(one["error"] or 0)
        words = {"name": one["name"], "value": signed(value), "error": f"{error:.2f}"}
        strips.append(
            Strip(
                one["name"], f"{signed(value)} ± {error:.2f}", _("%(name)s：%(value)s 分，标准误 %(error)s") % words,
                at=axis.at(value), low=axis.at(value - error), high=axis.at(value + error),
            )
        )  # fmt: skip
    marks = ticks(axis, [(value, signed(value, short=True)) for value in values])
    zero = Mark(axis.at(0), _("虚线是 0：左边偏严，右边偏宽。横线是标准误。"))
    return Plot("severity-plot", _("每位专家的宽严（分）"), strips, marks, zero)


def signed(value: float, *, short: bool = False) -> str:
    """A difference with its sign; 0 has none."""
    told = f"{abs(value):g}" if short else f"{abs(value):.2f}"
    if not float(told):
        return told
    return f"+{told}" if value > 0 else f"−{told}"
