"""A curve in words and numbers, whatever it is then drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import fmean

from kebao.model.finding import Curve
from kebao.model.location import Span
from kebao.model.text import Language, Text
from kebao.report.words import curve_name, number, unit_shown

_LOWEST_TO_HIGHEST = Text(zh="最低 {low}，最高 {high}{unit}", en="lowest {low}, highest {high}{unit}")
_NOTHING = Text(zh="没有可测量的内容", en="nothing to measure")
_LIMIT = Text(zh="限值 {limit}{unit}", en="limit {limit}{unit}")
_MARKED = Text(zh="标出 {spans}", en="marked: {spans}")
_SPANS_MOST = 6
_RANGE_DB = 50.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Numbers of a part of a curve; None where there is nothing to measure. `marked` where a finding speaks of it."""

    span: Span
    low: float | None
    mean: float | None
    high: float | None
    marked: bool


def span_of(curve: Curve) -> Span:
    """The time that the curve covers."""
    return Span(curve.start, curve.start + curve.step * len(curve.values))


def bounds(curve: Curve) -> tuple[float, float]:
    """Lowest and highest value to draw, the limit among them; never equal."""
    if curve.name == "light" and curve.unit == "%":
        return 0.0, 100.0  # per cent of what a screen can show: a change of a few is none
    known = [value for value in curve.values if value is not None]
    if curve.limit is not None:
        known.append(float(curve.limit))
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if is_level(curve):
        low = max(low, high - _RANGE_DB)  # near silence says nothing, and would flatten the rest
    return (low, high) if high > low else (low - 1, high + 1)


def is_level(curve: Curve) -> bool:
    """Whether it is a level of sound, on which high values are what is heard."""
    return curve.unit.startswith(("dB", "LU"))


def stretches(curve: Curve, most: int = 12) -> tuple[Stretch, ...]:
    """The curve in at most `most` equal parts, for a table."""
    count = max(1, -(-len(curve.values) // most))
    parts = []
    for first in range(0, len(curve.values), count):
        values = [value for value in curve.values[first : first + count] if value is not None]
        start = curve.start + curve.step * first
        span = Span(start, start + curve.step * len(curve.values[first : first + count]))
        low, mean, high = (min(values), fmean(values), max(values)) if values else (None, None, None)
        marked = any(
            mark.start < span.end and (mark.end > span.start or mark.start >= span.start) for mark in curve.marks
        )
        parts.append(Stretch(span, low, mean, high, marked))
    return tuple(parts)


def title(curve: Curve, language: Language) -> str:
    """What is drawn, with its unit."""
    name = curve_name(curve.name).to(language)
    if not curve.unit:
        return name
    unit = unit_shown(curve.unit, language)
    return f"{name}（{unit}）" if language == "zh" else f"{name} ({unit})"


def spoken(curve: Curve, language: Language) -> str:
    """The curve in one sentence, for those who do not see it."""
    known = [value for value in curve.values if value is not None]
    unit = f" {unit_shown(curve.unit, language)}" if curve.unit else ""
    words = [str(span_of(curve))]
    if known:
        words.append(_LOWEST_TO_HIGHEST.format(low=shown(min(known)), high=shown(max(known)), unit=unit).to(language))
    else:
        words.append(_NOTHING.to(language))
    if curve.limit is not None:
        words.append(_LIMIT.format(limit=number(curve.limit), unit=unit).to(language))
    if curve.marks:
        spans = [str(mark) for mark in curve.marks[:_SPANS_MOST]]
        more = "……" if len(curve.marks) > _SPANS_MOST else ""
        joined = ("、" if language == "zh" else ", ").join(spans) + more
        words.append(_MARKED.format(spans=joined).to(language))
    return ("；" if language == "zh" else "; ").join(words)


def shown(value: float | None) -> str:
    """A value to three digits that count; a dash where there is none."""
    if value is None:
        return "—"
    if value == 0:
        return "0"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"


def place(time: Fraction, span: Span) -> float:
    """Where a time lies within a span, from 0 to 1."""
    if not span.seconds:
        return 0.0
    return float(min(Fraction(1), max(Fraction(0), (time - span.start) / span.seconds)))
