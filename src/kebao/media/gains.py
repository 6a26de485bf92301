"""Brightness and colour of the picture against another picture of the same scene: one gain a colour, by the median of the blocks.

Exposure and white balance multiply red, green and blue each by a factor (von Kries, in coded values as editing programs
apply them); something that moves changes some blocks by anything. So the median over the blocks of the logarithm of the
ratio is the camera's doing, and how far the blocks lie apart tells whether it is the same scene at all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

Floats = NDArray[np.float32]
DARK, BRIGHT = 14.0, 238.0
"""Codes of a colour between which a gain can be seen: not lost in black, not clipped."""
LEAST_BLOCKS = 6
STEADY = 4
"""Pictures over which a jump must stay."""
SMEAR = 5
"""Pictures over which a coder may spread a jump."""
MOST = 0.7
"""Share of a jump that must lie within them: of a change that goes on evenly over what is compared only five ninths do."""
AROUND = 51
_AT_ONCE = 4096
"""Pictures that are compared at a time: what is kept of the comparison is small, what it needs is not."""


def colours(
    light: NDArray[np.floating], blue: NDArray[np.floating], red: NDArray[np.floating], *, full_range: bool
) -> Floats:
    """Block means of red, green and blue, (frames, 24, 3), in codes 0–255, by BT.601's matrix.

    The matrix is linear, so the mean of a block's colours is the colour of its means. That HD pictures use BT.709's moves
    all colours alike and drops out of ratios.
    """
    scale = (1.0, 1.0) if full_range else (255 / 219, 255 / 224)
    found = np.empty((*light.shape, 3), np.float32)
    for at in range(0, len(light), _AT_ONCE):
        part = slice(at, at + _AT_ONCE)
        y = (np.asarray(light[part], np.float32) - (0 if full_range else 16)) * np.float32(scale[0])
        b, r = (np.asarray(plane[part], np.float32) * np.float32(scale[1]) for plane in (blue, red))
        found[part] = np.stack([y + 1.402 * r, y - 0.344136 * b - 0.714136 * r, y + 1.772 * b], axis=-1)
    return found


def gain(before: Floats, after: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Logarithm of the gain of each colour from one set of blocks to another.

    Args:
        before, after: (…, 24, 3).

    Returns:
        median (…, 3); spread about it (1.4826 MAD) (…, 3); number of blocks that could be compared (…).
    """
    usable = np.asarray(((before > DARK) & (before < BRIGHT) & (after > DARK) & (after < BRIGHT)).all(axis=-1))
    ratio = np.log(np.clip(after, 1, None) / np.clip(before, 1, None))
    ratio = np.where(np.expand_dims(usable, -1), ratio, np.nan)
    count = usable.sum(axis=-1)
    enough = count >= LEAST_BLOCKS
    held = np.where(enough[..., None, None], ratio, 0)
    known = np.where(enough, count, ratio.shape[-2])
    middle = _median(held, known)
    spread = 1.4826 * _median(np.abs(held - middle[..., None, :]), known)
    return middle.astype(np.float32), np.where(enough[..., None], spread, np.inf).astype(np.float32), count


