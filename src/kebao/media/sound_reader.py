"""Decoded sound of one stream at 48 kHz, handed to sound meters in blocks, with exact times and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from kebao.media.measurement import SoundPass
from kebao.media.meter import SAMPLE_RATE, SoundBlock, SoundMeter

BLOCK = SAMPLE_RATE
"""Samples in a block: a second, so that a meter's own cost a call hardly counts."""
GAP = Fraction(1, 50)
"""Seconds by which a stream's times may jump unnoticed: containers that count in milliseconds round every packet."""
_KEPT = 1000


class SoundReader:
    """Takes every decoded frame once, in order.

    Args:
        stream: the sound.
        tracks: number of tracks in the file.
        meters: who listens.
        origin: the medium's time zero in seconds on the stream's own clock.
    """

    def __init__(self, stream: av.AudioStream, tracks: int, meters: Sequence[SoundMeter], origin: Fraction) -> None:
        self._meters, self._origin, self._tracks = meters, origin, tracks
        self._rate = stream.codec_context.sample_rate or 0
        self._channels = stream.codec_context.channels or 0
        self._kept_channels = min(2, max(1, self._channels))
        self._resampler: AudioResampler | None = None
        self._buffer = np.empty((self._kept_channels, BLOCK), np.float32)
        self._filled = 0
        self._stretch = Fraction(0)
        self._handed = 0  # samples of this stretch already handed out
        self._samples = 0
        self._start: Fraction | None = None
        self._end: Fraction | None = None
        self._gaps: list[tuple[Fraction, Fraction]] = []
        self._continues = False
        self.errors = 0

    @property
    def seconds(self) -> Fraction:
        """Presentation time reached."""
        return self._end or Fraction(0)

    def take(self, frame: av.AudioFrame) -> None:
        """Listen to the next frame."""
        start = self._time(frame)
        if self._end is None:
            self._start = self._stretch = start
        elif abs(start - self._end) > GAP:
            if len(self._gaps) < _KEPT:
                self._gaps.append((self._end, start - self._end))
            self._break_off()
            self._stretch, self._handed, self._continues = start, 0, False
        self._end = start + Fraction(frame.samples, frame.sample_rate or self._rate or SAMPLE_RATE)
        self._add_frame(frame)

    def finish(self) -> None:
        """Hand out what is left."""
        self._break_off()

    def passed(self) -> SoundPass | None:
        """Facts of the sound; None when nothing could be decoded."""
        if self._start is None or self._end is None:
            return None
        return SoundPass(
            samples=self._samples,
            start=self._start,
            end=self._end,
            rate=self._rate,
            channels=self._channels,
            tracks=self._tracks,
            gaps=tuple(self._gaps),
            errors=self.errors,
        )

    def _time(self, frame: av.AudioFrame) -> Fraction:
        stamp = frame.pts if frame.pts is not None else frame.dts
        if stamp is None or frame.time_base is None:
            return self._end if self._end is not None else Fraction(0)
        return max(Fraction(0), int(stamp) * Fraction(frame.time_base) - self._origin)

    def _add_frame(self, frame: av.AudioFrame) -> None:
        if self._resampler is None and self._is_plain(frame):
            parts: tuple[Any, ...] = frame.planes
            planes = [np.frombuffer(part, np.float32, count=frame.samples) for part in parts]
            self._add(np.stack(planes) if len(planes) > 1 else planes[0][None])
            return
        if self._resampler is None:
            layout = "mono" if self._kept_channels == 1 else "stereo"
            self._resampler = AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE)
        for made in self._resampler.resample(frame):
            self._add(made.to_ndarray())

    def _is_plain(self, frame: av.AudioFrame) -> bool:
        """Whether its samples can be taken as they are."""
        planes = len(frame.planes)
        return frame.format.name == "fltp" and frame.sample_rate == SAMPLE_RATE and planes == self._kept_channels

    def _add(self, samples: NDArray[Any]) -> None:
        taken = 0
        while taken < samples.shape[1]:
            part = min(samples.shape[1] - taken, BLOCK - self._filled)
            self._buffer[:, self._filled : self._filled + part] = samples[:, taken : taken + part]
            self._filled += part
            taken += part
            if self._filled == BLOCK:
                self._hand_out()

    def _break_off(self) -> None:
        """End of a stretch: what the resampler still holds belongs to it."""
        if self._resampler is not None:
            for made in self._resampler.resample(None):
                self._add(made.to_ndarray())
            self._resampler = None
        self._hand_out()

    def _hand_out(self) -> None:
        if not self._filled:
            return
        start = self._stretch + Fraction(self._handed, SAMPLE_RATE)
        block = SoundBlock(start, self._buffer[:, : self._filled], self._continues)
        for meter in self._meters:
            meter.feed(block)
        self._handed += self._filled
        self._samples += self._filled
        self._continues, self._filled = True, 0
