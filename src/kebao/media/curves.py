"""Arrays of a measurement as curves of a few hundred values, of the whole medium or of a stretch of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kebao.model.finding import CURVE_POINTS, Curve
from kebao.model.location import Span

How = Literal["mean", "highest", "power"]
"""How values that share a point become one: their mean, the highest, or the mean of their powers (they are in dB)."""


def curve_of(
    name: str,
    seconds: NDArray[Any],
    values: NDArray[Any],
    span: Span,
    *,
    how: How = "mean",
    hold: bool = False,
    unit: str = "",
    limit: float | None = None,
    digits: int = 2,
    points: int = CURVE_POINTS,
) -> Curve:
    """Values at rising times as a curve.

    Args:
        name: of the curve.
        seconds: float (n,), rising, when each value begins.
        values: (n,).
        span: the stretch that the curve covers.
        how: see `How`.
        hold: a point without a value of its own keeps the one before it: a picture stays on screen until the next.
        unit, limit: of the values.
        digits: decimals that are kept.
        points: most values of the curve.
    """
    first, last = np.searchsorted(seconds, [float(span.start), float(span.end)])
    inside = int(last - first)
    count = max(1, min(points, inside))
    step = span.seconds / count if span.seconds else Fraction(1)
    if not inside or not span.seconds:
        return Curve(name, span.start, step, (), unit, limit)
    places = ((seconds[first:last] - float(span.start)) / float(step)).astype(np.intp).clip(0, count - 1)
    made = _grouped(np.asarray(values[first:last], np.float64), places, count, how)
    if hold:
        known = np.maximum.accumulate(np.where(np.isnan(made), 0, np.arange(count)))
        made = made[known]
    told = tuple(None if np.isnan(value) else round(float(value), digits) for value in made)
    return Curve(name, span.start, step, told, unit, limit)


def _grouped(values: NDArray[np.float64], places: NDArray[np.intp], count: int, how: How) -> NDArray[np.float64]:
    if how == "highest":
        made = np.full(count, -np.inf)
        np.maximum.at(made, places, values)
        return np.where(np.isinf(made), np.nan, made)
    sums = np.bincount(places, 10 ** (values / 10) if how == "power" else values, count)
    sizes = np.bincount(places, minlength=count)
    means = np.divide(sums, sizes, out=np.full(count, np.nan), where=sizes > 0)
    return np.asarray(10 * np.log10(np.maximum(means, 1e-14)) if how == "power" else means)
