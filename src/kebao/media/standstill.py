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
NEAR, MOST = 4, 0.85
"""Pictures on each side that tell what is usual, and the most change beside it of any that is told."""
MOVES, BESIDE_MOST = 0.3, 0.35
"""A block moves that changes by so many codes, and by this share of what the third of the most moving ones does."""
LIGHT = 0.5
"""Most bytes beside the usual."""
FEWEST, THIRD, STILL, BOTH = 3, 0.5, 0.7, 0.1
"""Where at least three blocks change by so many codes: most change beside the usual, and most of both multiplied."""
PAIR, LITTLE = 1.0, 0.05
"""Where but two blocks change by so many codes (a pointer is one): most of both multiplied."""
NOTHING, AMID = 0.05, 0.5
"""Bytes beside the usual that are none, and the least motion that must follow then: under noise a leap is not seen."""
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
    ordered = np.sort(usual, axis=1)
    most = ordered[:, -FEWEST]
    moving = usual >= np.maximum(MOVES, BESIDE_MOST * most)[:, None]
    share = (
        np.where(moving[:, None], around, 0).sum(axis=2)
        / np.maximum(np.where(moving, usual, 0).sum(axis=1), 1e-3)[:, None]
    )
    here, light, after = share[:, NEAR], lightness[places], share[:, NEAR + 1]
    many, some = most >= THIRD, ordered[:, -2] >= PAIR
    stands = (many & (here < STILL) & (here * light < BOTH)) | (some & (here * light < LITTLE))
    skipped = many & (here < MOST) & (light < NOTHING)
    found = (share[:, NEAR - 1] > np.maximum(BEFORE, here)) & (
        (stands & (after > GOES_ON)) | (skipped & (after > AMID))
    )
    kept: NDArray[np.intp] = places[found]
    return kept
