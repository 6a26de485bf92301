"""Shots of the same scene, told by their blocks, and by how much their colours differ where the film comes back to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kebao.media.gains import gain

Floats = NDArray[np.float32]
ALIKE = 0.4
"""Most spread of the blocks' gains, as a share of the spread of the blocks' own brightness: a wall or a blank slide looks like
any other, and what moves (a hand) changes a few blocks by anything."""
APART = 0.10
"""Most spread (1.4826 MAD, natural logarithm) of the blocks' gains: beyond it the scene is another or has changed."""
GREY = 0.45
"""Most distance of the furthest two colours, as a share of the larger, of what may be grey under a cast."""
EDGE = 12
"""Pictures at the end of one shot and the beginning of the other that are compared: half a second."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two shots of one scene: their indices, and by how much the second differs.

    `colour` is half the distance of the furthest two of the three colours' logarithmic gains, `exposure` their mean.
    """

    first: int
    second: int
    colour: float
    exposure: float


def returns(rgb: Floats, starts: tuple[int, ...], back: int = 4) -> tuple[Mismatch, ...]:
    """Where a shot shows the scene of an earlier one again: the nearest of the `back` shots before it, its neighbour too.

    Args:
        rgb: (frames, 24, 3) of `gains.colours`.
        starts: first picture of each shot, the first one 0.
        back: how many shots to look back.
    """
    ends = (*starts[1:], len(rgb))
    found: list[Mismatch] = []
    for second in range(1, len(starts)):
        begin = np.median(rgb[starts[second] : min(ends[second], starts[second] + EDGE)], axis=0)
        for first in range(second - 1, max(-1, second - 1 - back), -1):
            end = np.median(rgb[max(starts[first], ends[first] - EDGE) : ends[first]], axis=0)
            if (change := _same_scene(end, begin)) is not None:
                colour = float((change.max() - change.min()) / 2)
                found.append(Mismatch(first, second, colour, float(change.mean())))
                break
    return tuple(found)


def _same_scene(one: Floats, other: Floats) -> Floats | None:
    """The gain from one to the other where both show the same scene; None otherwise."""
    pattern = min(_spread(np.log(np.clip(side.mean(axis=1), 4, None))) for side in (one, other))
    change, spread, count = gain(one, other)
    if count < 12 or float(spread.max()) > min(APART, ALIKE * pattern):
        return None
    return change


def _spread(values: Floats) -> float:
    """Spread of one value a block: 1.4826 MAD."""
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))


def neutral_point(rgb: Floats) -> tuple[float, float] | None:
    """Logarithms of red and blue against green of what is nearly grey in a shot; None where less than a quarter is.

    Args:
        rgb: (frames, 24, 3).
    """
    blocks = np.median(rgb, axis=0)
    high, low = blocks.max(axis=1), blocks.min(axis=1)
    grey = (low > 40) & (high < 235) & (high - low < GREY * high)
    if grey.sum() < len(blocks) // 4:
        return None
    ratio = np.log(blocks[grey] / blocks[grey][:, 1:2])
    return float(np.median(ratio[:, 0])), float(np.median(ratio[:, 2]))
