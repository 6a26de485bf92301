"""Coding: how many bytes each picture took, and of which kind it is. The decoder tells both; nothing is computed."""

from __future__ import annotations

import numpy as np

from kebao.media.meter import Arrays, PictureBatch
from kebao.media.rows import Rows

INTRA, PREDICTED, BOTH_WAYS = 1, 2, 3
"""Kinds as FFmpeg numbers them: a picture by itself (I), from earlier ones (P), from both sides (B)."""


class CodingMeter:
    """Arrays over frames: `size` uint32, bytes of the picture's packets, 0 where unknown; `kind` uint8, 0 where unknown."""

    name = "coding"
    version = 1
    tinted = False

    def __init__(self) -> None:
        self._sizes: Rows[np.uint32] = Rows()
        self._kinds: Rows[np.uint8] = Rows()

    def feed(self, batch: PictureBatch) -> None:
        """Note every picture's."""
        count = len(batch.luma)
        known = len(batch.sizes) == count
        self._sizes.append(batch.sizes.astype(np.uint32) if known else np.zeros(count, np.uint32))
        self._kinds.append(batch.kinds.astype(np.uint8) if known else np.zeros(count, np.uint8))

    def arrays(self) -> Arrays:
        """Everything kept."""
        return {"size": self._sizes.joined(), "kind": self._kinds.joined()} if self._sizes else {}
