"""What a ranking tells besides its rows, with the names that a page shows in place of ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ketang.selection.calls.models import in_language
from ketang.selection.experts.models import Expert
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.models import Ranking

WIDTH, ROW, MARGIN = 600, 28, 30
"""Of the plot of severities, in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An expert on the plot: the severity as a dot with its standard error to both sides."""

    name: str
    x: float
    left: float
    right: float
    y: int


def told(ranking: Ranking, *, notes: int) -> dict[str, Any]:
    """Experts, agreement, `notes` odd sheets and every scenario, as a page shows them; three queries."""
    summary = ranking.summary
    experts = _names_of_experts(one["expert"] for one in summary["experts"])
    outliers = summary["outliers"][:notes]
    # The experts by name: their ids stand in no order that means anything.
    scenarios = sorted(
        summary["scenarios"], key=lambda one: experts.get(one["of"], "") if one["kind"] == "without" else ""
    )
    submissions = _numbers(
        {one["submission"] for one in outliers}
        | {name for one in scenarios for name in (*one.get("in", ())[:5], *one.get("out", ())[:5])}
        | {one["moved"][0][0] for one in scenarios if one["moved"]}
    )
    criteria = {one.id: in_language(one.name.model_dump()) for one in ranking.call.content.rubric.criteria}
    rows = [one | {"name": experts.get(one["expert"], "—")} for one in summary["experts"]]
    rows.sort(key=lambda one: float(one["severity"]))
    bars, scale = _bars(rows)
    return {
        "experts": rows, "bars": bars, "scale": scale, "height": MARGIN + ROW * len(bars), "width": WIDTH,
        "agreement": summary["agreement"],
        "criteria": [(criteria.get(one["criterion"], one["criterion"]), one["alpha"]) for one in summary["agreement"].get("criteria", ())],
        "outliers": [
            one | {"name": experts.get(one["expert"], "—"), "number": submissions.get(one["submission"], "—")}
            for one in outliers
        ],
        "more_outliers": len(summary["outliers"]) - len(outliers), "groups": summary.get("groups", 1),
        "line": summary.get("line"),
        "scenarios": [_scenario(one, experts, criteria, submissions) for one in scenarios],
    }  # fmt: skip


def _scenario(
    one: dict[str, Any], experts: dict[str, str], criteria: dict[str, str], numbers: dict[str, str]
) -> dict[str, Any]:
    words = {
        "raw": _("按原始均分"), "equal-voices": _("只校正宽严，不加权"), "preferred": _("优先类别排在前面"),
        "weights": _("按试算的权重"), "equal-weights": _("各项权重相同"),
        "more": _("“%(name)s”的权重增加一半") % {"name": criteria.get(one["of"], one["of"])},
        "less": _("“%(name)s”的权重减少一半") % {"name": criteria.get(one["of"], one["of"])},
        "without": _("去掉专家“%(name)s”") % {"name": experts.get(one["of"], "—")},
    }[one["kind"]]  # fmt: skip
    moved = one["moved"][0] if one["moved"] else None
    return {
        "words": words, "tau": one["tau"], "unscored": len(one["unscored"]),
        "into": _listed(one.get("in", ()), numbers), "out": _listed(one.get("out", ()), numbers),
        "moved": moved and (numbers.get(moved[0], "—"), moved[1], moved[2]),
    }  # fmt: skip


def _listed(names: Any, numbers: dict[str, str]) -> str:
    shown = "、".join(numbers.get(name, "—") for name in names[:5])
    return shown + _(" 等 %(count)s 件") % {"count": len(names)} if len(names) > 5 else shown


def _bars(rows: list[dict[str, Any]]) -> tuple[list[Bar], str]:
    """The dots, and the severity at the right edge of the plot."""
    reach = max([abs(float(one["severity"])) + float(one["error"] or 0) for one in rows] or [0]) or 1.0
    half = WIDTH / 2 - 10

    def at(value: float) -> float:
        return round(WIDTH / 2 + value / reach * half, 1)

    bars = []
    for k, one in enumerate(rows):
        value, error = float(one["severity"]), float(one["error"] or 0)
        bars.append(Bar(one["name"], at(value), at(value - error), at(value + error), MARGIN + ROW * k))
    return bars, f"{reach:.2f}"


def _names_of_experts(uuids: Iterable[str]) -> dict[str, str]:
    found = Expert.objects.filter(uuid__in=list(uuids)).values_list("uuid", "name")
    return {str(uuid): name for uuid, name in found}


def _numbers(uuids: set[str]) -> dict[str, str]:
    found = Submission.objects.filter(uuid__in=sorted(uuids)[:5000]).values_list("uuid", "number")
    return {str(uuid): number for uuid, number in found}
