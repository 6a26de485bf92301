"""Motion of the whole picture from one frame to the next: where most of the textured blocks agree, it is the camera."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.blocks import BLOCKS, Floats, means
from kebao.media.meter import Arrays, PictureBatch
from kebao.media.rows import Rows
from kebao.media.scratch import Scratch

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
    tinted = False

    def __init__(self) -> None:
        self._rows: Rows[np.float32] = Rows()
        self._before: Floats | None = None
        self._scratch = Scratch()

    def feed(self, batch: PictureBatch) -> None:
        """Displacement of every picture against the one before."""
        held = batch.small if self._before is None else np.concatenate([self._before, batch.small])
        fresh = len(batch.small)
        self._before = held[-1:].copy()
        once = _softened(held, self._scratch, "once")
        found = _displacements(_softened(once, self._scratch, "twice"), self._scratch)
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


def _softened(light: Floats, scratch: Scratch, name: str) -> Floats:
    """Neighbours added up, 2 × 2, and a quarter of that: texture finer than the grid moves by chance and is taken away."""
    count, rows, columns = light.shape
    down = np.add(light[:, 1:], light[:, :-1], out=scratch.room("down", (count, rows - 1, columns)))
    found: Floats = np.add(down[:, :, 1:], down[:, :, :-1], out=scratch.room(name, (count, rows - 1, columns - 1)))
    found *= np.float32(0.25)
    return found


def _displacements(light: Floats, scratch: Scratch) -> Floats:
    """(n + 1, rows, columns) → (n, 4): x and y in samples, textured and agreeing blocks.

    Rooms are used again as soon as they are free: what does not fit into the processor's cache costs twice.
    """
    if len(light) < 2:
        return np.zeros((0, 4), np.float32)
    later, before = light[1:], light[:-1]
    both = np.add(later, before, out=scratch.room("once", later.shape))
    inner = (len(later), later.shape[1] - 2, later.shape[2] - 2)
    apart = np.subtract(later[:, 1:-1, 1:-1], before[:, 1:-1, 1:-1], out=scratch.room("down", inner))
    # Central differences of the mean of the two.
    x = np.subtract(both[:, 1:-1, 2:], both[:, 1:-1, :-2], out=scratch.room("x", inner))
    y = np.subtract(both[:, 2:, 1:-1], both[:, :-2, 1:-1], out=scratch.room("y", inner))
    x *= np.float32(0.25)
    y *= np.float32(0.25)
    product = scratch.room("once", inner)
    xx, yy, xy, xt, yt = (means(np.multiply(one, other, out=product)) for one, other in _pairs(x, y, apart))
    determinant = xx * yy - xy * xy
    weaker = (xx + yy) / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy * xy)
    textured = weaker > TEXTURE
    safe = np.where(textured, determinant, 1)
    right = np.where(textured, -(yy * xt - xy * yt) / safe, np.nan)
    down = np.where(textured, -(xx * yt - xy * xt) / safe, np.nan)
    return _agreed(right, down, textured)


def _pairs(x: Floats, y: Floats, apart: Floats) -> tuple[tuple[Floats, Floats], ...]:
    return (x, x), (y, y), (x, y), (x, apart), (y, apart)


def _agreed(right: Floats, down: Floats, textured: NDArray[np.bool_]) -> Floats:
    count = textured.sum(axis=1)
    x, y = _median(right, count), _median(down, count)
    agree = (np.abs(right - x[:, None]) < AGREE + 0.15 * np.abs(x)[:, None]) & (
        np.abs(down - y[:, None]) < AGREE + 0.15 * np.abs(y)[:, None]
    )
    wild = (np.abs(x) > _FURTHEST) | (np.abs(y) > _FURTHEST)
    x, y = np.where(wild, 0, x), np.where(wild, 0, y)
    return np.stack([x, y, count, np.where(wild, 0, agree.sum(axis=1))], axis=1).astype(np.float32)


def _median(values: Floats, count: NDArray[np.int64]) -> Floats:
    """Median over textured blocks; zero where there is none. Sorting puts the others (nan) last."""
    ordered = np.sort(values, axis=1)
    rows = np.arange(len(values))
    low = ordered[rows, np.maximum(0, (count - 1) // 2)]
    high = ordered[rows, np.minimum(BLOCKS - 1, count // 2)]
    return np.where(count > 0, (low + high) / 2, 0).astype(np.float32)
