"""Speech against what sounds behind it: music or the life of a place, also where it is turned down under the words.

Where somebody speaks is told by the meter `spoken`, also over music nearly as loud. The background is heard wherever nobody
speaks for a moment, between two words as well as between two phrases, and changes with time: under the words it is that of
the moments nearby. Where it is lower in the short pauses inside phrases than in the gaps between them it is turned down
under the words, and the gaps do not speak for it. Where phrases have no pauses, the quietest moments of the quietest bands
under the words are held against those of the gaps: there the words do not reach, so what is left is the bed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.timeline import closed, runs, without_short

Kind = Literal["noise", "music", "live"]
_LIKELY = 0.3
"""Probability of speech from which a hop counts as spoken. Words that are left out raise what is taken for background."""
_SHORTEST_WORD, _WITHIN_WORD = 5, 2
_SHORTEST_PHRASE, _WITHIN_PHRASE = 15, 40
"""Hops: pauses shorter than 0.8 s belong to the phrase."""
_BEFORE, _BEHIND = 3, 4
"""Hops beside a word that still hold its beginning or its echo."""
_TURNING = 10
"""Hops at the beginning of a phrase in which the background is still being turned down."""
_NEAR, _FAR = 50, 100
"""Hops over which the background is averaged (a triangle), and over which gaps are compared with the pauses in phrases."""
_FEWEST_SPOKEN, _FEWEST_STILL, _FEWEST_INSIDE = 100, 50, 25
_DUCKED_DB = 2.5
"""LU by which pauses in phrases must lie lower before the background counts as turned down: music swings as much by itself."""
_DUCK_BIAS_DB, _MOST_DUCKED_DB = 1.0, 15.0
"""For phrases without pauses; from so many LU there is no bed under the words at all, or what was taken for gaps were words."""
_BROKEN_DB = 12.0
"""Spread of the gaps from which there is no bed: what sounds now and then in a quiet room are words taken for gaps."""
_STEADY_DB, _TONAL = 2.5, 0.45
_BLOCK, _BLOCK_STEP = 20, 5
_NOTHING = 1e-14


@dataclass(frozen=True)
class Balance:
    """Speech and its background over a whole medium.

    Attributes:
        ratio: LU of the words over what sounds under them.
        ducked: LU by which it is lower inside phrases than between them; None where neither pauses nor bands tell.
        spread: LU between the 20th and the 80th percentile of the gaps: how surely the gaps speak for the rest.
        kind: steady noise, music (gaps with a pitch) or the life of a place.
        first, end: hops from the first phrase to the last.
    """

    ratio: float
    ducked: float | None
    spread: float
    kind: Kind
    first: int
    end: int


@dataclass(frozen=True)
class _Moments:
    """Masks of hops: phrases, moments without a word, and of these the ones inside phrases and between them."""

    phrases: NDArray[np.bool_]
    still: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    between: NDArray[np.bool_]


def find_balance(
    loudness: NDArray[np.float32], bands: NDArray[np.float32], spoken: NDArray[np.uint8], pitch: NDArray[np.uint8]
) -> Balance | None:
    """The balance; None where there are too few words, or too few moments without one."""
    words = without_short(closed(spoken >= _LIKELY * 255, _WITHIN_WORD), _SHORTEST_WORD)
    moments = _moments(words)
    if words.sum() < _FEWEST_SPOKEN or moments.still.sum() < _FEWEST_STILL:
        return None
    heard = moments.between if moments.between.sum() >= _FEWEST_INSIDE else moments.still
    low, high = np.percentile(loudness[heard], [20, 80])
    if high - low > _BROKEN_DB:
        return None
    power = 10 ** (loudness.astype(np.float64) / 10)
    ducked, bed = _bed(loudness, power, bands, moments)
    if bed is None:
        return None
    inside = moments.phrases
    ratio = _gated(np.maximum(power - bed, _NOTHING)[inside]) - _gated(bed[inside])
    if ratio < 0:
        return None  # a song, or something else whose voice is part of what sounds; nobody talks under that
    tonal = float(np.median(pitch[heard])) / 255 >= _TONAL
    kind: Kind = "noise" if high - low < _STEADY_DB and not tonal else "music" if tonal else "live"
    places = np.flatnonzero(inside)
    return Balance(ratio, ducked, float(high - low), kind, int(places[0]), int(places[-1]) + 1)


def _moments(words: NDArray[np.bool_]) -> _Moments:
    phrases = without_short(closed(words, _WITHIN_PHRASE), _SHORTEST_PHRASE)
    near = words.copy()
    for shift in range(1, max(_BEFORE, _BEHIND) + 1):
        if shift <= _BEHIND:
            near[shift:] |= words[:-shift]
        if shift <= _BEFORE:
            near[:-shift] |= words[shift:]
    steady = phrases.copy()
    for first, _ in runs(phrases):
        steady[first : first + _TURNING] = False
    return _Moments(phrases, ~near, ~near & steady, ~near & ~phrases)


def _bed(
    loudness: NDArray[np.float32], power: NDArray[np.float64], bands: NDArray[np.float32], moments: _Moments
) -> tuple[float | None, NDArray[np.float64] | None]:
    """LU by which the background is turned down under the words, and its power at every hop; None where it is not heard."""
    ducked, shifts = _pauses_below_gaps(loudness, moments)
    if ducked is not None:
        return ducked, _nearby(power, _bed_moments(moments, ducked, shifts), _NEAR)
    ducked = _bands_below_gaps(bands, moments)
    heard = _nearby(power, moments.still, _NEAR)
    if heard is None or ducked is None or ducked <= _DUCKED_DB:
        return ducked, heard
    return ducked, None if ducked >= _MOST_DUCKED_DB else heard * 10 ** (-ducked / 10)


def _bands_below_gaps(bands: NDArray[np.float32], moments: _Moments) -> float | None:
    """LU by which the quietest moments of the quietest bands inside phrases lie under those of the gaps."""
    words = moments.phrases & ~moments.still
    if moments.between.sum() < _FEWEST_INSIDE or words.sum() < _FEWEST_SPOKEN:
        return None
    under, gaps = (np.quantile(bands[mask], 0.05, axis=0) for mask in (words, moments.between))
    heard = gaps > -95
    if not heard.any():
        return None
    change = float(np.percentile((under - gaps)[heard], 15))
    return min(_MOST_DUCKED_DB, _DUCK_BIAS_DB - change)


def _pauses_below_gaps(
    loudness: NDArray[np.float32], moments: _Moments
) -> tuple[float | None, list[tuple[int, int, float]]]:
    """LU by which the pauses in phrases lie under the gaps around them, and (first, end, LU) of each pause."""
    around = _nearby(loudness.astype(np.float64), moments.between, _FAR)
    if around is None or moments.inside.sum() < _FEWEST_INSIDE:
        return None, []
    shifts = [(f, e, float(np.median(around[f:e] - loudness[f:e]))) for f, e in runs(moments.inside)]
    return float(np.median(np.repeat([s for _, _, s in shifts], [e - f for f, e, _ in shifts]))), shifts


def _bed_moments(moments: _Moments, ducked: float | None, shifts: list[tuple[int, int, float]]) -> NDArray[np.bool_]:
    """Moments that speak for what sounds under the words: all, or where it is turned down those inside phrases alone."""
    if ducked is None or ducked <= _DUCKED_DB:
        return moments.still
    kept = moments.inside.copy()
    for first, end, shift in shifts:
        if shift < ducked / 2:  # a gap between phrases that a false word bridged
            kept[first:end] = False
    return kept


def _nearby(values: NDArray[np.float64], where: NDArray[np.bool_], reach: int) -> NDArray[np.float64] | None:
    """Mean of the values at some hops, the nearer the weightier, drawn through where there are none; None for no hops."""
    triangle = np.concatenate((np.arange(1, reach + 1), np.arange(reach - 1, 0, -1))).astype(np.float64)
    if len(values) < len(triangle):
        return None
    weights = np.convolve(where.astype(np.float64), triangle, "same")
    known = np.flatnonzero(weights > 2.5 * reach)
    if not known.size:
        return None
    means = np.convolve(np.where(where, values, 0.0), triangle, "same")[known] / weights[known]
    return np.interp(np.arange(len(values)), known, means)


def _gated(power: NDArray[np.float64]) -> float:
    """Loudness of blocks of 400 ms, gated 10 LU below their mean (BS.1770-4)."""
    summed = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, max(1, len(power) - _BLOCK + 1), _BLOCK_STEP)
    blocks = (summed[np.minimum(starts + _BLOCK, len(power))] - summed[starts]) / _BLOCK
    return float(10 * np.log10(max(_NOTHING, float(blocks[blocks >= blocks.mean() * 0.1].mean()))))
