"""Light: how bright each picture is, in a few numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.meter import Arrays, PictureBatch


class LightMeter:
    """Arrays: `mean` float16 (frames,), mean luma code; `spread` float16 (frames,), its standard deviation over the grid."""

    name = "light"
    version = 1

    def __init__(self) -> None:
        self._mean: list[NDArray[np.float16]] = []
        self._spread: list[NDArray[np.float16]] = []

    def feed(self, batch: PictureBatch) -> None:
        """Mean and spread of every picture."""
        flat = batch.luma.reshape(len(batch.luma), -1).astype(np.float32)
        self._mean.append(flat.mean(axis=1).astype(np.float16))
        self._spread.append(flat.std(axis=1).astype(np.float16))

    def arrays(self) -> Arrays:
        """Everything kept."""
        return {"mean": np.concatenate(self._mean), "spread": np.concatenate(self._spread)} if self._mean else {}
