"""Takes: a speaker's prompts were recorded one by one, each at a level of its own, and joined over digital silence.

Nobody teaches like that. Takes of one speaker differ by up to 24 dB, so that every join is a step of level in what is called
clean, and between them there is nothing at all, which no microphone delivers. A lesson recorded in one go is made of them:
each take is set to the level of the others, all but `APART_DB`, and room tone is laid under all (see `beds`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from defects.levels import Samples, speech_rms
from defects.reading import RATE

APART_DB = 1.5
"""Most dB between two takes that is left: people do not say two sentences equally loud."""
_HOP = RATE // 100
_NOTHING = 1e-5
"""Highest sample, re full scale, of digital silence: what resampling leaves beside it lies below."""
_SHORTEST_GAP = 20
"""Hops of 10 ms that part two takes; the stops of a word last less, and room tone has no such hole at all."""


def digital_silence(samples: Samples) -> NDArray[np.intp]:
    """(n, 2): first sample and end of every stretch of 0.2 s and more in which there is nothing at all."""
    count = len(samples) // _HOP
    nothing = np.abs(samples[: count * _HOP]).reshape(count, _HOP).max(axis=1) < _NOTHING
    edges = np.flatnonzero(np.diff(np.concatenate(([False], nothing, [False])).astype(np.int8)))
    gaps = edges.reshape(-1, 2)
    return gaps[gaps[:, 1] - gaps[:, 0] >= _SHORTEST_GAP] * _HOP


def levelled(files: Sequence[Samples]) -> Samples:
    """The recordings of a speaker in a row, every take within `APART_DB` of every other; a file without gaps is one take."""
    takes = [take for samples in files for take in _takes(np.asarray(samples, np.float64))]
    levels = np.array([20 * np.log10(max(speech_rms(take), 1e-9)) for take in takes])
    heard = levels > -100
    middle = float(np.median(levels[heard])) if heard.any() else 0.0
    wanted = np.clip(levels, middle - APART_DB / 2, middle + APART_DB / 2)
    gains = np.where(heard, 10 ** ((wanted - levels) / 20), 0.0)
    return np.concatenate([take * gain for take, gain in zip(takes, gains, strict=True)])


def _takes(samples: Samples) -> list[Samples]:
    """Parted in the middle of every stretch of digital silence."""
    return np.split(samples, digital_silence(samples).mean(axis=1).astype(int))
