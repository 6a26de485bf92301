"""The picture in 6 × 4 blocks: sums over them by two small matrix products, for a whole batch at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

ACROSS, DOWN = 6, 4
BLOCKS = ACROSS * DOWN
"""Blocks a picture, in reading order: about as large as a head in a lecture, so that a moving hand is in the minority."""
_AT_ONCE = 8
"""Pictures widened to floats at once: few enough to stay in the processor's cache between the two products."""

Floats = NDArray[np.float32]


@lru_cache(maxsize=32)
def _sides(rows: int, columns: int, parity: bool) -> tuple[Floats, Floats]:
    """Matrices (columns, ACROSS) and (DOWN, rows), or (2 DOWN, rows) with even and odd rows of a block apart; means."""
    right = np.zeros((columns, ACROSS), np.float32)
    place = np.arange(columns) * ACROSS // columns
    right[np.arange(columns), place] = 1
    right /= right.sum(axis=0)
    band = np.arange(rows) * DOWN // rows
    row = band * 2 + np.arange(rows) % 2 if parity else band
    left = np.zeros((DOWN * (2 if parity else 1), rows), np.float32)
    left[row, np.arange(rows)] = 1
    left /= np.maximum(1, left.sum(axis=1, keepdims=True))
    return right, left


def means(pictures: NDArray[Any], *, parity: bool = False) -> Floats:
    """Mean of each block: (n, rows, columns) → (n, 24); with `parity` (n, 48): per block row, even rows before odd ones."""
    count, rows, columns = pictures.shape
    right, left = _sides(rows, columns, parity)
    found = np.empty((count, len(left), ACROSS), np.float32)
    for first in range(0, count, _AT_ONCE):
        part = np.asarray(pictures[first : first + _AT_ONCE], np.float32)
        across = part.reshape(-1, columns) @ right
        np.matmul(left, across.reshape(len(part), rows, ACROSS), out=found[first : first + _AT_ONCE])
    return found.reshape(count, len(left) * ACROSS)
