"""评审进度 of a call in the office: packages with their sheets and blind copies, experts with what is left; a copy made again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ketang.people.permissions import require
from ketang.selection.calls.models import in_language
from ketang.selection.calls.queries import every_call
from ketang.selection.ranking.permissions import may_see_ranking
from ketang.selection.ranking.progress import (
    Only,
    PackageRow,
    expert_rows,
    list_of_experts,
    list_of_packages,
    package_rows,
    totals,
)
from ketang.selection.scoring.actions import make_again
from ketang.selection.scoring.models import BlindCopy
from ketang.selection.scoring.permissions import may_see_sheets
from ketang.web.paging import page_of

PAGE, EXPERTS, FIRST = 25, 50, 8
"""Packages a page, experts a page, experts on the board itself."""
CHOICES = (
    (Only.ALL, gettext_lazy("全部申报")), (Only.FEW, gettext_lazy("评分表不足的")),
    (Only.FAILED, gettext_lazy("副本没有做成的")),
)  # fmt: skip


@login_required
@require_safe
def board(request: HttpRequest, uuid: str) -> HttpResponse:
    """The whole call in numbers, the experts with most left to do, and the packages a page at a time."""
    require(may_see_ranking(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    asked = request.GET.get("only", "")
    only = next((one for one in Only if one == asked), Only.ALL)
    numbers = totals(call)
    page = page_of(list_of_packages(call, only, numbers.wanted), request.GET.get("page"), PAGE)
    first = list_of_experts(call).part(0, FIRST + 1)
    shown = {
        "call": call, "totals": numbers, "only": only, "choices": CHOICES, "page": page,
        "rows": [(row, _told(row)) for row in package_rows(list(page.object_list))],
        "experts": expert_rows(call, first[:FIRST]), "more_experts": len(first) > FIRST,
    }  # fmt: skip
    return render(request, "web/office/progress.html", shown)


@login_required
@require_safe
def experts(request: HttpRequest, uuid: str) -> HttpResponse:
    """Every expert of a call with what is left to do."""
    require(may_see_ranking(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    page = page_of(list_of_experts(call), request.GET.get("page"), EXPERTS)
    shown = {"call": call, "page": page, "experts": expert_rows(call, list(page.object_list))}
    return render(request, "web/office/progress_experts.html", shown)


@login_required
@require_POST
def again(request: HttpRequest, uuid: str) -> HttpResponse:
    """Have a blind copy made anew."""
    require(may_see_sheets(request.user))
    copy = get_object_or_404(BlindCopy.objects.select_related("call").defer("words", "masks"), uuid=uuid)
    make_again(actor=request.user, copy=copy)
    messages.success(request, _("已排队重做盲评副本，做成以前专家看不到这门课程。"))
    return HttpResponseRedirect(reverse("office-progress", args=[copy.call.uuid]))


def _told(row: PackageRow) -> dict[str, Any]:
    """What the copy hid, and what it could not hide, in the reader's language."""
    if row.copy is None:
        return {"hidden": [], "shown": [], "times": 0}
    shown: Sequence[Any] = row.copy.shown
    return {
        "hidden": row.copy.hidden, "shown": [(place, in_language(why)) for place, why in shown],
        "times": sum(count for _what, count in row.copy.hidden),
    }  # fmt: skip
