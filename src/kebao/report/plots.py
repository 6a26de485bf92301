"""Geometry of charts for the HTML reports: places in per cent and paths in a box of 1000 × 100, so that they fit any width
and their letters keep their size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kebao.model.finding import Curve
from kebao.model.location import Span, clock
from kebao.model.report import ReportedFinding
from kebao.model.text import Language
from kebao.report.arranging import kind_of
from kebao.report.curves import bounds, place, shown, span_of, spoken, stretches, title

_POINTS = 300
"""Most points of a drawn line; more cannot be told apart at the width of a page."""
SHAPES = {"error": "square", "warning": "triangle", "cantTell": "circle", "advice": "diamond"}
"""A marker's shape says what its colour says."""
MARKERS_MOST = 40
LANES = 6
_APART = 6.0
"""Per cent of the width between two markers of a lane: a marker's own width on a small screen."""


def plot(curve: Curve, language: Language) -> dict[str, Any]:
    """Everything that the template draws of a curve."""
    span, (low, high) = span_of(curve), bounds(curve)
    return {
        "title": title(curve, language),
        "spoken": spoken(curve, language),
        "path": path(curve.values, low, high),
        "low": shown(low),
        "high": shown(high),
        "start": clock(span.start),
        "end": clock(span.end),
        "limit": None if curve.limit is None else f"{_height(float(curve.limit), low, high):.1f}",
        "limit_shown": "" if curve.limit is None else shown(float(curve.limit)),
        "marks": [_mark(mark, span) for mark in curve.marks if mark.start <= span.end and mark.end >= span.start],
        "rows": [
            (str(row.span), shown(row.low), shown(row.mean), shown(row.high), row.marked) for row in stretches(curve)
        ],
    }


def path(values: Sequence[float | None], low: float, high: float) -> str:
    """An SVG path through the values in a box of 1000 × 100; gaps stay gaps, and peaks stay when points are left out."""
    thinned = list(thin(values, _POINTS))
    last = max(1, len(thinned) - 1)
    drawn, pen = [], False
    for index, value in enumerate(thinned):
        if value is not None:
            x = round(index * 1000 / last)
            drawn.append(f"{'L' if pen else 'M'}{x} {_height(value, low, high):.1f}")
            if not pen and (index == len(thinned) - 1 or thinned[index + 1] is None):
                drawn.append("h2")  # a single value between gaps
        pen = value is not None
    return "".join(drawn)


def thin(values: Sequence[float | None], most: int) -> Iterator[float | None]:
    """At most `most` values: of each group its lowest and its highest, in their order."""
    if len(values) <= most:
        yield from values
        return
    group = -(-len(values) * 2 // most)
    for first in range(0, len(values), group):
        known = [(value, place) for place, value in enumerate(values[first : first + group]) if value is not None]
        if not known:
            yield from (None, None)
        else:
            yield from (value for value, _ in sorted((min(known), max(known)), key=lambda pair: pair[1]))


def _height(value: float, low: float, high: float) -> float:
    return 96 - 86 * (min(high, max(low, value)) - low) / (high - low)


def boxes(spans: Sequence[Span], whole: Span) -> list[dict[str, str]]:
    """Where spans lie within the whole; those outside are left out."""
    return [_mark(span, whole) for span in spans if span.start < whole.end and span.end > whole.start]


def _mark(mark: Span, span: Span) -> dict[str, str]:
    start, end = place(mark.start, span) * 100, place(mark.end, span) * 100
    width = max(0.6, end - start)
    return {"x": f"{min(start, 100 - width):.2f}", "width": f"{width:.2f}", "end": f"{min(100.0, start + width):.2f}"}


@dataclass(frozen=True, slots=True)
class Marker:
    """A finding on the strip of its medium."""

    number: int
    finding: ReportedFinding
    kind: str
    shape: str
    x: str
    lane: int
    start: str
    width: str


def markers(findings: Sequence[ReportedFinding], whole: Span) -> list[Marker]:
    """Findings with a time, in the order of time, numbered from one; at most `MARKERS_MOST`."""
    timed = [finding for finding in findings if finding.at.span is not None]
    timed.sort(
        key=lambda finding: (finding.at.span.start, finding.at.span.end, finding.rule) if finding.at.span else ()
    )
    made, lanes = [], [-100.0] * LANES
    for count, finding in enumerate(timed[:MARKERS_MOST], start=1):
        assert finding.at.span is not None  # noqa: S101  chosen above
        kind = kind_of(finding)
        box = _mark(finding.at.span, whole)
        middle = min(98.0, max(2.0, float(box["x"]) + float(box["width"]) / 2))
        lane = next((n for n, last in enumerate(lanes) if middle - last >= _APART), lanes.index(min(lanes)))
        lanes[lane] = middle
        made.append(Marker(count, finding, kind, SHAPES[kind], f"{middle:.2f}", lane, box["x"], box["width"]))
    return made


def strip(
    findings: Sequence[ReportedFinding], whole: Span, language: Language, behind: Curve | None = None
) -> dict[str, Any]:
    """Everything that the template draws of a medium's strip; `behind` is drawn below the markers (its loudness)."""
    shown_markers = markers(findings, whole)
    words = ("；" if language == "zh" else "; ").join(
        f"{marker.number}. {marker.finding.at.span} {marker.finding.title.to(language)}" for marker in shown_markers
    )
    return {
        "markers": shown_markers,
        "lanes": 1 + max((marker.lane for marker in shown_markers), default=0),
        "more": sum(finding.at.span is not None for finding in findings) - len(shown_markers),
        "start": clock(whole.start),
        "end": clock(whole.end),
        "ticks": _ticks(whole),
        "spoken": words,
        "behind": None if behind is None else plot(behind, language),
    }


def _ticks(whole: Span) -> list[tuple[str, str]]:
    """Times written below a strip: at most six, round ones."""
    for step in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600):
        if whole.seconds / step <= 5:
            break
    first = -(-int(whole.start) // step) * step
    times = range(first, int(whole.end) + 1, step)
    return [(f"{place(Fraction(time), whole) * 100:.2f}", clock(Fraction(time))) for time in times]
