"""排名 in the office: asked for, shown in pages, taken away, made final."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.platform.workbook import Head, Kind, Value
from ketang.selection.assigning.queries import left_with_sheets
from ketang.selection.calls.queries import every_call
from ketang.selection.ranking import actions
from ketang.selection.ranking.models import RankedRow, Ranking
from ketang.selection.ranking.permissions import may_rank, may_see_ranking
from ketang.selection.ranking.queries import LARGE, aliases, is_going, list_of_rows, rankings_of, shown_ranking
from ketang.web.office.handed_out import handed_out
from ketang.web.paging import page_of
from ketang.web.refusals import said_on

PAGE = 50
SORTS = (
    ("place", gettext_lazy("按名次")), ("raw", gettext_lazy("按原始均分")), ("spread", gettext_lazy("分歧大的在前")),
    ("sheets", gettext_lazy("评分表少的在前")),
)  # fmt: skip


class AskForm(forms.Form):
    """What a ranking is computed with."""

    line = forms.IntegerField(
        label=gettext_lazy("入选线（打算选几件）"), required=False, min_value=1, max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("填了才能说明哪些申报会越过这条线；不影响名次。"),
    )  # fmt: skip


class FinalForm(forms.Form):
    """Why it is final."""

    reason = forms.CharField(
        label=gettext_lazy("定为最终排名的理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": gettext_lazy("请写明理由。")},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ranking(request: HttpRequest, uuid: str) -> HttpResponse:
    """The ranking of a call, and the form that asks for a new one."""
    require(may_see_ranking(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            actions.ask_ranking(actor=request.user, call=call, line=form.cleaned_data["line"])
            return HttpResponseRedirect(reverse("office-ranking", args=[call.uuid]))
    shown, newest = shown_ranking(call), rankings_of(call).first()
    waits = newest is not None and newest.made_at is None
    going = waits and newest is not None and is_going(newest)
    order = request.GET.get("order", "place")
    context: dict[str, Any] = {
        "call": call, "form": form, "ranking": shown, "newest": newest, "order": order, "sorts": SORTS,
        "final_form": FinalForm(),
        "going": going, "failed": waits and not going,
        "left": left_with_sheets(call),
    }  # fmt: skip
    if shown is not None:
        page = page_of(list_of_rows(shown, order), request.GET.get("page"), PAGE)
        numbers = aliases(row.submission_id for row in page.object_list)
        context |= {"page": page, "rows": [(row, numbers.get(row.submission_id)) for row in page.object_list]}
    return render(request, "web/office/ranking.html", context)


@login_required
@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """Whether a ranking is still being computed, for the page's script."""
    require(may_see_ranking(request.user))
    found = get_object_or_404(Ranking.objects.defer(*LARGE), uuid=uuid)
    return JsonResponse({"over": not is_going(found), "state": _("正在计算"), "media": 0, "done": 0})


@login_required
@require_POST
def final(request: HttpRequest, uuid: str) -> HttpResponse:
    """Make it final."""
    require(may_rank(request.user))
    found = _one(uuid)
    try:
        actions.make_final(actor=request.user, ranking=found, reason=request.POST.get("reason", ""))
        messages.success(request, _("已定为最终排名。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("office-ranking", args=[found.call.uuid]))


@login_required
@require_safe
def export(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """All rows as a workbook."""
    require(may_see_ranking(request.user))
    found = _one(uuid)
    heads = (
        Head(_("名次"), Kind.COUNT, 8), Head(_("受理编号"), Kind.CODE, 24), Head(_("盲评编号"), Kind.COUNT, 10),
        Head(_("课程名称"), Kind.OWN, 36), Head(_("供应单位"), Kind.OWN, 30), Head(_("评分表"), Kind.COUNT, 10),
        Head(_("原始均分"), Kind.TEXT, 12), Head(_("校正均分"), Kind.TEXT, 12), Head(_("分歧"), Kind.TEXT, 12),
    )  # fmt: skip
    return handed_out("xlsx", _("排名"), heads, _rows(found))


def _one(uuid: str) -> Ranking:
    found = get_object_or_404(Ranking.objects.select_related("call").defer("basis", "result"), uuid=uuid)
    if found.made_at is None:
        raise Http404
    return found


def _rows(found: Ranking) -> Iterator[tuple[Value, ...]]:
    rows = RankedRow.objects.filter(ranking=found).select_related("submission__organisation").order_by("order")
    numbers = aliases(RankedRow.objects.filter(ranking=found).values_list("submission_id", flat=True))
    for row in rows.iterator(chunk_size=500):
        one = row.submission
        yield (
            row.place, one.number, numbers.get(one.pk), one.title, one.organisation.name, row.sheets, f"{row.raw:.4f}",
            f"{row.adjusted:.4f}", "" if row.spread is None else f"{row.spread:.4f}",
        )  # fmt: skip
