"""Speech against what sounds behind it: music or the life of a place, also where it is turned down under the words.

Phrases are told from what lies between them by how restlessly the spectrum changes: a voice does so several times a second,
also where music is nearly as loud. The level behind the words is that of the gaps, lowered by what the quietest moments of the
quietest bands under the words lie below those of the gaps: there the words do not reach, so what is left is the bed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.levels import together
from kebao.media.hearing.timeline import closed, runs, without_short

Kind = Literal["noise", "music", "live"]
_SMOOTH = 60
"""Hops over which restlessness is measured: 1.2 s, some five syllables."""
_LEAST_PHRASE, _LEAST_GAP = 50, 40
_INSET_PHRASE, _INSET_GAP = 5, 15
_LEAST_CONTRAST = 2.0
"""How much more restless phrases must be than gaps; music or noise alone stays below."""
_DUCKED_DB, _DUCK_BIAS_DB = -2.5, 1.0
_MOST_DUCKED_DB = 15.0
"""LU from which there is no bed under the words at all, or what was taken for gaps were words."""
_BROKEN_DB = 12.0
"""Spread of the gaps from which there is no bed: what sounds now and then in a quiet room are words taken for gaps."""
_STEADY_DB, _TONAL = 2.5, 0.45
_BLOCK, _BLOCK_STEP = 20, 5


@dataclass(frozen=True)
class Balance:
    """Speech and its background over a whole medium.

    Attributes:
        ratio: LU of the words over what sounds under them.
        ducked: LU by which it is lower under the words than between them; 0 where it is not turned down.
        spread: LU between the 20th and the 80th percentile of the gaps: how surely the gaps speak for the rest.
        kind: steady noise, music (gaps with a pitch) or the life of a place.
        first, end: hops from the first phrase to the last.
    """

    ratio: float
    ducked: float
    spread: float
    kind: Kind
    first: int
    end: int


def find_balance(loudness: NDArray[np.float32], bands: NDArray[np.float32], pitch: NDArray[np.uint8]) -> Balance | None:
    """The balance; None where there are no phrases with gaps between them."""
    if len(loudness) < 4 * _SMOOTH:
        return None
    restless = restlessness(bands)
    phrases = closed(without_short(restless > _threshold(restless), _LEAST_PHRASE), _LEAST_GAP)
    words, gaps = _inside(phrases, _INSET_PHRASE), _inside(~phrases, _INSET_GAP)
    if words.sum() < 100 or gaps.sum() < 25:
        return None
    if float(restless[words].mean() - restless[gaps].mean()) < _LEAST_CONTRAST:
        return None
    low, high = np.percentile(loudness[gaps], [20, 80])
    if high - low > _BROKEN_DB:
        return None
    ducked = _ducked(bands, words, gaps)
    if ducked >= _MOST_DUCKED_DB:
        return None
    under = together(loudness[gaps]) - ducked
    tonal = float(np.median(pitch[gaps])) / 255 >= _TONAL
    kind: Kind = "noise" if high - low < _STEADY_DB and not tonal else "music" if tonal else "live"
    places = np.flatnonzero(words)
    ratio = _gated(loudness[words], under) - under
    if ratio < 0:
        return None  # what is softer than its background cannot be told from it as speech: something else was restless
    return Balance(ratio, ducked, float(high - low), kind, int(places[0]), int(places[-1]) + 1)


def restlessness(bands: NDArray[np.float32]) -> NDArray[np.float32]:
    """How fast the spectrum changes its shape, level and tilt around each hop, (hops,): music near 3, speech 6 and more."""
    change = np.abs(np.diff(bands[:, 2:20], axis=0, prepend=bands[:1, 2:20])).mean(axis=1)
    level = 10 * np.log10((10 ** (bands[:, 3:18] / 10)).sum(axis=1))
    tilt = bands[:, 18:22].mean(axis=1) - bands[:, 2:10].mean(axis=1)
    return np.asarray(_mean(change) + _deviation(level) / 4 + _deviation(tilt) / 4, np.float32)


def _mean(values: NDArray[np.floating]) -> NDArray[np.float64]:
    edged = np.pad(values.astype(np.float64), (_SMOOTH // 2, _SMOOTH - 1 - _SMOOTH // 2), mode="edge")
    summed = np.concatenate(([0.0], np.cumsum(edged)))
    return np.asarray((summed[_SMOOTH:] - summed[:-_SMOOTH]) / _SMOOTH)


def _deviation(values: NDArray[np.floating]) -> NDArray[np.float64]:
    centred = values.astype(np.float64) - float(values.mean())
    return np.asarray(np.sqrt(np.maximum(_mean(centred**2) - _mean(centred) ** 2, 0)))


def _threshold(values: NDArray[np.float32]) -> float:
    """The level that parts the values best in two (Otsu 1979)."""
    counts, edges = np.histogram(values, 60)
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts).astype(np.float64)
    moment = np.cumsum(counts * middles)
    between = (moment[-1] * below / below[-1] - moment) ** 2 / np.maximum(below * (below[-1] - below), 1)
    return float(middles[int(between.argmax())])


def _inside(mask: NDArray[np.bool_], inset: int) -> NDArray[np.bool_]:
    """The mask without the edges of its runs."""
    kept = np.zeros(len(mask), bool)
    for first, end in runs(mask):
        if end - first > 2 * inset + 10:
            kept[first + inset : end - inset] = True
    return kept


def _ducked(bands: NDArray[np.float32], words: NDArray[np.bool_], gaps: NDArray[np.bool_]) -> float:
    """LU by which the background is turned down under the words."""
    low_words, low_gaps = np.quantile(bands[words], 0.05, axis=0), np.quantile(bands[gaps], 0.05, axis=0)
    heard = low_gaps > -95
    if not heard.any():
        return 0.0
    change = float(np.percentile((low_words - low_gaps)[heard], 15))
    return 0.0 if change > _DUCKED_DB else min(_MOST_DUCKED_DB, _DUCK_BIAS_DB - change)


def _gated(mixed: NDArray[np.float32], under: float) -> float:
    """Loudness of the words alone: blocks of 400 ms less the background, gated 10 LU below their mean (BS.1770-4)."""
    power = 10 ** (mixed.astype(np.float64) / 10)
    power = np.maximum(power - 10 ** (under / 10), power * 0.02)
    summed = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, max(1, len(power) - _BLOCK + 1), _BLOCK_STEP)
    blocks = (summed[np.minimum(starts + _BLOCK, len(power))] - summed[starts]) / _BLOCK
    loud = blocks[blocks > blocks.mean() * 0.1]
    return float(10 * np.log10(max(1e-14, float(loud.mean()))))
