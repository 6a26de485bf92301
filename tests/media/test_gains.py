"""Jumps of light: what a coder spreads over a few pictures is whole, what automatic exposure does by and by is none."""

from __future__ import annotations

import numpy as np
import pytest

from kebao.media.gains import Floats, jumps

COUNT, AT = 120, 60


def film(shares: list[float], total: float, noise: float = 0.001) -> Floats:
    """Blocks (COUNT, 24, 3) that become brighter by `total`, each picture from `AT` on by its share of it."""
    random = np.random.default_rng(1)
    log = np.zeros(COUNT)
    log[AT : AT + len(shares)] = np.array(shares) * total
    rgb = 100 * np.exp(np.cumsum(log)[:, None, None] + random.normal(0, noise, (COUNT, 24, 3)))
    return np.asarray(rgb, np.float32)


@pytest.mark.parametrize(
    ("shares", "total", "found"),
    [
        ([1.0], 0.05, [(AT, 0.05)]),
        ([0.5, 0.3, 0.2], 0.05, [(AT, 0.05)]),
        ([0.4, 0.2, 0.2, 0.2], -0.05, [(AT, -0.05)]),
        ([1.0], 0.01, []),
        ([1 / 9] * 9, 0.05, []),  # automatic exposure
        ([1 / 20] * 20, 0.2, []),
    ],
)
def test_a_jump_is_told_whole_and_a_drift_is_none(
    shares: list[float], total: float, found: list[tuple[int, float]]
) -> None:
    told = jumps(film(shares, total), np.zeros(COUNT, np.bool_), 0.02)
    assert [(index, round(exposure, 2)) for index, exposure, _ in told] == found
