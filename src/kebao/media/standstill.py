"""Pictures that stand still where the picture moves, and of which the coder wrote next to nothing: shown twice.

The mean change of the whole picture hides a speaker before a wall: what moves is a few blocks. So the change is taken over the
blocks that move around the picture in question, each as often as it moves; of a picture shown twice they all stand at once, and
then go on by what they missed. A hand that turns, or a camera that comes back, may look so for a moment; but a coder has
something to write of them, and of a picture that it is given twice it has not. Neither tells it alone; multiplied they do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEAR = 4
"""Pictures on each side that tell what is usual."""
LEAST, FEWEST = 0.8, 3
"""Codes from picture to picture by which so many blocks must move: a pointer is one or two."""
MOVES, BESIDE_MOST = 0.5, 0.35
"""A block moves that changes by so many codes, and by this share of what the third of the most moving ones does."""
LIGHT, STILL, BOTH = 0.5, 0.85, 0.1
"""Most bytes beside the usual, most change beside the usual, and most of both multiplied."""
BEFORE, GOES_ON = 0.4, 0.8
"""Least share of the usual change just before it, and just after: motion that dies down by itself does so by and by, and what was
missed comes at once."""
_AT_ONCE = 4096


def standstills(one: Floats, lightness: Floats) -> NDArray[np.intp]:
    """Indices of pictures that show what the picture before showed, though it moves.

    Args:
        one: (frames, 24), change of each block to the picture before in codes.
        lightness: (frames,) of `packets.lightness`.
    """
    whole = one.mean(axis=1)
    places = np.flatnonzero(lightness < LIGHT)
    places = places[(places > NEAR) & (places + NEAR < len(one))]
    places = places[(whole[places] < whole[places - 1]) & (whole[places] < whole[places + 1])]
    kept = [_standing(one, lightness, places[at : at + _AT_ONCE]) for at in range(0, len(places), _AT_ONCE)]
    return np.concatenate(kept) if kept else places


def _standing(one: Floats, lightness: Floats, places: NDArray[np.intp]) -> NDArray[np.intp]:
    around = one[places[:, None] + np.arange(-NEAR, NEAR + 1)]  # (places, 9, 24)
    usual = np.median(np.delete(around, NEAR, axis=1), axis=1)
    most = np.sort(usual, axis=1)[:, -FEWEST]
    moving = usual >= np.maximum(MOVES, BESIDE_MOST * most)[:, None]
    share = (
        np.where(moving[:, None], around, 0).sum(axis=2)
        / np.maximum(np.where(moving, usual, 0).sum(axis=1), 1e-3)[:, None]
    )
    here = share[:, NEAR]
    found = (
        (most >= LEAST)
        & (here < STILL)
        & (here * lightness[places] < BOTH)
        & (share[:, NEAR - 1] > np.maximum(BEFORE, here))
        & (share[:, NEAR + 1] > GOES_ON)
    )
    kept: NDArray[np.intp] = places[found]
    return kept
