"""Sound against picture: strikes that are heard, bursts of motion that are seen, and the delay at which they agree.

A clap, a tool put down or a change of slide with its click leaves a sharp onset in the sound and a short burst of change in
the picture. Several of them at one and the same delay are evidence; one alone, or a coincidence that chance would bring, is
none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import percentile_filter
from scipy.special import pdtrc

from kebao.media.measurement import Measurement
from kebao.media.meter import SAMPLE_RATE
from kebao.media.meters.hops import HOP
from kebao.media.meters.peaks import SHORT, STEP_DB, TOP_DB

Seconds = NDArray[np.float64]
REACH = 0.45
"""Seconds to either side at which a partner is looked for."""
AGREE = 0.02
"""Seconds within which delays count as one: half a picture of 25 a second to either side."""
CHANCE = 0.01
"""Most probability that strikes and bursts that have nothing to do with each other agree as well."""
FEW = 2, 0.03
"""So few pairs are evidence where nothing is left without a partner, at this probability."""
_RISE_DB, _FALL_DB = 7.0, 6.0
_BEFORE = slice(-12, -1)
_APART = 0.25
_LONGEST_BURST = 0.6
_LEAST_CHANGE, _CLEAR_CHANGE = 1.5, 5.0
_BESIDE_STRONGEST = 0.3
_EDGE = 0.25


@dataclass(frozen=True, slots=True)
class Agreement:
    """Strikes and bursts that agree.

    Attributes:
        early: seconds by which the sound comes before its picture; negative where it is late.
        moments: when the bursts are seen, in seconds.
        chance: probability that unrelated ones would agree as well, an upper bound.
    """

    early: float
    moments: tuple[float, ...]
    chance: float


def strikes(peaks_db: NDArray[np.float32], step: float) -> Seconds:
    """When something is struck: onsets of at least 7 dB in 5 ms that stand out of their ten seconds and die away.

    Args:
        peaks_db: greatest sample of every `step` seconds in dB of full scale.
        step: seconds.
    """
    if len(peaks_db) < 100:
        return np.zeros(0)
    before = np.lib.stride_tricks.sliding_window_view(np.pad(peaks_db, (13, 0), constant_values=-140.0), 12)
    rise = peaks_db - before[: len(peaks_db)].max(axis=1)
    found: list[int] = []
    for index in np.flatnonzero(rise >= _RISE_DB):
        top = peaks_db[index : index + 4].max()
        around = peaks_db[max(0, index - round(5 / step)) : index + round(5 / step)]
        later = peaks_db[index + round(0.1 / step) : index + round(0.2 / step)]
        stands_out = top >= np.percentile(around, 99.0) - 1
        dies = later.size > 0 and np.median(later) <= top - _FALL_DB
        if stands_out and dies and (not found or (index - found[-1]) * step >= _APART):
            found.append(int(index))
    return np.array(found, np.float64) * step


def bursts(change: NDArray[Any], times: Seconds) -> Seconds:
    """When the picture changes briefly: the middle of each burst of change that stands out of its two seconds.

    Args:
        change: mean change of each block since the picture before, (frames, blocks) in luma codes.
        times: presentation time of each picture in seconds.
    """
    if len(times) < 10:
        return np.zeros(0)
    step = float(np.median(np.diff(times)))
    around = max(5, round(1 / step) | 1)
    excess = np.zeros(len(times), np.float32)
    for place in range(change.shape[1]):  # block by block: of a long film all of them together would be large
        block = np.asarray(change[:, place], np.float32)
        usual = _running(block, around, 50)
        spread = _running(np.abs(block - usual), around, 50)
        np.maximum(excess, block - usual - 4 * spread - _LEAST_CHANGE, out=excess)
    found, strengths = [], []
    for first, end in _runs(excess > 0, round(0.08 / step)):
        strength = excess[first:end].max()
        inside = first + np.flatnonzero(excess[first:end] >= _EDGE * strength)
        opens, closes = times[inside[0]], times[inside[-1]]
        if strength >= _CLEAR_CHANGE and closes - opens <= _LONGEST_BURST:
            # A change is between two pictures; of a single one it is the new picture that counts.
            found.append((opens + closes) / 2 - (step / 2 if closes > opens else 0))
            strengths.append(strength)
    kept = np.array(strengths) >= _BESIDE_STRONGEST * max(strengths, default=0)
    return np.array(found, np.float64)[kept]


def agreement(heard: Seconds, seen: Seconds, seconds: float) -> Agreement | None:
    """The delay at which strikes and bursts agree; None where there is no evidence.

    Args:
        heard, seen: times of strikes and of bursts.
        seconds: length of the medium.
    """
    if min(len(heard), len(seen)) < FEW[0] or seconds <= 0:
        return None
    delays = (seen[None, :] - heard[:, None]).ravel()
    which = np.repeat(np.arange(len(heard)), len(seen))
    near = np.abs(delays) <= REACH
    delays, which, shown = delays[near], which[near], np.tile(seen, len(heard))[near]
    best: NDArray[np.bool_] | None = None
    for delay in delays:
        close = np.abs(delays - delay) <= AGREE
        if best is None or len(set(which[close])) > len(set(which[best])):
            best = close
    if best is None:
        return None
    pairs = len(set(which[best]))
    chance = _chance(pairs, len(heard) * len(seen) * 2 * AGREE / seconds)
    is_complete = pairs == FEW[0] == len(heard) == len(seen)
    if pairs < FEW[0] or chance > (FEW[1] if is_complete else CHANCE) or (pairs == FEW[0] and not is_complete):
        return None
    return Agreement(float(np.median(delays[best])), tuple(sorted(set(shown[best].tolist()))), chance)


def in_step(found: Measurement) -> Agreement | None:
    """The delay between sound and picture of a medium; None where there is no evidence of it.

    Raises:
        KeyError: the meters `peaks`, `loudness` or `change` did not look at it.
    """
    early, chance, *moments = found.readings.of("step", lambda: _as_row(_in_step(found))).tolist() or (0.0, 0.0)
    return Agreement(early, tuple(moments), chance) if moments else None


def _as_row(agreed: Agreement | None) -> Seconds:
    return np.array([] if agreed is None else [agreed.early, agreed.chance, *agreed.moments], np.float64)


def _in_step(found: Measurement) -> Agreement | None:
    peaks, stretches = found.meters["peaks"], found.meters["loudness"]["stretches"]
    levels = TOP_DB - STEP_DB * np.minimum(peaks["high"], peaks["low"]).astype(np.float32)
    a_hop = HOP // SHORT
    heard = [
        strikes(levels[first * a_hop : end * a_hop], SHORT / SAMPLE_RATE) + start
        for first, end, start in _stretches(stretches, len(levels) // a_hop)
    ]
    picture = found.passed.picture
    if picture is None or not heard:
        return None
    times = found.ticks.astype(np.float64) * float(picture.base)
    seen = bursts(found.meters["change"]["one"], times)
    return agreement(np.concatenate(heard), seen, float(picture.end - picture.start))


def _stretches(rows: NDArray[np.int64], hops: int) -> list[tuple[int, int, float]]:
    """First hop, end and time of each stretch of sound."""
    ends = [*(int(row[0]) for row in rows[1:]), hops]
    return [(int(row[0]), end, int(row[1]) / int(row[2])) for row, end in zip(rows, ends, strict=True)]


def _chance(pairs: int, mean: float) -> float:
    """That unrelated events fall together so often at some delay: Poisson, for each of the delays tried (Bonferroni)."""
    return float(REACH / AGREE * pdtrc(pairs - 1, mean))


def _running(values: NDArray[np.float32], width: int, percent: float) -> NDArray[np.float32]:
    return np.asarray(percentile_filter(values, percent, size=width, mode="nearest"), np.float32)


def _runs(mask: NDArray[np.bool_], gap: int) -> list[tuple[int, int]]:
    """(first, end) of each run of True; runs no more than `gap` apart are one."""
    places = np.flatnonzero(mask)
    if not len(places):
        return []
    cuts = np.flatnonzero(np.diff(places) > gap + 1)
    firsts, lasts = places[np.r_[0, cuts + 1]], places[np.r_[cuts, len(places) - 1]]
    return [(int(first), int(last) + 1) for first, last in zip(firsts, lasts, strict=True)]
