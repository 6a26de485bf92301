"""Whether what a picture shows changes, and not its light alone.

Light multiplies all samples of a block, so that their mean change is the change of their mean. Where another slide, another
shot or a thing comes in, some samples become brighter and others darker: their mean change is more than that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

AROUND = 7
"""Pictures on each side that tell how much a block changes anyway."""
MORE, TIMES = 2.0, 2.0
"""Codes, and times what is usual, by which the samples of a block change more than its mean, for its detail to have changed."""
FEWEST = 4
"""Blocks whose detail must change: of 120 pictures in which light alone jumped one had more than one such block."""


def changes_detail(one: NDArray[np.floating], light: NDArray[np.floating], index: int) -> bool:
    """Whether a picture shows something else than the one before, be it in some blocks only.

    Args:
        one: (frames, 24), mean change of the samples of each block to the picture before.
        light: (frames, 24), mean luma of each block.
        index: of the picture, not the first.
    """
    sides = [part for part in (one[max(1, index - AROUND) : index], one[index + 1 : index + 1 + AROUND]) if len(part)]
    usual = np.max([np.median(part, axis=0) for part in sides], axis=0) if sides else np.zeros(one.shape[1])
    step = np.abs(np.asarray(light[index], np.float32) - np.asarray(light[index - 1], np.float32))
    return int((one[index] - step > np.maximum(MORE, TIMES * usual)).sum()) >= FEWEST
