"""Where nothing is heard: long silences, and short holes cut into sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.timeline import HOPS_A_SECOND, closed, runs

EMPTY_DB = -85.0
"""dB of full scale below which a hop holds no recorded sound: 14 bits of room tone lie above."""
_BELOW_FLOOR_DB = 12.0
_AROUND = 10 * HOPS_A_SECOND
_LONGEST = 3 * HOPS_A_SECOND
_STYLE_A_MINUTE = 6
"""Holes a minute from which digital silence is how the recording is made (a noise gate, joined prompts), no accident."""
_EDGE = 3


def silences(level: NDArray[np.floating], *, below_db: float, seconds: float) -> list[tuple[int, int]]:
    """Runs of hops, at least so long, that stay below the level; a click of 40 ms does not end one."""
    quiet = closed(np.asarray(level) < below_db, 2)
    return [(first, end) for first, end in runs(quiet) if end - first >= seconds * HOPS_A_SECOND]


def dropouts(level: NDArray[np.floating]) -> list[tuple[int, int]]:
    """Holes of 40 ms to 3 s in running sound: emptier than the quietest room tone around them, with a sharp edge on both sides."""
    level = np.asarray(level, np.float32)
    holes = [hole for hole in runs(closed(level < EMPTY_DB, 1)) if _is_inside(level, *hole)]
    minutes = max(1.0, len(level) / (60 * HOPS_A_SECOND))
    return holes if len(holes) <= _STYLE_A_MINUTE * minutes else []


def _is_inside(level: NDArray[np.float32], first: int, end: int) -> bool:
    if not 2 <= end - first <= _LONGEST or first < _AROUND // 4 or end > len(level) - _AROUND // 4:
        return False
    around = np.concatenate((level[max(0, first - _AROUND) : first - _EDGE], level[end + _EDGE : end + _AROUND]))
    if np.mean(around < EMPTY_DB) > 0.02:
        return False
    floor = float(np.percentile(around, 2))
    before, behind = level[first - _EDGE : first], level[end : end + _EDGE]
    return bool(
        level[first:end].min() < floor - _BELOW_FLOOR_DB and max(before) > floor - 3 and max(behind) > floor - 3
    )
