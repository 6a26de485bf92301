"""The camera's path: where the picture as a whole went, and how much of it is shaking.

A pan is slow; what remains of the path above 1.2 Hz is shake. Its root mean square over a second, as a share of the
picture's width, is held against the limit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

SLOWEST_HZ = 1.2
"""A hand-held camera trembles at 2–10 Hz (physiological tremor); breathing and panning are below 1 Hz."""
LEAST_BLOCKS = 5
AGREEING = 0.6
"""Share of the textured blocks that must move alike before it is the camera that moves."""
SURE = 0.6
"""Share of the pictures of a second in which the camera's motion must be known."""


def shake(
    x: NDArray[np.floating],
    y: NDArray[np.floating],
    textured: NDArray[np.integer],
    agreeing: NDArray[np.integer],
    cuts: tuple[int, ...],
    rate: float,
) -> NDArray[np.float32]:
    """Root mean square of the shaking around each picture, (frames,), as a share of the width; nan where it cannot be told.

    Args:
        x, y: displacement to the picture before, as a share of the width.
        textured, agreeing: blocks that can tell, and that agree.
        cuts: first pictures of shots; the path begins anew there.
        rate: pictures a second.
    """
    count = len(x)
    found = np.full(count, np.nan, np.float32)
    sure = (np.asarray(textured) >= LEAST_BLOCKS) & (np.asarray(agreeing) >= AGREEING * np.asarray(textured))
    window = max(3, round(rate))
    for start, end in zip((0, *cuts), (*cuts, count), strict=True):
        if end - start < window:
            continue
        path = np.stack([np.asarray(x, np.float64)[start:end], np.asarray(y, np.float64)[start:end]])
        known = sure[start:end].copy()
        known[0] = True
        path[:, 0] = 0
        path = np.cumsum(np.where(known, path, 0), axis=1)
        if rate > 4 * SLOWEST_HZ:
            # With what it brings along it is two fifths of a command's start.
            from scipy.signal import butter, sosfiltfilt

            sections = butter(2, SLOWEST_HZ, "highpass", fs=rate, output="sos")
            path = sosfiltfilt(sections, path, axis=1, padlen=min(path.shape[1] - 1, 3 * window))
        power = uniform_filter1d((path**2).sum(axis=0), window, mode="nearest")
        share = uniform_filter1d(known.astype(np.float64), window, mode="nearest")
        found[start:end] = np.where(share >= SURE, np.sqrt(np.maximum(power, 0)), np.nan)
    return found