def _median(values: NDArray[np.floating], count: NDArray[np.integer]) -> Floats:
    """Median over the blocks, (…, 24, 3) → (…, 3), of the `count` that are no nan: sorting puts those last."""
    ordered = np.sort(values, axis=-2)
    low, high = ((count - 1) // 2)[..., None, None], (count // 2)[..., None, None]
    shape = (*count.shape, 1, values.shape[-1])
    both = [np.take_along_axis(ordered, np.broadcast_to(place, shape), axis=-2)[..., 0, :] for place in (low, high)]
    found: Floats = ((both[0] + both[1]) / 2).astype(np.float32)
    return found


def is_light_alone(before: Floats, after: Floats) -> bool:
    """Whether two pictures (24, 3) differ by a gain alone: the blocks agree far better than the gain is large."""
    change, spread, count = gain(before, after)
    apart = float(spread.max())
    return bool(count >= 2 * LEAST_BLOCKS and apart < min(0.06, 0.35 * float(np.abs(change).max())))


def jumps(rgb: Floats, apart: NDArray[np.bool_], least: float) -> tuple[tuple[int, float, float], ...]:
    """Sudden changes of exposure or colour inside a shot.

    Args:
        rgb: (frames, 24, 3) of `colours`.
        apart: (frames,) True where a picture is not to be compared with the one before: cuts and odd pictures.
        least: relative gain of a colour from which on a change is one (0.03 is 3 %).

    Returns:
        (index of the first picture after, exposure, colour): natural logarithms; exposure the mean gain of the three
        colours, colour half the distance of the furthest two.
    """
    if len(rgb) < 2 * STEADY + 1:
        return ()
    earlier, later = rgb[:-1], rgb[1:]
    parts = [gain(earlier[at : at + _AT_ONCE], later[at : at + _AT_ONCE])[:2] for at in _slices(len(later))]
    step, spread = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    size = np.abs(step).max(axis=1)
    near = median_filter(size, AROUND, mode="nearest")
    # A jump is far above what the light does from picture to picture around it, and the same in most blocks.
    sudden = np.flatnonzero((size > least) & (size > 2.5 * near) & (spread.max(axis=1) < 0.6 * size)) + 1
    found: dict[int, tuple[int, float, float]] = {}
    for index in sudden.tolist():
        if apart[max(0, index - 2) : index + 3].any() or index + STEADY > len(rgb):
            continue
        change = step[index - 1]
        main = int(np.abs(change).argmax())
        # It stays: what follows does not take it back.
        kept = change[main] + step[index : index + STEADY - 1, main].sum()
        if kept * np.sign(change[main]) >= 0.6 * abs(float(change[main])):
            found[index] = (index, *max(_parts(change), _parts(_gathered(step, index)), key=_larger))
    for index, change in _smeared(rgb, step, near, least):
        if apart[max(0, index - STEADY) : index + SMEAR + STEADY].any():
            continue
        whole = _parts(change)
        same = next((other for other in found if abs(index - other) <= SMEAR), index)
        # One picture may have brought only a part of it: the whole counts.
        if same not in found or _larger(whole) > _larger(found[same][1:]):
            found[same] = (same, *whole)
    kept_places: list[int] = []
    for index in sorted(found):
        if not kept_places or index - kept_places[-1] >= STEADY:
            kept_places.append(index)
    return tuple(found[index] for index in kept_places)


def _parts(change: Floats) -> tuple[float, float]:
    """Exposure and colour of a gain: the mean of the three colours, and half the distance of the furthest two."""
    return float(change.mean()), float((change.max() - change.min()) / 2)


def _larger(parts: tuple[float, float]) -> float:
    """The size of a jump: the larger of its exposure and its colour."""
    return max(abs(parts[0]), parts[1])


def _gathered(step: Floats, index: int) -> Floats:
    """All that changes from the picture before a sudden one on, as far as a coder may spread it: one picture may carry half."""
    found: Floats = step[max(0, index - 2) : index + SMEAR - 1].sum(axis=0)
    return found


def _smeared(rgb: Floats, step: Floats, near: Floats, least: float) -> list[tuple[int, Floats]]:
    """Jumps that a coder short of bits has spread over up to five pictures: level before, level after, nothing else.

    Automatic exposure takes a third of a second and more; so the four pictures before and the four after must be level, and
    what happens within the five must be most of it.
    """
    size = np.abs(step).max(axis=1)
    places = np.flatnonzero((size > 0.15 * least) & (size > 2 * near)) + 1
    places = places[(places >= 2 * STEADY) & (places + SMEAR + 2 * STEADY <= len(rgb))]
    some = [_likely(rgb, places[at : at + _AT_ONCE], least) for at in _slices(len(places))]
    found: list[tuple[int, Floats]] = []
    for index, change in (jump for part in some for jump in part):
        if found and index - found[-1][0] <= SMEAR + STEADY:
            continue
        steps, main = size[index - 1 : index + SMEAR], int(np.abs(change).argmax())
        if abs(float(step[index - 1 : index + SMEAR - 1, main].sum())) < MOST * abs(float(change[main])):
            continue
        found.append((index + int((steps > 0.5 * steps.max()).argmax()), change))
    return found


def _likely(rgb: Floats, places: NDArray[np.int64], least: float) -> list[tuple[int, Floats]]:
    """Which of the places have a level before and another, and only another, after; and the gain."""

    def level(start: NDArray[np.int64]) -> Floats:
        total = rgb[start].copy()
        for later in range(1, STEADY):
            total += rgb[start + later]
        return np.asarray(total / np.float32(STEADY))

    before, after = level(places - STEADY), level(places + SMEAR)
    change, about, count = gain(before, after)
    moved = np.abs(change).max(axis=1)
    likely = np.flatnonzero((moved >= least) & (count >= 2 * LEAST_BLOCKS) & (about.max(axis=1) < 0.4 * moved))
    earlier, _, _ = gain(level(places[likely] - 2 * STEADY), before[likely])
    later, _, _ = gain(after[likely], level(places[likely] + SMEAR + STEADY))
    drift = np.maximum(np.abs(earlier).max(axis=1), np.abs(later).max(axis=1))
    return [(int(places[which]), change[which]) for which in likely[drift < 0.2 * moved[likely]].tolist()]


def _slices(count: int) -> range:
    return range(0, count, _AT_ONCE)
