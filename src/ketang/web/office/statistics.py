"""统计: statistics over one call or several, as a page with plots and as a workbook. Office and finance read the same page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from ketang.insight.statistics.choosing import Chosen, choose
from ketang.insight.statistics.counting import Counts
from ketang.insight.statistics.figures import Statistics, kept_statistics
from ketang.insight.statistics.permissions import may_see_statistics
from ketang.people.permissions import require
from ketang.platform.workbook import Head, Kind, Sheet, Value
from ketang.selection.intake.permissions import may_list_arrivals
from ketang.web.office import statistics_plots as plots
from ketang.web.office.handed_out import book_handed_out

CLAUSES = 15
"""Clauses on the page: the first of those that packages do not meet. The workbook has all."""


class AnyOfThese(forms.MultipleChoiceField):
    """Boxes of which a browser may still send one that is not offered any more, as the years were changed: it is passed over."""

    def valid_value(self, value: object) -> bool:
        """Everything is."""
        del value
        return True


class ChoiceForm(forms.Form):
    """Which calls."""

    first = forms.IntegerField(
        label=gettext_lazy("从哪一年"), required=False, min_value=1900, max_value=2200,
        help_text=gettext_lazy("按征集截止的年份，例如 2023；不填就不限。"),
    )  # fmt: skip
    last = forms.IntegerField(
        label=gettext_lazy("到哪一年"), required=False, min_value=1900, max_value=2200,
        help_text=gettext_lazy("不填就不限。"),
    )  # fmt: skip
    call = AnyOfThese(
        label=gettext_lazy("征集"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个都不选，就统计这些年份的全部征集。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Years in their order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first is not None and last is not None and first > last:
            self.add_error("last", _("结束的年份早于开始的年份，请改正其中一个。"))
        return cleaned


def _asked(request: HttpRequest) -> tuple[ChoiceForm, Chosen]:
    """The form and the calls; none while the years are wrong."""
    require(may_see_statistics(request.user))
    form = ChoiceForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    chosen = choose(first=asked.get("first"), last=asked.get("last"), wanted=asked.get("call", ()))
    if form.errors:
        chosen = replace(chosen, calls=[])
    offered = [(str(call.uuid), f"{call.title} · {call.apart}") for call in chosen.offered]
    form.fields["call"].choices = offered  # type: ignore[attr-defined]  # a MultipleChoiceField
    if len(offered) < 2:
        del form.fields["call"]
    return form, chosen


@login_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """The page."""
    form, chosen = _asked(request)
    shown: dict[str, Any] = {
        "form": form, "chosen": chosen, "query": request.GET.urlencode(),
        "layout": f"web/layouts/{'office' if may_list_arrivals(request.user) else 'finance'}.html",
    }  # fmt: skip
    if chosen.calls:
        found = kept_statistics(chosen.calls)
        shown |= {
            "found": found, "clauses": found.clauses[:CLAUSES], "more_clauses": max(0, len(found.clauses) - CLAUSES),
            "calls_plot": plots.of_calls(found.steps), "most_calls": plots.MOST_CALLS,
            "categories_plot": plots.of_rows("categories", _("各类别收到和入选的件数"), found.categories),
            "districts_plot": plots.of_rows("districts", _("各区收到和入选的件数"), found.districts),
            "kinds_plot": plots.of_rows("kinds", _("各类供给方收到和入选的件数"), found.kinds),
            "hourly_plot": plots.of_costs(found.hourly),
        }  # fmt: skip
    return render(request, "web/office/statistics.html", shown)


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """Every table as a sheet of one workbook."""
    _form, chosen = _asked(request)
    return book_handed_out(_("统计"), list(_sheets(chosen, kept_statistics(chosen.calls))))


def _sheets(chosen: Chosen, found: Statistics) -> Iterator[Sheet]:
    heads = (Head(_("说明"), Kind.TEXT, 24), Head("", Kind.OWN, 60), Head("", Kind.MOMENT, 20))
    yield Sheet(_("说明"), heads, list(_notes(chosen, found)))
    yield Sheet(_("各次征集"), [
        Head(_("截止年份"), Kind.COUNT, 10), Head(_("征集"), Kind.OWN, 40), *_count_heads(),
        Head(_("比上一次多收到"), Kind.COUNT, 14), Head(_("变化比例"), Kind.SHARE, 10),
        Head(_("每学时费用中位数（元）"), Kind.MONEY, 16),
    ], [
        (one.year, f"{one.call.title} · {one.call.apart}", *_counts(one.counts), one.change, one.change_share, one.median)
        for one in found.steps
    ])  # fmt: skip
    for title, rows in ((_("类别"), found.categories), (_("区"), found.districts), (_("供给方类型"), found.kinds)):
        coded = any(row.code for row in rows)
        first = [Head(_("编号"), Kind.CODE, 10)] if coded else []
        yield Sheet(
            title, [*first, Head(title, Kind.OWN, 36), *_count_heads()],
            [(*([row.code] if coded else []), row.words, *_counts(row.counts)) for row in rows],
        )  # fmt: skip
    yield Sheet(_("未通过的原因"), [
        Head(_("规则册"), Kind.TEXT, 24), Head(_("条款"), Kind.CODE, 12), Head(_("内容"), Kind.TEXT, 40),
        Head(_("必须改"), Kind.COUNT, 10), Head(_("人工核对不符合"), Kind.COUNT, 14), Head(_("一般应改"), Kind.COUNT, 10),
        Head(_("补正通知提出"), Kind.COUNT, 12), Head(_("最常见的问题"), Kind.TEXT, 60),
    ], [
        (one.book, one.clause, one.words, one.errors, one.unmet, one.warnings, one.asked, _listed(one.faults))
        for one in found.clauses
    ])  # fmt: skip
    yield Sheet(_("决定里的理由"), [
        Head(_("决定"), Kind.TEXT, 12), Head(_("理由"), Kind.OWN, 80), Head(_("件数"), Kind.COUNT, 10),
    ], [(one.decision, one.words, one.count) for one in found.said])  # fmt: skip
    yield Sheet(_("每学时费用"), [
        Head(_("编号"), Kind.CODE, 10), Head(_("类别"), Kind.OWN, 36), Head(_("件数"), Kind.COUNT, 10),
        Head(_("学时"), Kind.MONEY, 12), Head(_("金额（元）"), Kind.MONEY, 16), Head(_("下四分位"), Kind.MONEY, 12),
        Head(_("中位数"), Kind.MONEY, 12), Head(_("上四分位"), Kind.MONEY, 12),
    ], [
        (one.code, one.words, one.count, one.hours, one.amount, one.lower, one.median, one.upper)
        for one in found.hourly
    ])  # fmt: skip


def _notes(chosen: Chosen, found: Statistics) -> Iterator[tuple[Value, ...]]:
    for call in chosen.calls:
        yield _("统计的征集"), f"{call.title} · {call.apart}"
    yield _("统计时间"), "", found.counted_at
    yield _("汇总更新到"), "", found.tallied_at
    if found.untallied:
        yield _("还没有汇总的申报"), str(found.untallied)
    yield _("看不出在哪个区"), found.known.percent
    yield _("口径"), _("收到的都算，草稿不算；齐全、进入评审、入选、发布按统计时的状态；没有第二人复核的决定不算。")


def _count_heads() -> list[Head]:
    return [
        Head(_("收到"), Kind.COUNT, 10), Head(_("齐全"), Kind.COUNT, 10), Head(_("进入评审"), Kind.COUNT, 10),
        Head(_("入选"), Kind.COUNT, 10), Head(_("已发布"), Kind.COUNT, 10),
        Head(_("撤回或不予受理"), Kind.COUNT, 14), Head(_("入选率"), Kind.SHARE, 10),
        Head(_("入选金额（元）"), Kind.MONEY, 16),
    ]  # fmt: skip


def _counts(of: Counts) -> tuple[Value, ...]:
    return (of.received, of.complete, of.accepted, of.awarded, of.published, of.gone, of.share, of.amount)


def _listed(faults: Sequence[tuple[str, int]]) -> str:
    return "\n".join(_("%(words)s：%(count)s 件") % {"words": words, "count": count} for words, count in faults)
