"""Curves in one line of a terminal: blocks of eight heights, and below them which stretch a finding speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text as Line

from kebao.model.finding import Curve
from kebao.model.location import Span, clock
from kebao.model.text import Language, Text
from kebao.report.curves import bounds, is_level, place, shown, span_of, title
from kebao.report.words import number

BLOCKS = "▁▂▃▄▅▆▇█"
_MARK = "▲"
_MOST, _LEAST = 100, 10
_LIMIT = Text(zh="限值 {limit}", en="limit {limit}")
_MARKS_NAMED = 4


class Spark:
    """A curve as lines of a terminal, as wide as there is room; `indent` in cells."""

    def __init__(self, curve: Curve, language: Language, *, indent: int = 0) -> None:
        self.curve, self.language, self.indent = curve, language, indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        low, high = bounds(self.curve)
        head = f"{title(self.curve, self.language)} "
        tail = f" {shown(low)} … {shown(high)}"
        if self.curve.limit is not None:
            tail += f"  {_LIMIT.format(limit=number(self.curve.limit)).to(self.language)}"
        room = options.max_width - self.indent - cell_len(head) - cell_len(tail)
        if room < _LEAST:  # a narrow terminal: words above, the curve below
            yield self._line(head.strip() + tail, "dim")
            head, tail, room = "", "", options.max_width - self.indent
        columns = max(1, min(_MOST, room))
        line = self._line(head, "dim")
        line.append(blocks(self.curve.values, columns, low, high, peaks=is_level(self.curve)), "cyan")
        line.append(tail, "dim")
        yield line
        below = marks_line(self.curve.marks, span_of(self.curve), columns)
        yield self._line(
            " " * cell_len(head) + (below if below.strip() else self._ends(columns)),
            "yellow" if below.strip() else "dim",
        )
        if below.strip():
            named = [str(mark) for mark in self.curve.marks[:_MARKS_NAMED]]
            more = " …" if len(self.curve.marks) > _MARKS_NAMED else ""
            yield self._line(f"{' ' * cell_len(head)}{_MARK} {'  '.join(named)}{more}", "dim")

    def _ends(self, columns: int) -> str:
        span = span_of(self.curve)
        start, end = clock(span.start), clock(span.end)
        return start + " " * max(1, columns - len(start) - len(end)) + end

    def _line(self, words: str, style: str) -> Line:
        line = Line(" " * self.indent, no_wrap=True, overflow="crop")
        return line.append(words, style)


def blocks(values: Sequence[float | None], columns: int, low: float, high: float, *, peaks: bool = False) -> str:
    """Values as block signs, a blank where there is nothing to measure.

    Of the values that share a column the one furthest from the middle value of all is shown, so that a short fault stays
    visible; with `peaks` the highest.
    """
    known = sorted(value for value in values if value is not None)
    if not known:
        return " " * columns
    middle = known[len(known) // 2]
    signs = []
    for column in range(columns):
        first = column * len(values) // columns
        last = max(first + 1, (column + 1) * len(values) // columns)
        here = [value for value in values[first:last] if value is not None]
        if not here:
            signs.append(" ")
            continue
        value = max(here) if peaks else max(here, key=lambda one: abs(one - middle))
        height = (min(high, max(low, value)) - low) / (high - low)
        signs.append(BLOCKS[min(7, int(height * 8))])
    return "".join(signs)


def marks_line(marks: Sequence[Span], span: Span, columns: int) -> str:
    """Signs below the columns that lie in a marked stretch."""
    signs = [" "] * columns
    for mark in marks:
        first = min(columns - 1, int(place(mark.start, span) * columns))
        last = max(first + 1, ceil(place(mark.end, span) * columns))
        signs[first:last] = _MARK * (min(columns, last) - first)
    return "".join(signs).rstrip()
