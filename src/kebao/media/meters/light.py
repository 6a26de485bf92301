"""Light: how bright each picture is, as a whole and by blocks."""

from __future__ import annotations

import numpy as np

from kebao.media.blocks import means
from kebao.media.meter import Arrays, PictureBatch
from kebao.media.rows import Rows

_SPARSE = 5
"""Every fifth row and column of the grid is enough for quantiles of the whole picture."""


class LightMeter:
    """Arrays over frames, in luma codes: `blocks` float16 (frames, 24); `mean`, `spread` (standard deviation), `low` and
    `high` (2nd and 98th percentile) float16 (frames,).
    """

    name = "light"
    version = 2
    tinted = False

    def __init__(self) -> None:
        self._blocks: Rows[np.float16] = Rows()
        self._whole: Rows[np.float16] = Rows()

    def feed(self, batch: PictureBatch) -> None:
        """Blocks and quantiles of every picture."""
        blocks = means(batch.small)
        self._blocks.append(blocks.astype(np.float16))
        sparse = batch.luma[:, ::_SPARSE, ::_SPARSE].reshape(len(batch.luma), -1)
        count = sparse.shape[1]
        places = (count * 2 // 100, count * 98 // 100)
        sorted_there = np.partition(sparse, places, axis=1)
        flat = sparse.astype(np.float32)
        self._whole.append(
            np.stack(
                [blocks.mean(axis=1), flat.std(axis=1), sorted_there[:, places[0]], sorted_there[:, places[1]]], axis=1
            ).astype(np.float16)
        )

    def arrays(self) -> Arrays:
        """Everything kept."""
        if not self._blocks:
            return {}
        whole = self._whole.joined()
        names = ("mean", "spread", "low", "high")
        return {"blocks": self._blocks.joined(), **{name: whole[:, n].copy() for n, name in enumerate(names)}}
