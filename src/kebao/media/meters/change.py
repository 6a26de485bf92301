"""Change: how far each picture is from the one before, and from the one before that."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kebao.media.blocks import ACROSS, BLOCKS, DOWN, means
from kebao.media.meter import Arrays, PictureBatch
from kebao.media.rows import Rows
from kebao.media.scratch import Scratch


class ChangeMeter:
    """Arrays over frames, mean absolute difference of luma codes by blocks, float16 (frames, 24): `one` to the picture
    before, sample by sample; `two` to the second before, over 2 × 2 samples; zero where there is none. `parity` float16 (frames,): by how much the change of even
    and odd lines differs, as a share of their sum (0 alike, 1 only one field changed).
    """

    name = "change"
    version = 2
    tinted = False

    def __init__(self) -> None:
        self._one: Rows[np.float16] = Rows()
        self._two: Rows[np.float16] = Rows()
        self._parity: Rows[np.float16] = Rows()
        self._before: NDArray[np.uint8] | None = None
        self._small: NDArray[np.float32] | None = None
        self._scratch = Scratch()

    def feed(self, batch: PictureBatch) -> None:
        """Compare every picture with the two before it."""
        fresh = len(batch.luma)
        held = self._after(self._before, batch.luma, "held")
        small = self._after(self._small, batch.small, "small")
        # Larger less smaller stays within uint8: no wider copy is made.
        shape = (len(held) - 1, *held.shape[1:])
        apart = np.maximum(held[1:], held[:-1], out=self._scratch.room("apart", shape, np.uint8))
        apart -= np.minimum(held[1:], held[:-1], out=self._scratch.room("lower", shape, np.uint8))
        shift = np.subtract(small[2:], small[:-2], out=self._scratch.room("shift", small[2:].shape))
        split = means(apart, parity=True).reshape(-1, DOWN, 2, ACROSS)
        both = split.sum(axis=(1, 3))  # (n, 2): even and odd lines
        parity = np.abs(both[:, 0] - both[:, 1]) / np.maximum(both.sum(axis=1), 1e-3)
        self._one.append(_padded(split.mean(axis=2).reshape(-1, BLOCKS), fresh))
        self._two.append(_padded(means(np.abs(shift, out=shift)), fresh))
        self._parity.append(_padded(parity[:, None], fresh)[:, 0])
        self._before, self._small = held[-1:].copy(), small[-2:].copy()

    def _after(self, before: NDArray[Any] | None, fresh: NDArray[Any], name: str) -> NDArray[Any]:
        """What was kept of the batch before, with the new one behind it."""
        if before is None:
            return fresh
        room = self._scratch.room(name, (len(before) + len(fresh), *fresh.shape[1:]), fresh.dtype.type)
        return np.concatenate([before, fresh], out=room)

    def arrays(self) -> Arrays:
        """Everything kept."""
        if not self._one:
            return {}
        return {
            "one": self._one.joined(),
            "two": self._two.joined(),
            "parity": self._parity.joined(),
        }


def _padded(found: NDArray[np.float32], count: int) -> NDArray[np.float16]:
    """Rows for the first pictures, which have nothing before them, are zero."""
    missing = count - len(found)
    if not missing:
        return found.astype(np.float16)
    return np.concatenate([np.zeros((missing, found.shape[1])), found]).astype(np.float16)
