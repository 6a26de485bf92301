"""Measure sound that is there as samples: for examples of rules and for tests, by the very meters that listen to files."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kebao.media.measurement import Measurement, Pass, SoundPass
from kebao.media.meter import SAMPLE_RATE, SoundBlock
from kebao.media.roster import SOUND_METERS
from kebao.media.sound_reader import BLOCK


def measure_samples(samples: NDArray[np.float32], *, start: Fraction = Fraction(0)) -> Measurement:
    """What one pass over a sound-only medium would leave.

    Args:
        samples: float32 (channels, n) at 48 kHz, one or two channels.
        start: presentation time of the first sample.
    """
    meters = [make() for make in SOUND_METERS]
    channels, count = samples.shape
    for first in range(0, count, BLOCK):
        part = np.ascontiguousarray(samples[:, first : first + BLOCK], np.float32)
        block = SoundBlock(start + Fraction(first, SAMPLE_RATE), part, first > 0)
        for meter in meters:
            meter.feed(block)
    end = start + Fraction(count, SAMPLE_RATE)
    heard = SoundPass(samples=count, start=start, end=end, rate=SAMPLE_RATE, channels=channels)
    return Measurement(Pass(sound=heard), meters={meter.name: meter.arrays() for meter in meters})
