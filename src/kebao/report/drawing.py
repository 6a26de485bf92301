"""A curve as a small picture for a document that holds no SVG: black on white, told apart by hatching and dashes."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from kebao.model.finding import Curve
from kebao.report.curves import bounds, place, span_of

_WIDTH, _HEIGHT, _EDGE, _OVER = 1000, 160, 6, 2
_INK, _SOFT, _HATCH = 0, 120, 175


def curve_png(curve: Curve) -> bytes:
    """A PNG of 1000 × 160: the line, the limit dashed, marked stretches hatched and bracketed. The numbers stand beside it."""
    picture = Image.new("L", (_WIDTH * _OVER, _HEIGHT * _OVER), 255)
    pen, span, (low, high) = ImageDraw.Draw(picture), span_of(curve), bounds(curve)
    width, height, edge = picture.width, picture.height, _EDGE * _OVER

    def across(share: float) -> int:
        return round(edge + share * (width - 2 * edge))

    def down(value: float) -> int:
        return round(height - edge - (min(high, max(low, value)) - low) / (high - low) * (height - 2 * edge))

    for mark in curve.marks:
        left, right = across(place(mark.start, span)), across(place(mark.end, span))
        right = max(right, left + 3 * _OVER)
        for x in range(left, right, 6 * _OVER):
            pen.line((x, edge, min(right, x + 4 * _OVER), height - edge), _HATCH, _OVER)
        pen.line((left, edge, right, edge), _INK, 4 * _OVER)
    pen.line((edge, edge, edge, height - edge, width - edge, height - edge), _SOFT, _OVER)
    if curve.limit is not None:
        y = down(float(curve.limit))
        for x in range(edge, width - edge, 20 * _OVER):
            pen.line((x, y, x + 12 * _OVER, y), _INK, _OVER)
    last = max(1, len(curve.values) - 1)
    before: tuple[int, int] | None = None
    for index, value in enumerate(curve.values):
        here = None if value is None else (across(index / last), down(value))
        if here is not None:
            pen.line((*(before or here), *here), _INK, 2 * _OVER)
        before = here
    out = io.BytesIO()
    picture.resize((_WIDTH, _HEIGHT), Image.Resampling.BOX).save(out, "PNG", optimize=True)
    return out.getvalue()
