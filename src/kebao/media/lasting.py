"""Whether a change of light is the camera's: one step, there to stay, and seen where nothing moves.

A gain set in editing, a lamp or a camera's own control multiplies the whole picture from one moment on. What is like it for a
picture or two is told by what lies around: a fade or automatic exposure goes on the same way before or after; a thing that
passes leaves again, and the blocks that stood before it and stand behind it did not change with it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.gains import BRIGHT, DARK, LEAST_BLOCKS, SMEAR, Floats, gain

AROUND = 15
"""Pictures on each side that are looked at: half a second."""
NEAR = 8
"""Pictures on each side in which black makes the change a fade."""
KEPT, GREW = 0.4, 1.45
"""What lies between the half second before and the half second after, as a share of the step: less has gone again; more was on
its way already or went on, as a fade and automatic exposure do. Blocks that change by themselves tell it as much less surely."""
STANDS = 0.4
"""Share of the step up to which what a block does anyway within five pictures still lets it tell: such a block stands."""
FURTHER = 2.0
"""How much further what wanders gets between the two half seconds than within five pictures: the root of four times the time."""
ENOUGH, FOLLOW = 8, 0.6
"""Where at least a third of the blocks stand, this share of them must follow the step, by half to one and a half of it."""


def is_a_step(rgb: Floats, apart: NDArray[np.bool_], index: int, size: float) -> bool:
    """Whether light or colour stepped at a picture, for good, also where the picture stands.

    Args:
        rgb: (frames, 24, 3) of `gains.colours`.
        apart: (frames,) True where a picture is not to be compared with the one before.
        index: first picture after the step, or of those over which a coder spread it.
        size: logarithm of the gain that was seen there.
    """
    first, end = _shot(apart, index)
    last = min(end - 1, index + SMEAR - 1)
    one, other = rgb[max(first, index - 2)], rgb[last]
    change, _, count = gain(one, other)
    main = int(np.abs(change).argmax())
    step = float(change[main])
    if (
        count < LEAST_BLOCKS
        or abs(step) < KEPT * size
        or _is_black(rgb[max(first, index - NEAR) : min(end, last + NEAR)])
    ):
        return False
    light = np.log(np.clip(rgb[..., main], 1, None))
    before, after = light[max(first, index - AROUND) : max(first + 1, index - 1)], light[last : min(end, last + AROUND)]
    usable = np.asarray(((one > DARK) & (one < BRIGHT) & (other > DARK) & (other < BRIGHT)).all(axis=-1))
    wander = np.where(usable, _wander(before, after) / abs(step), np.inf)
    stands = wander < STANDS
    tells = stands | (
        wander <= np.partition(wander, LEAST_BLOCKS - 1)[LEAST_BLOCKS - 1]
    )  # the calmest, few as they are
    unsure = FURTHER * float(np.median(wander[tells]))
    lasts = float(np.median((np.median(after, axis=0) - np.median(before, axis=0))[tells])) / step
    if not KEPT - unsure <= lasts <= GREW + unsure:
        return False
    follows = (light[last] - light[max(first, index - 2)])[stands] / step
    return len(follows) < ENOUGH or float(((follows > 0.5) & (follows < 1.5)).mean()) >= FOLLOW


def _shot(apart: NDArray[np.bool_], index: int) -> tuple[int, int]:
    """First picture and end of what may be compared with a picture."""
    before, after = np.flatnonzero(apart[: index + 1]), np.flatnonzero(apart[index + 1 :])
    return (int(before[-1]) if len(before) else 0), (index + 1 + int(after[0]) if len(after) else len(apart))


def _is_black(pictures: Floats) -> bool:
    """Whether the film comes out of black or goes into it here: a fade, however quick."""
    return bool((pictures.mean(axis=(1, 2)) < DARK).any())


def _wander(*parts: NDArray[np.floating]) -> NDArray[np.floating]:
    """How much each block's light changes within five pictures by itself, (24,): most of the times, on either side of the step.

    What all blocks do together is the light's doing, which is asked for here, and not theirs.
    """
    alone = [part - np.median(part, axis=1, keepdims=True) for part in parts if len(part) > SMEAR]
    if not alone:
        return np.zeros(parts[0].shape[1])
    apart = np.concatenate([np.abs(part[SMEAR:] - part[:-SMEAR]) for part in alone])
    found: NDArray[np.floating] = np.percentile(apart, 70, axis=0)
    return found
