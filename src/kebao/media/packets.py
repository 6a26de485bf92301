"""How little a coder had to say of a picture: its bytes beside those of its neighbours of the same kind.

A coder that is given the same picture twice writes next to nothing for the one that it codes later: every block is skipped.
That is seen even where its own changes of quality hide the standstill (water, leaves, a low bit rate).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from kebao.media.meter import Arrays
from kebao.media.meters.coding import BOTH_WAYS, PREDICTED

Floats = NDArray[np.float32]
BESIDE = 9
"""Pictures of one kind over which the usual size is taken: a third of a second to a second."""
RENEWED = 3
"""Pictures after one that is coded by itself in which few bytes say nothing: it has renewed what the next would have written."""


def lightness(coding: Arrays) -> Floats:
    """Bytes of each picture, or of the one before where these are fewer, as a share of what is usual for its kind; (frames,).

    Of two equal pictures either may be coded first. 1 where nothing is known, for pictures that are coded by themselves, and
    for the few after them.
    """
    sizes, kinds = coding["size"].astype(np.float32), coding["kind"]
    share = np.ones(len(sizes), np.float32)
    for kind in (PREDICTED, BOTH_WAYS):
        places = np.flatnonzero((kinds == kind) & (sizes > 0))
        if len(places) >= BESIDE:
            own = sizes[places]
            share[places] = own / np.maximum(median_filter(own, BESIDE, mode="nearest"), 1)
    by_itself = np.flatnonzero(~np.isin(kinds, (PREDICTED, BOTH_WAYS)) & (sizes > 0))
    for after in range(1, RENEWED + 1):
        share[by_itself[by_itself + after < len(share)] + after] = 1
    found: Floats = np.minimum(share, np.concatenate([share[:1], share[:-1]]))
    return found
