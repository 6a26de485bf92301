"""Plots of statistics: what was received and awarded as two dots on one line, quartiles as a line with a dot. The tables beside have every number."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ketang.insight.statistics.costs import Cost
from ketang.insight.statistics.counting import Counts, Row
from ketang.insight.statistics.figures import Step
from ketang.web.plots import Axis, Mark, Plot, Strip, from_zero, ticks

MOST_CALLS = 12
"""Calls drawn at most: the latest."""


def of_rows(name: str, title: str, rows: Sequence[Row]) -> Plot | None:
    """Rows in which something was received; None where there are fewer than two to compare."""
    shown = [(f"{row.code} {row.words}".strip(), row.counts) for row in rows if row.counts.received]
    return _of_counts(name, title, shown)


def of_calls(steps: Sequence[Step]) -> Plot | None:
    """The latest calls, the earliest of them first."""
    shown = [(f"{one.number}. {one.year} {one.call.title}", one.counts) for one in steps[-MOST_CALLS:]]
    return _of_counts("calls", _("各次征集收到和入选的件数"), shown)


def _of_counts(name: str, title: str, shown: Sequence[tuple[str, Counts]]) -> Plot | None:
    if len(shown) < 2:
        return None
    axis, values = from_zero(max(counts.received for _words, counts in shown))
    strips = []
    for words, counts in shown:
        told = {"name": words, "received": counts.received, "awarded": counts.awarded}
        strips.append(
            Strip(
                words, f"{counts.received} → {counts.awarded}",
                _("%(name)s：收到 %(received)s，入选 %(awarded)s") % told,
                at=axis.at(counts.awarded) if counts.awarded else "", was=axis.at(counts.received), low=axis.at(0),
                high=axis.at(counts.received),
            )
        )  # fmt: skip
    return Plot(f"{name}-plot", title, strips, _marks(axis, values))


def of_costs(costs: Sequence[Cost]) -> Plot | None:
    """Every category and all together; None where there is one category alone, which is all."""
    if len(costs) < 3:
        return None
    axis, values = from_zero(float(max(one.upper for one in costs)))
    strips = []
    for one in costs:
        name = f"{one.code} {one.words}".strip()
        told = {"name": name, "low": one.lower, "median": one.median, "high": one.upper}
        strips.append(
            Strip(
                name, f"{one.median}", _("%(name)s：中位数 %(median)s 元，一半在 %(low)s 到 %(high)s 元之间") % told,
                at=axis.at(float(one.median)), low=axis.at(float(one.lower)), high=axis.at(float(one.upper)),
            )
        )  # fmt: skip
    return Plot(
        "hourly-plot", _("各类别的每学时费用（元）：点是中位数，横线从下四分位到上四分位"), strips, _marks(axis, values)
    )


def _marks(axis: Axis, values: Sequence[float]) -> list[Mark]:
    return ticks(axis, [(value, f"{value:g}") for value in values])
