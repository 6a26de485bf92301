"""Print of the picture: PDQ hashes twice a second, kept where the picture has changed."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kebao.media.fingerprint.pdq import BYTES, distances, pdq, pdq_cropped
from kebao.media.fingerprint.prints import HASHES, PICTURE, TICK
from kebao.media.meter import Arrays, PictureBatch
from kebao.media.rows import Rows

CHANGED = 20
"""Differing bits of 256 from which a picture is a new scene: re-encoding alone changes up to about half as many."""
_TICK = Fraction(TICK)


class PicturePrintMeter:
    """Looks at the first picture of every half second.

    Arrays: `ticks` int32 (n,), `hashes` uint8 (n, 16, 32), `quality` uint8 (n,), `end` int32 (1,), as `Scenes` has them.
    """

    name = PICTURE
    version = 1
    tinted = False

    def __init__(self) -> None:
        self._next = 0
        self._last: NDArray[np.uint8] | None = None
        self._ticks: list[int] = []
        self._hashes: Rows[np.uint8] = Rows()
        self._quality: list[int] = []

    def feed(self, batch: PictureBatch) -> None:
        """Hash what begins a half second; keep what differs from the scene before."""
        chosen = []
        for place, ticks in enumerate(batch.ticks.tolist()):
            half = ticks * batch.base // _TICK
            if half >= self._next:
                chosen.append((place, int(half)))
                self._next = int(half) + 1
        if not chosen:
            return
        luma = batch.luma[[place for place, _ in chosen]]
        hashes, quality = pdq(luma)
        new = []
        for row, (_, half) in enumerate(chosen):
            if self._last is None or distances(hashes[row : row + 1], self._last)[0, 0] > CHANGED:
                self._last = hashes[row : row + 1].copy()
                new.append(row)
                self._ticks.append(half)
                self._quality.append(int(quality[row]))
        if new:
            self._hashes.append(pdq_cropped(luma[new]))

    def arrays(self) -> Arrays:
        """Everything kept."""
        hashes = self._hashes.joined() if self._hashes else np.zeros((0, HASHES, BYTES), np.uint8)
        return {
            "ticks": np.array(self._ticks, np.int32),
            "hashes": hashes,
            "quality": np.array(self._quality, np.uint8),
            "end": np.array([self._next], np.int32),
        }
