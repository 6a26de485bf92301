"""Flashing as WCAG 2.2 defines it (glossary: general flash and red flash thresholds).

A general flash is a pair of opposing changes in relative luminance of 10 % or more of the maximum, where the darker image
is below 0.80; a red flash is a pair of opposing transitions involving a saturated red. WCAG lets pass what is smaller than a
quarter of ten degrees of the visual field, which on a screen of 1024 × 768 is 2.8 % of it; ITU-R BT.1702, for television, a
quarter of the screen. Here three of 24 blocks count, an eighth: one or two also change by a hand before a bright table.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

LUMINANCE, DARKER = 0.10, 0.80
SATURATED, RED = 0.80, 20.0
AREA = 3
"""Blocks of 24 that must flash together."""
STRETCH, WARM = 500, 250
"""Pictures that are looked at in a row, and how many before them: ten seconds of 25 a second, many times the longest flash."""
_AT_ONCE = 4096
"""Pictures whose linear colours are held at a time."""
MOST_IN_A_SECOND = 3
"""WCAG 2.2, 2.3.1: no more than three flashes in any one-second period."""


def general(rgb: NDArray[np.floating], times: NDArray[np.floating]) -> tuple[tuple[float, float, int], ...]:
    """Stretches with more than three general flashes in a second: (start, end, most flashes in a second).

    Args:
        rgb: (frames, 24, 3), codes 0–255.
        times: (frames,), seconds.
    """
    luminance = _by_parts(rgb, lambda linear: linear @ np.array([0.2126, 0.7152, 0.0722]))
    return _too_many(*_transitions(luminance, LUMINANCE, DARKER), times)


def red(rgb: NDArray[np.floating], times: NDArray[np.floating]) -> tuple[tuple[float, float, int], ...]:
    """Stretches with more than three red flashes in a second: as `general`."""
    return _too_many(*_transitions(_by_parts(rgb, _redness), RED, np.inf), times)


def _redness(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    total = linear.sum(axis=-1)
    saturated = (total > 0.02) & (linear[..., 0] / np.maximum(total, 1e-6) >= SATURATED)
    # (R − G − B) × 320 of the linear parts; only what is a saturated red counts.
    return np.where(saturated, np.maximum(0, linear[..., 0] - linear[..., 1] - linear[..., 2]) * 320, 0)


def _by_parts(
    rgb: NDArray[np.floating], value: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> NDArray[np.float32]:
    """(frames, 24): a value of each block's linear colours. A film of an hour is not held in linear colours at once."""
    found = np.empty(rgb.shape[:2], np.float32)
    for at in range(0, len(rgb), _AT_ONCE):
        found[at : at + _AT_ONCE] = value(_linear(rgb[at : at + _AT_ONCE]))
    return found


def _linear(rgb: NDArray[np.floating]) -> NDArray[np.float64]:
    share = np.clip(np.asarray(rgb, np.float64) / 255, 0, 1)
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _transitions(
    values: NDArray[np.floating], least: float, darker: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Per frame, how many blocks completed a rise and how many a fall of at least `least`, from their last turning point.

    A long film is looked at in stretches, all at once; each begins to look `WARM` pictures early, to know where it stands.
    """
    count = len(values)
    rises, falls = np.zeros(count, np.int64), np.zeros(count, np.int64)
    if not count:
        return rises, falls
    starts = np.arange(0, count, STRETCH)
    low = values[np.maximum(0, starts - WARM)]
    high, heading = low, np.zeros(low.shape, np.int8)  # +1 after a rise, −1 after a fall
    for step in range(-WARM, min(STRETCH, count)):
        at = starts + step
        now = values[np.clip(at, 0, count - 1)]
        rise = (now - low >= least) & (low < darker) & (heading <= 0)
        fall = (high - now >= least) & (now < darker) & (heading >= 0)
        if step >= 0:
            inside = at < count
            rises[at[inside]], falls[at[inside]] = rise.sum(axis=1)[inside], fall.sum(axis=1)[inside]
        heading = np.where(rise, np.int8(1), np.where(fall, np.int8(-1), heading))
        turned = rise | fall
        low, high = np.where(turned, now, np.minimum(low, now)), np.where(turned, now, np.maximum(high, now))
    return rises, falls


def _too_many(
    rises: NDArray[np.int64], falls: NDArray[np.int64], times: NDArray[np.floating]
) -> tuple[tuple[float, float, int], ...]:
    """Stretches of a second with more than three pairs, joined where they touch."""
    up, down = np.flatnonzero(rises >= AREA), np.flatnonzero(falls >= AREA)
    turns = sorted([(int(i), 1) for i in up] + [(int(i), -1) for i in down])
    alternating: list[int] = []
    last = 0
    for index, way in turns:
        if way != last:
            alternating.append(index)
            last = way
    if len(alternating) <= 2 * MOST_IN_A_SECOND:
        return ()
    moments = np.asarray(times, np.float64)[alternating]
    inside = np.searchsorted(moments, moments + 1.0 - 1e-9) - np.arange(len(moments))
    found: list[tuple[float, float, int]] = []
    for place in np.flatnonzero(inside > 2 * MOST_IN_A_SECOND).tolist():
        count = int(inside[place])
        start, end, flashes = float(moments[place]), float(moments[place + count - 1]), (count + 1) // 2
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]), max(flashes, found[-1][2]))
        else:
            found.append((start, end, flashes))
    return tuple(found)
