"""First pass over a sound: how loud it is as learners will hear it, so that the second can bring it to one target (EBU R128).

The gain is one number for the whole lesson, so what is soft in it stays soft. Where it would lift peaks above the ceiling,
a limiter holds them, by a few decibels at most; where that does not suffice, the gain is less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO

import av
import numpy as np

from kebao.media.clock import Clock
from kebao.media.hearing.levels import integrated_loudness
from kebao.media.meter import SoundBlock
from kebao.media.meters.loudness import LoudnessMeter
from kebao.media.meters.peaks import PeaksMeter
from kebao.media.opened import DAMAGED, FAULTS, opened, packets_of, sound_of, time_zero
from kebao.media.passage import Cancelled
from kebao.media.renditions.recipes import SAMPLE_RATE
from kebao.media.renditions.sound import SoundTrack
from kebao.model.errors import Unreadable

CEILING_DBTP = -1.0
"""True peak that is not gone beyond (EBU R128)."""
MARGIN_DB = 0.5
"""By which AAC may lift a peak again."""
LIMITED_DB = 6.0
"""Most that the limiter takes off a peak: more is heard."""
MOST_GAIN_DB = 20.0
"""Beyond it the noise of the room would come up with the voice."""
_ASKED_EVERY = 500


@dataclass(frozen=True, slots=True)
class Loudness:
    """`lufs` is None where nothing was heard; `peak` in dB of full scale, four-fold oversampled."""

    lufs: float | None
    peak: float

    def gain_to(self, target: float) -> float:
        """Decibels that bring it to the target in LUFS, as far as peaks and noise allow; 0 where nothing was heard."""
        if self.lufs is None:
            return 0.0
        room = CEILING_DBTP - MARGIN_DB - self.peak + LIMITED_DB
        return round(min(target - self.lufs, room, MOST_GAIN_DB), 2)

    def is_limited(self, gain: float) -> bool:
        """Whether peaks must be held at this gain."""
        return self.peak + gain > CEILING_DBTP - MARGIN_DB


def loudness_of(stream: BinaryIO, cancelled: Callable[[], bool] = lambda: False) -> Loudness | None:
    """Loudness and peak of the sound that is played, mixed down to two channels; None where there is no sound.

    Raises:
        Unsafe, Unreadable: as `probe`.
        Cancelled: `cancelled` said so.
    """
    meters = (LoudnessMeter(), PeaksMeter())
    heard_until = 0

    def listen(frame: av.AudioFrame) -> None:
        nonlocal heard_until
        start = Fraction(heard_until, SAMPLE_RATE)
        block = SoundBlock(start, np.asarray(frame.to_ndarray(), np.float32), continues=heard_until > 0)
        heard_until += frame.samples
        for meter in meters:
            meter.feed(block)

    with opened(stream) as container:
        heard = sound_of(container)
        if heard is None:
            return None
        try:
            clock = Clock(container.format.name.split(",")[0])
            track = SoundTrack(heard, time_zero(container, [heard]), listen, samples=SAMPLE_RATE)
            for count, packet in enumerate(packets_of(container, [heard])):
                clock.shift(packet)
                track.take_packet(packet)
                if count % _ASKED_EVERY == 0 and cancelled():
                    raise Cancelled
            track.finish()
        except FAULTS as error:
            raise Unreadable("truncated", DAMAGED) from error
    arrays = [meter.arrays() for meter in meters]
    if not all(arrays):
        return Loudness(None, -140.0)
    return Loudness(integrated_loudness(arrays[0]["loudness"]), float(np.max(arrays[1]["true_peak"])))
