"""名次取决于什么: other orders of a ranking as plots and tables, and trying other weights or preferred categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.permissions import require
from ketang.selection.calls.models import Call, in_language
from ketang.selection.calls.queries import every_call
from ketang.selection.ranking import actions
from ketang.selection.ranking.models import Ranking
from ketang.selection.ranking.orders import Moved, OtherOrder, order_of
from ketang.selection.ranking.permissions import may_rank, may_see_ranking
from ketang.selection.ranking.queries import is_going, shown_ranking
from ketang.selection.ranking.telling import OtherWay, least_tau, names_of_criteria, other_ways, way_of
from ketang.web.office.calibrations import computed
from ketang.web.paging import page_of
from ketang.web.plots import Mark, Plot, Strip, of_places, ticks, up_to_one
from ketang.web.refusals import said_on

PAGE = 25
SORTS = (("place", gettext_lazy("按名次")), ("moved", gettext_lazy("变化大的在前")))


class WeightsForm(forms.Form):
    """Weights of the rubric's criteria, to be tried in place of its own."""

    def __init__(self, *args: Any, call: Call, **more: Any) -> None:
        super().__init__(*args, **more)
        wrong = _("权重应在 0 到 1000 之间，最多两位小数。")
        for one in call.content.rubric.criteria:
            self.fields[f"weight-{one.id}"] = forms.DecimalField(
                label=in_language(one.name.model_dump()), min_value=0, max_value=actions.MOST_WEIGHT, decimal_places=2,
                initial=one.weight, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-4"}),
                help_text=_("评分标准里是 %(weight)s") % {"weight": one.weight},
                error_messages={
                    "required": _("请填写权重；不算这一项就填 0。"),
                    **dict.fromkeys(("invalid", "min_value", "max_value", "max_decimal_places"), wrong),
                },
            )  # fmt: skip

    def weights(self) -> dict[str, Any]:
        """By criterion."""
        return {name.removeprefix("weight-"): weight for name, weight in self.cleaned_data.items()}


