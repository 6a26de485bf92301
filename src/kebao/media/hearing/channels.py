"""How two channels stand to each other: one of them empty, or one upside down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.timeline import HOPS_A_SECOND, closed, runs, without_short
from kebao.media.meters.loudness import BALANCE_STEP

_QUIET_DB = -60.0
"""dB of full scale below which a hop says nothing of its channels."""


def one_sided(
    level: NDArray[np.floating], balance: NDArray[np.int8], *, apart_db: float, seconds: float
) -> list[tuple[int, int]]:
    """Runs of hops, at least so long, in which one channel is so much louder that the other is as good as empty."""
    return _lasting(level, np.abs(balance.astype(np.float32)) * BALANCE_STEP >= apart_db, seconds)


def inverted(
    level: NDArray[np.floating], correlation: NDArray[np.int8], *, below: float, seconds: float
) -> list[tuple[int, int]]:
    """Runs of hops, at least so long, in which the channels run against each other: in mono they cancel out."""
    return _lasting(level, correlation <= below * 100, seconds)


def _lasting(level: NDArray[np.floating], wrong: NDArray[np.bool_], seconds: float) -> list[tuple[int, int]]:
    """Runs of the fault; quiet hops neither break nor make one."""
    heard = np.asarray(level) > _QUIET_DB
    bridged = closed(wrong | ~heard, 2)
    least = int(seconds * HOPS_A_SECOND)
    found = []
    for first, end in runs(without_short(bridged, least)):
        counted = np.flatnonzero(heard[first:end] & wrong[first:end])
        if counted.size >= least // 3:
            found.append((first + int(counted[0]), first + int(counted[-1]) + 1))
    return [(first, end) for first, end in found if end - first >= least]
