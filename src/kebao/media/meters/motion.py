"""Motion of the whole picture from one frame to the next: where most of the textured blocks agree, it is the camera."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.blocks import BLOCKS, means
from kebao.media.meter import Arrays, PictureBatch
from kebao.media.rows import Rows

TEXTURE = 6.0
"""Least mean squared gradient (codes² a sample²) in the weaker direction: below it a block tells no motion (a wall)."""
AGREE = 0.18
"""Samples of the small grid by which a block's motion may differ from the picture's and still agree with it."""
_FURTHEST = 3.0
"""Samples of the small grid: a step that would be larger is no step at all (a cut, a flash)."""


class MotionMeter:
    """Least-squares displacement of each block (B. D. Lucas, T. Kanade, 1981), and their median.

    Arrays over frames: `x`, `y` float16, displacement right and down to the picture before, as a share of the width;
    `textured` uint8, blocks that can tell; `agreeing` uint8, those of them that agree with the median.
    """

    name = "motion"
    version = 3

    def __init__(self) -> None:
        self._rows: Rows[np.float32] = Rows()
        self._before: NDArray[np.float32] | None = None

    def feed(self, batch: PictureBatch) -> None:
        """Displacement of every picture against the one before."""
        held = batch.small if self._before is None else np.concatenate([self._before, batch.small])
        fresh = len(batch.small)
        self._before = held[-1:].copy()
        found = _displacements(_softened(_softened(held)))
        if len(found) < fresh:
            found = np.concatenate([np.zeros((fresh - len(found), 4), np.float32), found])
        found[:, :2] /= batch.small.shape[2]
        self._rows.append(found)

    def arrays(self) -> Arrays:
        """Everything kept."""
        if not self._rows:
            return {}
        rows = self._rows.joined()
        return {
            "x": rows[:, 0].astype(np.float16),
            "y": rows[:, 1].astype(np.float16),
            "textured": rows[:, 2].astype(np.uint8),
            "agreeing": rows[:, 3].astype(np.uint8),
        }


def _softened(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Neighbours added up, 2 × 2, and a quarter of that: texture finer than the grid moves by chance and is taken away."""
    down = light[:, 1:] + light[:, :-1]
    found: NDArray[np.float32] = down[:, :, 1:] + down[:, :, :-1]
    found *= np.float32(0.25)
    return found


def _displacements(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n + 1, rows, columns) → (n, 4): x and y in samples, textured and agreeing blocks."""
    if len(light) < 2:
        return np.zeros((0, 4), np.float32)
    both = light[1:] + light[:-1]
    apart = (light[1:] - light[:-1])[:, 1:-1, 1:-1]
    x = (both[:, 1:-1, 2:] - both[:, 1:-1, :-2]) * np.float32(0.25)  # central difference of the mean of the two
    y = (both[:, 2:, 1:-1] - both[:, :-2, 1:-1]) * np.float32(0.25)
    xx, yy, xy = means(x * x), means(y * y), means(x * y)
    xt, yt = means(x * apart), means(y * apart)
    determinant = xx * yy - xy * xy
    weaker = (xx + yy) / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy * xy)
    textured = weaker > TEXTURE
    safe = np.where(textured, determinant, 1)
    right = np.where(textured, -(yy * xt - xy * yt) / safe, np.nan)
    down = np.where(textured, -(xx * yt - xy * xt) / safe, np.nan)
    return _agreed(right, down, textured)


def _agreed(right: NDArray[np.float32], down: NDArray[np.float32], textured: NDArray[np.bool_]) -> NDArray[np.float32]:
    count = textured.sum(axis=1)
    x, y = _median(right, count), _median(down, count)
    agree = (np.abs(right - x[:, None]) < AGREE + 0.15 * np.abs(x)[:, None]) & (
        np.abs(down - y[:, None]) < AGREE + 0.15 * np.abs(y)[:, None]
    )
    wild = (np.abs(x) > _FURTHEST) | (np.abs(y) > _FURTHEST)
    x, y = np.where(wild, 0, x), np.where(wild, 0, y)
    return np.stack([x, y, count, np.where(wild, 0, agree.sum(axis=1))], axis=1).astype(np.float32)


def _median(values: NDArray[np.float32], count: NDArray[np.int64]) -> NDArray[np.float32]:
    """Median over textured blocks; zero where there is none. Sorting puts the others (nan) last."""
    ordered = np.sort(values, axis=1)
    rows = np.arange(len(values))
    low = ordered[rows, np.maximum(0, (count - 1) // 2)]
    high = ordered[rows, np.minimum(BLOCKS - 1, count // 2)]
    return np.where(count > 0, (low + high) / 2, 0).astype(np.float32)
