"""Where the level of the sound jumps: a change of gain moves words and room tone alike, a raised voice moves the words alone.

Both sides of every moment are compared: the levels of the words, and the floor of the pauses where there is room tone. The
moment itself is then sought hop by hop: by how likely each hop is under the levels before and behind, and by a jump that is
the same in all bands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.background import pauses
from kebao.media.hearing.levels import together
from kebao.media.hearing.timeline import HOPS_A_SECOND
from kebao.media.hearing.voice import Voice

SIDE = 8 * HOPS_A_SECOND
"""Hops compared on each side: 8 s, two or three sentences."""
_SHORTEST = 4 * HOPS_A_SECOND
_STRIDE = 20
_FEWEST_SPOKEN, _FEWEST_STILL = 50, 12
_REACH = 2 * HOPS_A_SECOND
_CLOSE = 3 * HOPS_A_SECOND
_APART = 4 * HOPS_A_SECOND
"""Least hops between two steps."""
_ALIKE_DB = 1.5
"""How near the jump of a band must come to that of the gain (Cauchy's scale)."""
_WORDS_LU = 5.5
"""LU by which eight seconds of words may differ from the next by themselves. A floor that moves by more than the words and this has
not been turned up: hum or a machine has begun."""
_ROOM_TONE_DB = -88.0
"""dB of full scale below which a pause holds no room tone that could tell of a gain."""
_STEADY_DB = 3.0
"""Most dB between the 10th and the 35th percentile of pauses whose floor is trusted: echoes of words lie above."""


@dataclass(frozen=True)
class Step:
    """A jump of the level.

    Attributes:
        hop: where it is.
        change: LU of the words behind over those before.
        floor_change: dB of the room tone behind over that before; None where a side has no trusted floor.
        unlike: dB by which the change differs from band to band: a gain changes all alike, another voice does not.
    """

    hop: int
    change: float
    floor_change: float | None
    unlike: float

    @property
    def size(self) -> float:
        """The gain: dB of the floor, which is steadier than the words; LU of these where there is none."""
        return self.change if self.floor_change is None else self.floor_change


@dataclass(frozen=True)
class _Side:
    """Words and floor of one side. `words`: their 50th to 95th percentile in LU."""

    words: NDArray[np.float64]
    floor: float | None


def find_steps(
    loudness: NDArray[np.float32], bands: NDArray[np.float32], voice: Voice, *, least_lu: float
) -> tuple[Step, ...]:
    """Jumps of at least so many LU, in order of time; of two within 4 s the likelier."""
    still = pauses(voice)
    candidates: list[tuple[float, Step]] = []
    for hop in range(_SHORTEST, len(loudness) - _SHORTEST, _STRIDE):
        before = _side(loudness, voice.active, still, max(0, hop - SIDE), hop)
        behind = _side(loudness, voice.active, still, hop, min(len(loudness), hop + SIDE))
        if before is None or behind is None:
            continue
        score, step = _judge(hop, before, behind, least_lu)
        if score > 0:
            candidates.append((score, step))
    steps = _refined(candidates, loudness, bands, voice.active)
    return tuple(step for step in steps if abs(step.size) >= least_lu and _is_sudden(step, loudness, still))


def _side(
    loudness: NDArray[np.float32], active: NDArray[np.bool_], still: NDArray[np.bool_], first: int, end: int
) -> _Side | None:
    part = loudness[first:end]
    words, quiet = part[active[first:end]], part[still[first:end]]
    if len(words) < _FEWEST_SPOKEN:
        return None
    floor = None
    if len(quiet) >= _FEWEST_STILL:
        low, middle, high = np.percentile(quiet, [10, 22, 35])
        if high - low < _STEADY_DB and middle > _ROOM_TONE_DB:
            floor = float(middle)
    return _Side(np.percentile(words, [50, 60, 70, 80, 90, 95]), floor)


def _judge(hop: int, before: _Side, behind: _Side, least_lu: float) -> tuple[float, Step]:
    """How clear a step is, above nought where it counts, and the step."""
    shifts = behind.words - before.words
    change = float(np.median(shifts))
    spread = float(np.ptp(shifts))
    floor = behind.floor - before.floor if behind.floor is not None and before.floor is not None else None
    step = Step(hop, change, floor, 0.0)
    if floor is None:
        return (abs(change) - least_lu - 0.5 * max(0.0, spread - 2)), step
    if abs(floor) < 0.5 * least_lu or floor * change < 0 or abs(floor - change) > max(_WORDS_LU, 0.5 * abs(floor)):
        return -1.0, step
    both = min(abs(floor), abs(change) + 2.5)
    return both - 0.75 * least_lu, step


def _refined(
    candidates: list[tuple[float, Step]],
    loudness: NDArray[np.float32],
    bands: NDArray[np.float32],
    active: NDArray[np.bool_],
) -> tuple[Step, ...]:
    """Candidates moved to the hop where the level jumps; the likeliest of each neighbourhood."""
    placed: list[tuple[float, Step]] = []
    for _, step in candidates:
        hop, worth = _moment(step.hop, step.size, loudness, bands)
        unlike = _unlike(step.hop, bands, active)
        placed.append((worth, Step(hop, step.change, step.floor_change, unlike)))
    found: list[Step] = []
    for _, step in sorted(placed, key=lambda one: -one[0]):
        if all(abs(step.hop - other.hop) >= _APART for other in found):
            found.append(step)
    return tuple(sorted(found, key=lambda step: step.hop))


def _is_sudden(step: Step, loudness: NDArray[np.float32], still: NDArray[np.bool_]) -> bool:
    """Whether the floor close by has changed as much as that further off; a slow drift has not. True where none is heard."""
    if step.floor_change is None:
        return True
    sides = (slice(max(0, step.hop - _CLOSE), step.hop), slice(step.hop, step.hop + _CLOSE))
    close = [loudness[side][still[side]] for side in sides]
    if min(map(len, close)) < _FEWEST_STILL:
        return True
    change = float(np.percentile(close[1], 22) - np.percentile(close[0], 22))
    return abs(change) >= 0.6 * abs(step.floor_change)


def _unlike(hop: int, bands: NDArray[np.float32], active: NDArray[np.bool_]) -> float:
    """Standard deviation over the bands of speech of how the louder hops changed."""
    first, end = max(0, hop - SIDE), min(len(bands), hop + SIDE)
    before, behind = bands[first:hop][active[first:hop], 2:20], bands[hop:end][active[hop:end], 2:20]
    return float(np.std(np.percentile(behind, 75, axis=0) - np.percentile(before, 75, axis=0)))


def _moment(hop: int, size: float, loudness: NDArray[np.float32], bands: NDArray[np.float32]) -> tuple[int, float]:
    """The likeliest hop of a step of that size within 2 s of a candidate, and how much likelier it is than no step."""
    first, end = max(2, hop - _REACH), min(len(loudness) - 2, hop + _REACH)
    before = loudness[max(0, first - SIDE) : first]
    behind = loudness[end : end + SIDE] - size
    density = _density(np.maximum(np.concatenate((before, behind)), -95))
    inside = np.maximum(loudness[first:end], -95)
    gain = density(inside - size) - density(inside)  # log likelihood of "behind" less that of "before"
    total = np.concatenate(([0.0], np.cumsum(gain)))
    behind_from = total[-1] - total  # a step at first + n explains hops n… as behind
    jump = bands[first + 1 : end + 2] - bands[first - 1 : end]
    heard = np.maximum(bands[first + 1 : end + 2], bands[first - 1 : end]) > -105
    alike = (np.log1p((jump / _ALIKE_DB) ** 2) - np.log1p(((jump - size) / _ALIKE_DB) ** 2)) * heard
    worth = behind_from + 0.5 * alike.sum(axis=1)
    best = int(np.argmax(worth))
    return first + best, float(worth[best] - max(0.0, total[-1]))


def _density(levels: NDArray[np.floating]) -> Callable[[NDArray[np.floating]], NDArray[np.floating]]:
    """Log density of hop levels, smoothed over 2 dB."""
    edges = np.arange(-130.0, 11.0, 1.0)
    counts, _ = np.histogram(levels, edges)
    smooth = np.convolve(counts + 0.05, np.array([1, 2, 3, 2, 1]) / 9, "same")
    logs = np.log(smooth / smooth.sum())
    middles = edges[:-1] + 0.5
    return lambda values: np.interp(values, middles, logs)


@dataclass(frozen=True)
class Swing:
    """How far apart the loudness of the words lies.

    Attributes:
        range: LU between the 5th and the 95th percentile of the stretches.
        loudest, softest: first hop of the loudest and of the softest stretch.
    """

    range: float
    loudest: int
    softest: int


def find_swing(loudness: NDArray[np.float32], voice: Voice, seconds: int) -> Swing | None:
    """The swing over stretches of so many seconds of words; None for fewer than three."""
    stretches = spoken_loudness(loudness, voice, seconds)
    if len(stretches) < 3:
        return None
    low, high = np.percentile(stretches[:, 1], [5, 95])
    loudest, softest = int(stretches[:, 1].argmax()), int(stretches[:, 1].argmin())
    return Swing(float(high - low), int(stretches[loudest, 0]), int(stretches[softest, 0]))


def spoken_loudness(loudness: NDArray[np.float32], voice: Voice, seconds: int) -> NDArray[np.float64]:
    """Loudness of the words in stretches of so many seconds of speech, pauses left out: (stretches, 2) of first hop and LUFS."""
    hops = np.flatnonzero(voice.active)
    length = seconds * HOPS_A_SECOND
    rows = [(hops[n], together(loudness[hops[n : n + length]])) for n in range(0, len(hops) - length + 1, length // 2)]
    return np.array(rows, np.float64).reshape(-1, 2)
