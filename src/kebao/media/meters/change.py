"""Change: how far each picture is from the one before, and from the one before that."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.blocks import ACROSS, BLOCKS, DOWN, means
from kebao.media.meter import Arrays, PictureBatch
from kebao.media.rows import Rows


class ChangeMeter:
    """Arrays over frames, mean absolute difference of luma codes by blocks, float16 (frames, 24): `one` to the picture
    before, sample by sample; `two` to the second before, over 2 × 2 samples; zero where there is none. `parity` float16 (frames,): by how much the change of even
    and odd lines differs, as a share of their sum (0 alike, 1 only one field changed).
    """

    name = "change"
    version = 2

    def __init__(self) -> None:
        self._one: Rows[np.float16] = Rows()
        self._two: Rows[np.float16] = Rows()
        self._parity: Rows[np.float16] = Rows()
        self._before: NDArray[np.uint8] | None = None
        self._small: NDArray[np.float32] | None = None

    def feed(self, batch: PictureBatch) -> None:
        """Compare every picture with the two before it."""
        fresh = len(batch.luma)
        held = batch.luma if self._before is None else np.concatenate([self._before, batch.luma])
        small = batch.small if self._small is None else np.concatenate([self._small, batch.small])
        # Larger less smaller stays within uint8: no wider copy is made.
        apart = np.maximum(held[1:], held[:-1]) - np.minimum(held[1:], held[:-1])
        split = means(apart, parity=True).reshape(-1, DOWN, 2, ACROSS)
        both = split.sum(axis=(1, 3))  # (n, 2): even and odd lines
        parity = np.abs(both[:, 0] - both[:, 1]) / np.maximum(both.sum(axis=1), 1e-3)
        self._one.append(_padded(split.mean(axis=2).reshape(-1, BLOCKS), fresh))
        self._two.append(_padded(means(np.abs(small[2:] - small[:-2])), fresh))
        self._parity.append(_padded(parity[:, None], fresh)[:, 0])
        self._before, self._small = held[-1:].copy(), small[-2:].copy()

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
