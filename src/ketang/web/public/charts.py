"""The chart of a lesson: a plot for each column of numbers, beside the table with all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.catalogue.tables import Table, number_of
from ketang.web.plots import Axis, Plot, Strip, around_zero, from_zero, ticks

MOST_PLOTS = 4
MOST_STRIPS = 60
"""A longer table is read as a table; its picture, where there is one, shows its shape."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A table of words, which of its columns hold numbers, and plots of them."""

    table: Table
    plots: Sequence[Plot]

    @property
    def head(self) -> list[tuple[str, bool]]:
        """Words of each column and whether it holds numbers."""
        numbers = set(self.table.numbers)
        return [(words, place in numbers) for place, words in enumerate(self.table.head)]

    @property
    def rows(self) -> list[list[tuple[str, bool]]]:
        """Cells with the same."""
        numbers = set(self.table.numbers)
        return [[(words, place in numbers) for place, words in enumerate(row)] for row in self.table.rows]


def chart_of(lesson: Lesson) -> Chart | None:
    """None for a lesson without a table."""
    table = Table.of_json(lesson.table)
    if table is None:
        return None
    columns = table.numbers[:MOST_PLOTS] if len(table.rows) <= MOST_STRIPS else []
    return Chart(table, [_plot(table, place) for place in columns])


def _plot(table: Table, place: int) -> Plot:
    """A line from nought to each value, with a dot at its end."""
    values = [(row, number_of(row[place])) for row in table.rows]
    numbers = [value for _row, value in values if value is not None]
    axis, marks = _axis(numbers)
    strips = [
        Strip(table.name_of(row), row[place], _("%(name)s：%(value)s") % {"name": table.name_of(row), "value": row[place]},
              at=axis.at(value), low=axis.at(min(0, value)), high=axis.at(max(0, value)))
        for row, value in values if value is not None
    ]  # fmt: skip
    return Plot(
        f"plot-{place}", table.head[place] or _("数值"), strips, ticks(axis, [(one, f"{one:g}") for one in marks])
    )


def _axis(numbers: Sequence[float]) -> tuple[Axis, list[float]]:
    if min(numbers) < 0:
        return around_zero(max(abs(one) for one in numbers))
    return from_zero(max(numbers))
