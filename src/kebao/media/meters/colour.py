"""Colour: the two colour differences of each picture by blocks."""

from __future__ import annotations

import numpy as np

from kebao.media.blocks import means
from kebao.media.meter import Arrays, PictureBatch
from kebao.media.rows import Rows


class ColourMeter:
    """Arrays `blue` and `red`: Cb and Cr less 128 (0 is no colour), float16 (frames, 24)."""

    name = "colour"
    version = 2
    tinted = True

    def __init__(self) -> None:
        self._blue: Rows[np.float16] = Rows()
        self._red: Rows[np.float16] = Rows()

    def feed(self, batch: PictureBatch) -> None:
        """Means of every block."""
        # Kept as a distance from 128, where float16 is finest.
        self._blue.append((means(batch.blue) - 128).astype(np.float16))
        self._red.append((means(batch.red) - 128).astype(np.float16))

    def arrays(self) -> Arrays:
        """Everything kept."""
        return {"blue": self._blue.joined(), "red": self._red.joined()} if self._blue else {}