class CategoriesForm(forms.Form):
    """Categories to be tried as preferred."""

    preferred = forms.MultipleChoiceField(
        label=gettext_lazy("排在前面的类别"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请选择至少一个类别。")},
    )  # fmt: skip

    def __init__(self, *args: Any, call: Call, **more: Any) -> None:
        file = call.content
        preferred = [one.id for one in file.categories if one.preferred]
        # With all of them in front, none is: nothing would move.
        more["initial"] = {"preferred": preferred if len(preferred) < len(file.categories) else []}
        super().__init__(*args, **more)
        choices = [(one.id, in_language(one.name.model_dump())) for one in file.categories]
        self.fields["preferred"].choices = choices  # type: ignore[attr-defined]  # a field of choices


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, uuid: str) -> HttpResponse:
    """Forms that try other weights and preferred categories; the ranking stays as it is."""
    require(may_rank(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    weights = WeightsForm(request.POST if how == "weights" else None, call=call)
    categories = CategoriesForm(request.POST if how == "preferred" else None, call=call)
    form: forms.Form = weights if how == "weights" else categories
    shown = shown_ranking(call)
    if form.is_valid():
        asked: dict[str, Any] = {"weights": weights.weights()} if form is weights else form.cleaned_data
        with said_on(form):
            line = shown.asked.get("line") if shown is not None else None
            made = actions.ask_ranking(actor=request.user, call=call, line=line, **asked)
            return HttpResponseRedirect(reverse("office-order", args=[made.uuid, how]))
    told = {"call": call, "weights": weights, "categories": categories, "ranking": shown}
    return render(request, "web/office/ranking_trial.html", told)


@login_required
@require_safe
def orders(request: HttpRequest, uuid: str) -> HttpResponse:
    """Every other way to rank with how far its order agrees: a plot, and a table that leads to each."""
    require(may_see_ranking(request.user))
    found = computed(uuid)
    page = page_of(other_ways(found), request.GET.get("page"), PAGE)
    shown = {
        "ranking": found, "call": found.call, "page": page, "plot": _taus(list(page), least_tau(found)),
        "line": found.summary.get("line"),
    }  # fmt: skip
    return render(request, "web/office/ranking_orders.html", shown)


@login_required
@require_safe
def order(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """One other order beside the ranking's, package by package; while it is computed, how far it is."""
    require(may_see_ranking(request.user))
    found = get_object_or_404(Ranking.objects.select_related("call").defer("basis"), uuid=uuid)
    shown: dict[str, Any] = {"ranking": found, "call": found.call, "kind": kind}
    if found.made_at is None:
        shown["going"] = is_going(found)
        return render(request, "web/office/ranking_order.html", shown)
    of = request.GET.get("of", "")
    way, places = way_of(found, kind, of), order_of(found, kind, of)
    shown |= {"way": way, "tried": _tried(found, kind), "line": found.summary.get("line")}
    if way is None and kind not in ("weights", "preferred"):
        raise Http404
    if places is not None:
        sort = "moved" if request.GET.get("sort") == "moved" else "place"
        other = OtherOrder(found, places, furthest_first=sort == "moved")
        page = page_of(other, request.GET.get("page"), PAGE)
        plot = _places(list(page), len(places), found.summary.get("line"))
        shown |= {"other": other, "page": page, "plot": plot, "sort": sort, "sorts": SORTS, "of": of}
    return render(request, "web/office/ranking_order.html", shown)


def _tried(found: Ranking, kind: str) -> list[tuple[str, str, str]]:
    """What was tried: (criterion, its own weight, the tried one), or (category, "", "") for each preferred one."""
    if kind == "weights" and found.asked.get("weights"):
        names, own = names_of_criteria(found), dict(found.basis["criteria"])
        return [(names.get(key, key), own.get(key, "—"), weight) for key, weight in found.asked["weights"].items()]
    if kind == "preferred":
        file = found.call.content
        named = found.asked.get("preferred")
        chosen = {one.id for one in file.categories if one.preferred} if named is None else set(named)
        return [(in_language(one.name.model_dump()), "", "") for one in file.categories if one.id in chosen]
    return []


def _taus(ways: Sequence[OtherWay], least: float) -> Plot:
    axis, values = up_to_one(least)
    strips = [
        Strip(
            way.words, f"{float(way.tau):.2f}" if way.tau else "—",
            _("%(way)s：一致程度 %(tau)s") % {"way": way.words, "tau": way.tau or "—"},
            at=axis.at(float(way.tau)) if way.tau else "", low=axis.at(float(way.tau)) if way.tau else "", high=axis.at(1),
        )
        for way in ways
    ]  # fmt: skip
    marks = ticks(axis, [(value, f"{value:.2f}") for value in values])
    return Plot("orders-plot", _("换一种算法，次序与本排名的一致程度"), strips, marks)


def _places(rows: Sequence[Moved], last: int, line: int | None) -> Plot:
    axis, values = of_places(last)
    strips = []
    for one in rows:
        before, after = axis.at(one.row.place), axis.at(one.after) if one.after else ""
        words = {"number": one.row.submission.number, "before": one.row.place, "after": one.after or "—"}
        strips.append(
            Strip(
                f"{one.row.submission.number} {one.row.submission.title}", f"{one.row.place} → {one.after or '—'}",
                _("%(number)s：本排名第 %(before)s，这样算第 %(after)s") % words,
                at=after, was=before, low=before if after else "", high=after,
            )
        )  # fmt: skip
    marks = ticks(axis, [(value, str(value)) for value in values])
    rule = None
    if line is not None and line < last:
        rule = Mark(axis.at(line + 0.5), _("虚线是入选线：左边是前 %(line)s 件。") % {"line": line})
    return Plot("order-plot", _("每件申报的名次"), strips, marks, rule)
