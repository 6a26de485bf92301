"""Comb: whether a picture's odd lines were taken later or earlier than its even ones, as an interlaced camera takes them.

What an odd line shows beside the even lines round it (S) is held against how the even lines change from the picture before to
the one after (D, for one picture). Lines of one instant differ by detail alone, which knows nothing of what comes before or
after: the regression of S on D is 0. Lines taken half a picture later show half of the change: it is ½, or −½ where they
were taken earlier. The picture before and the one after enter with opposite signs, so that detail which the coarse grid
loses cancels; stripes that stand still have no D.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.meter import Arrays, PictureBatch
from kebao.media.rows import Rows
from kebao.media.scratch import Scratch

_SPARSE = 2
"""Every second column of the grid is enough."""
LEAST_CHANGE = 6.0
"""Codes by which even lines must change from the picture before to the one after to tell a motion from a coder's noise."""


class CombMeter:
    """Arrays over frames, float32: `shared`, the sum of S × D over samples that move, and `moved`, that of D²; zero for the
    first and the last picture.
    """

    name = "comb"
    version = 1
    tinted = False

    def __init__(self) -> None:
        self._rows: Rows[np.float32] = Rows()
        self._held: NDArray[np.uint8] | None = None
        self._scratch = Scratch()

    def feed(self, batch: PictureBatch) -> None:
        """Compare every picture's lines with those of its neighbours."""
        sparse = batch.luma[:, : len(batch.luma[0]) // 2 * 2, ::_SPARSE]
        held = sparse if self._held is None else np.concatenate([self._held, sparse])
        if self._held is None:
            self._rows.append(np.zeros((1, 2), np.float32))
        self._held = held[-2:].copy()
        if len(held) > 2:
            self._rows.append(_shares(held, _after(batch.step), self._scratch))

    def arrays(self) -> Arrays:
        """Everything kept."""
        if self._held is None:
            return {}
        self._rows.append(np.zeros((min(1, len(self._held) - 1), 2), np.float32))
        rows = self._rows.joined()
        return {"shared": rows[:, 0].copy(), "moved": rows[:, 1].copy()}


def _after(step: int) -> np.float32:
    """Weight of the even line below an odd one: it lies midway, or a line nearer below where the step is even (`planes.Grid`)."""
    return np.float32(0.5 if step % 2 else (step + 1) / (2 * step))


def _shares(held: NDArray[np.uint8], below: np.float32, scratch: Scratch) -> NDArray[np.float32]:
    """(n + 2, rows, columns) → (n, 2): the two sums of each picture that has both neighbours."""
    even = scratch.room("even", held[:, ::2].shape)
    even[:] = held[:, ::2]
    apart = np.subtract(even[2:], even[:-2], out=scratch.room("apart", even[2:].shape))
    shown = scratch.room("shown", held[1:-1, 1:-1:2].shape)
    shown[:] = held[1:-1, 1:-1:2]
    shown -= _between(even[1:-1], below, scratch, "lines")
    change = _between(apart, below, scratch, "change")
    change[np.abs(change, out=scratch.room("lines", change.shape)) < LEAST_CHANGE] = 0
    change *= np.float32(0.5)
    return np.stack([np.einsum("nyx,nyx->n", shown, change), np.einsum("nyx,nyx->n", change, change)], axis=1)


def _between(lines: NDArray[np.float32], below: np.float32, scratch: Scratch, name: str) -> NDArray[np.float32]:
    """What lies between each line and the next, that share of the way down."""
    found: NDArray[np.float32] = np.subtract(lines[:, 1:], lines[:, :-1], out=scratch.room(name, lines[:, 1:].shape))
    found *= below
    found += lines[:, :-1]
    return found
