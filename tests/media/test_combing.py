"""The phase of odd lines: nought for what was taken at once, a half for fields, whatever the grid, and nothing of stripes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from kebao.media.combing import phases
from kebao.media.meter import PictureBatch
from kebao.media.meters.comb import CombMeter

COUNT, RATE = 50, 25
ROWS, COLUMNS = 120, 160
Pictures = NDArray[np.float64]


def scene(moments: NDArray[np.float64], lines: int) -> Pictures:
    """A textured thing that moves right and a little down before a textured wall, (moments, lines, columns)."""
    at = moments[:, None, None]
    y, x = np.mgrid[0:lines, 0:COLUMNS].astype(np.float64)
    y *= ROWS / lines
    wall = 110 + 30 * np.sin(x / 4) * np.cos(y / 6)
    thing = 150 + 30 * np.sin((x - at) / 5 + 0.3) * np.cos((y - 0.3 * at) / 7) + 20 * np.cos((x - at + y) / 9)
    return np.where(np.hypot(y - ROWS / 2, x - 50 - at) < 35, thing, wall)


def film(*, later: float, lines: int = ROWS) -> Pictures:
    """One picture a moment; its odd lines are `later` pictures later."""
    moments = np.arange(COUNT, dtype=np.float64)
    made = scene(moments, lines)
    made[:, 1::2] = scene(moments + later, lines)[:, 1::2]
    return made


def phase_of(shown: Pictures, step: int = 1) -> list[float]:
    """Of every second, to a quarter, through a grid of every `step`-th line, fed 32 pictures at a time and then one by one."""
    kept = np.clip(np.rint(shown), 0, 255).astype(np.uint8)
    if step > 1:
        rows = np.arange(shown.shape[1] // step) * step + (np.arange(shown.shape[1] // step) % 2) * (1 - step % 2)
        kept = kept[:, rows]
    told = []
    for size in (32, 1):
        meter = CombMeter()
        for first in range(0, COUNT, size):
            part = kept[first : first + size]
            ticks = np.arange(first, first + len(part))
            meter.feed(PictureBatch(first, ticks, Fraction(1, RATE), part, part, part, step, COLUMNS, shown.shape[1]))
        arrays = meter.arrays()
        assert arrays["shared"].shape == arrays["moved"].shape == (COUNT,)
        told.append(
            [round(4 * float(p)) / 4 if np.isfinite(p) else np.nan for p in phases(arrays, np.arange(COUNT) / RATE)]
        )
    np.testing.assert_array_equal(*told)
    return told[0]


@pytest.mark.parametrize("later", [0.0, 0.5, -0.5])
@pytest.mark.parametrize("step", [1, 2, 3])
def test_the_phase_is_read_through_any_grid(later: float, step: int) -> None:
    assert phase_of(film(later=later, lines=ROWS * step), step) == [later, later]


def test_stripes_as_fine_as_a_line_have_no_phase() -> None:
    shown = film(later=0.0)
    shown[:, ::2] += 40
    assert phase_of(shown) == [0, 0]


def test_where_nothing_moves_nothing_is_told() -> None:
    assert np.isnan(phase_of(film(later=0.5)[:1].repeat(COUNT, axis=0))).all()
    assert phases({"shared": np.zeros(0), "moved": np.zeros(0)}, np.zeros(0)).tolist() == []


def test_a_slow_fade_from_one_picture_to_another_has_no_phase() -> None:
    """Its detail changes without moving: every picture of it tells another phase."""
    rng = np.random.default_rng(4)
    written = np.full((ROWS, COLUMNS), 220.0)
    for top in rng.integers(0, ROWS - 3, 60):  # strokes of three lines, as of letters
        left = int(rng.integers(0, COLUMNS - 20))
        written[top : top + 3, left : left + 20] = 40
    share = (np.arange(COUNT) / (COUNT - 1))[:, None, None]
    assert np.isnan(phase_of((1 - share) * written + share * 220.0)).tolist() == [True, True]
