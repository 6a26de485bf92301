"""Sound against mouths: the delay at which the opening of a mouth follows the rhythm of the speech.

Three seconds of one face are too few: their best delay is often a chance. Over several stretches the true delay adds up and
chance does not. What counts as evidence is told by the same speech at other times of the film.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.timeline import Timeline
from kebao.media.measurement import Measurement
from kebao.media.meters.hops import HOP_SECONDS
from kebao.media.mouths import SHORTEST, STRETCHES, Mouth
from kebao.model.location import Span

Signal = NDArray[np.float64]
REACH = 25
"""Hops of 20 ms to either side at which the delay is looked for."""
CHANCE = 0.01
"""Probability, below which the agreement must lie, that unrelated speech agrees as well."""
NARROW, SURE = 3, 0.9
"""Hops within which the delay must stay in so large a share of drawings of the stretches."""
FEWEST = 3
"""Stretches that must be there."""
_DISPLACED = 100
"""Hops by which speech must be displaced to count as unrelated: two seconds."""
_DRAWN, _DRAWN_AGAIN = 999, 200
_SEED = 20231
_DEEP_DB = 35.0
"""What is softer by so much than the loudest words is silence."""
_LIKELY = 128
"""Of 255: probability from which a hop counts as spoken."""
_WORDS = 0.3
"""Part of a stretch that must be spoken for it to be looked at: pauses between words tell as much as words."""
_MOSTLY = 0.5
"""Part of the speech that must be spoken where it serves as unrelated."""
_SMOOTH, _SLOW = 5, 51
"""Hops: half a picture to either side; what changes more slowly than this is no rhythm."""
_LIVELY_DB = 0.5
"""Spread of the rhythm below which nothing is said."""
_LENGTH = 5
_TRIES = 3 * STRETCHES


@dataclass(frozen=True, slots=True)
class MouthStep:
    """What mouths say of the step.

    Attributes:
        early: seconds by which the sound comes before the mouths; negative where it is late.
        seconds: of film looked at, in so many `stretches`.
        chance: probability that unrelated speech would agree as well.
    """

    early: float
    seconds: float
    stretches: int
    chance: float


def spoken_spans(found: Measurement) -> tuple[Span, ...]:
    """Stretches of five seconds in which somebody speaks, spread over the film; those to be tried first come first.

    Raises:
        KeyError: the meters `loudness` or `spoken` did not listen.
    """
    spoken, loudness = found.meters["spoken"]["spoken"], found.meters["loudness"]
    timeline = Timeline(loudness["stretches"], len(spoken))
    length = int(_LENGTH / HOP_SECONDS)
    windows = [
        timeline.span(first, first + length)
        for first in range(0, len(spoken) - int(SHORTEST / HOP_SECONDS) - 1, length)
        if np.mean(spoken[first : first + length] >= _LIKELY) >= _WORDS
    ]
    if len(windows) > _TRIES:
        windows = [windows[number * (len(windows) - 1) // (_TRIES - 1)] for number in range(_TRIES)]
    rounds = -(-len(windows) // STRETCHES)
    return tuple(chain.from_iterable(windows[number::rounds] for number in range(rounds))) if windows else ()


def mouth_step(found: Measurement, mouths: Sequence[Mouth]) -> MouthStep | None:
    """The delay between mouths and speech; None where there is no evidence.

    Raises:
        KeyError: as `spoken_spans`.
    """
    if len(mouths) < FEWEST:
        return None
    speech = _speech(found)
    compared = [one for mouth in mouths if (one := _compare(speech, mouth)) is not None]
    if len(compared) < FEWEST:
        return None
    own = np.array([stretch.own for stretch in compared])
    mean = own.mean(axis=0)
    best = int(mean.argmax())
    if not 0 < best < 2 * REACH:
        return None
    rng = np.random.default_rng(_SEED)
    others = np.mean([stretch.displaced(rng) for stretch in compared], axis=0).max(axis=1)
    chance = float((1 + np.count_nonzero(others >= mean[best])) / (1 + _DRAWN))
    again = own[rng.integers(0, len(own), (_DRAWN_AGAIN, len(own)))].mean(axis=1).argmax(axis=1)
    if chance >= CHANCE or np.mean(np.abs(again - best) <= NARROW) < SURE:
        return None
    before, top, behind = mean[best - 1 : best + 2]
    place = best + 0.5 * (before - behind) / (before - 2 * top + behind)
    seconds = sum(float(mouth.times[-1] - mouth.times[0]) for mouth in mouths)
    return MouthStep(float((REACH - place) * HOP_SECONDS), seconds, len(compared), chance)


@dataclass(frozen=True)
class _Speech:
    """Rhythm of the speech and whether a hop is spoken, every 20 ms from `start` on."""

    start: float
    rhythm: Signal
    words: NDArray[np.bool_]


@dataclass(frozen=True)
class _Compared:
    """Correlation of one mouth with the speech, (places,), where it is compared, and which other places may serve."""

    all: Signal
    place: int
    places: NDArray[np.int64]

    @property
    def own(self) -> Signal:
        """At each delay, (2 * REACH + 1,)."""
        return self.all[self.place - REACH : self.place + REACH + 1]

    def displaced(self, rng: np.random.Generator) -> Signal:
        """The same against speech of other times, (drawn, 2 * REACH + 1)."""
        drawn = rng.choice(self.places, _DRAWN)
        return np.asarray(self.all[drawn[:, None] + np.arange(-REACH, REACH + 1)])


def _speech(found: Measurement) -> _Speech:
    loudness, spoken = found.meters["loudness"], found.meters["spoken"]["spoken"]
    level = loudness["loudness"][: len(spoken)].astype(np.float64)
    timeline = Timeline(loudness["stretches"], len(level))
    starts = np.zeros(len(level))
    for row, first in enumerate(timeline.stretches[:, 0]):
        end = timeline.stretches[row + 1, 0] if row + 1 < len(timeline.stretches) else len(level)
        starts[first:end] = float(timeline.at(int(first))) + np.arange(end - first) * float(HOP_SECONDS)
    middles = starts + float(HOP_SECONDS) / 2
    likely = spoken[: len(level)] >= _LIKELY
    floor = (np.percentile(level[likely], 99) if likely.any() else 0.0) - _DEEP_DB
    margin = (REACH + 1) * float(HOP_SECONDS)
    grid = np.arange(middles[0] - margin, middles[-1] + margin, float(HOP_SECONDS))
    level = np.interp(grid, middles, np.maximum(level, floor), left=floor, right=floor)
    words = np.interp(grid, middles, likely, left=0, right=0) >= _MOSTLY
    return _Speech(float(grid[0]), _rhythm(level), words)


def _rhythm(signal: Signal) -> Signal:
    """What changes with the syllables: smoothed over a picture, without what changes more slowly than a second."""
    return _mean(signal, _SMOOTH) - _mean(signal, _SLOW)


def _mean(signal: Signal, width: int) -> Signal:
    padded = np.pad(signal, width // 2, mode="edge")
    return np.convolve(padded, np.full(width, 1 / width), "valid")


def _sums(signal: Signal, width: int) -> Signal:
    """Sum of every `width` values in a row, (len(signal) - width + 1,)."""
    total = np.concatenate(([0.0], np.cumsum(signal)))
    return total[width:] - total[:-width]


def _compare(speech: _Speech, mouth: Mouth) -> _Compared | None:
    """A mouth against the speech of every time; None where it is still, or nothing else is said that could be compared."""
    step = float(HOP_SECONDS)
    place = int(np.ceil((mouth.times[0] - speech.start) / step))
    end = int((mouth.times[-1] - speech.start) / step)
    if place < REACH or end + REACH > len(speech.rhythm) or end - place < _SLOW:
        return None
    grid = speech.start + np.arange(place, end) * step
    opening = _rhythm(np.interp(grid, mouth.times, mouth.opening))
    opening -= opening.mean()
    size = len(opening)
    power = float(opening @ opening)
    if not power:
        return None
    spread = np.sqrt(np.maximum(_sums(speech.rhythm**2, size) / size - (_sums(speech.rhythm, size) / size) ** 2, 0))
    # The mean of the speech falls out, since that of the opening is nought.
    alike = np.correlate(speech.rhythm, opening, "valid") / np.sqrt(power * size) / np.maximum(spread, _LIVELY_DB)
    places = np.arange(REACH, len(alike) - REACH)
    share = _sums(speech.words.astype(np.float64), size)[places] / size
    apart = np.abs(places - place) >= _DISPLACED + REACH
    places = places[apart & (share >= _MOSTLY)]
    return _Compared(alike, place, places) if len(places) > _DISPLACED else None
