"""Decoded sound of one stream at 48 kHz, handed to sound meters in blocks, with exact times and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from kebao.media.feeding import Feeder, Ring
from kebao.media.measurement import SoundPass
from kebao.media.meter import SAMPLE_RATE, SoundBlock, SoundMeter
from kebao.media.opened import FAULTS

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
        feeder: hands them what they listen to.
        origin: the medium's time zero in seconds on the stream's own clock.
    """

    def __init__(
        self, stream: av.AudioStream, tracks: int, meters: Sequence[SoundMeter], feeder: Feeder, origin: Fraction
    ) -> None:
        self._meters, self._feeder, self._tracks = meters, feeder, tracks
        self._rate = stream.codec_context.sample_rate or SAMPLE_RATE
        base = Fraction(stream.time_base or Fraction(1, self._rate))
        # Times are counted in units of which both a tick and a sample are whole numbers: exact, and cheaper than fractions.
        self._units = base.denominator * self._rate
        self._units_a_tick = base.numerator * self._rate
        self._origin, self._gap = round(origin * self._units), int(GAP * self._units)
        self._channels = stream.codec_context.channels or 0
        self._kept_channels = min(2, max(1, self._channels))
        self._resampler: AudioResampler | None = None
        self._form: tuple[str, str, int] | None = None
        self._waiting: AudioFifo | None = None
        self._ring: Ring[NDArray[np.float32]] = Ring(self._room)
        self._filled = 0
        self._stretch = Fraction(0)
        self._handed = 0  # samples of this stretch already handed out
        self._samples = 0
        self._start: int | None = None
        self._end: int | None = None
        self._gaps: list[tuple[Fraction, Fraction]] = []
        self._continues = False
        self.errors = 0

    @property
    def seconds(self) -> Fraction:
        """Presentation time reached."""
        return self._exact(self._end or 0)

    def take(self, frame: av.AudioFrame) -> None:
        """Listen to the next frame."""
        start = self._time(frame)
        if self._end is None:
            self._start = start
            self._stretch = self._exact(start)
        elif abs(start - self._end) > self._gap:
            if len(self._gaps) < _KEPT:
                self._gaps.append((self._exact(self._end), self._exact(start - self._end)))
            self._break_off()
            self._stretch, self._handed, self._continues = self._exact(start), 0, False
        self._end = start + frame.samples * self._units // (frame.sample_rate or self._rate)
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
            start=self._exact(self._start),
            end=self._exact(self._end),
            rate=self._rate,
            channels=self._channels,
            tracks=self._tracks,
            gaps=tuple(self._gaps),
            errors=self.errors,
        )

    def _room(self) -> NDArray[np.float32]:
        return np.empty((self._kept_channels, BLOCK), np.float32)

    def _time(self, frame: av.AudioFrame) -> int:
        stamp = frame.pts if frame.pts is not None else frame.dts
        if stamp is None:
            return self._end if self._end is not None else 0
        return max(0, int(stamp) * self._units_a_tick - self._origin)

    def _exact(self, units: int) -> Fraction:
        return Fraction(units, self._units)

    def _add_frame(self, frame: av.AudioFrame) -> None:
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._form:
            self._drain()  # a stream may change its form on the way; damaged ones do
            self._form = form
        if self._waiting is None:
            self._waiting = AudioFifo()
            if not self._is_plain(frame):
                layout = "mono" if self._kept_channels == 1 else "stereo"
                self._resampler = AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE)
        if not frame.samples:
            return
        # Frames of 20 ms are looked at a second at a time: each costs Python more than its samples do.
        frame.pts = None  # when it starts is known by now, and the fifo would only hold it against its own count
        try:
            self._waiting.write(frame)
        except (*FAULTS, ValueError):
            self.errors += 1
            return
        while self._waiting.samples >= BLOCK:
            self._pass_on(self._waiting.read(BLOCK))

    def _pass_on(self, frame: av.AudioFrame | None) -> None:
        """Take samples of the stream's own form."""
        if frame is None:
            return
        if self._resampler is None:
            parts: tuple[Any, ...] = frame.planes
            self._add([np.frombuffer(part, np.float32, count=frame.samples) for part in parts], frame.samples)
            return
        frame.pts = None
        try:
            ready = self._resampler.resample(frame)
        except FAULTS:
            self.errors += 1
            return
        for made in ready:
            self._add(list(made.to_ndarray()), made.samples)

    def _is_plain(self, frame: av.AudioFrame) -> bool:
        """Whether its samples can be taken as they are."""
        planes = len(frame.planes)
        return frame.format.name == "fltp" and frame.sample_rate == SAMPLE_RATE and planes == self._kept_channels

    def _add(self, channels: list[NDArray[Any]], count: int) -> None:
        taken = 0
        while taken < count:
            part = min(count - taken, BLOCK - self._filled)
            for row, samples in zip(self._ring.held, channels, strict=True):
                row[self._filled : self._filled + part] = samples[taken : taken + part]
            self._filled += part
            taken += part
            if self._filled == BLOCK:
                self._hand_out()

    def _break_off(self) -> None:
        """End of a stretch: what waits and what the resampler still holds belong to it."""
        self._drain()
        self._hand_out()

    def _drain(self) -> None:
        if self._waiting is not None:
            self._pass_on(self._waiting.read(0, partial=True))
            self._waiting = None
        if self._resampler is not None:
            for made in self._resampler.resample(None):
                self._add(list(made.to_ndarray()), made.samples)
            self._resampler = None

    def _hand_out(self) -> None:
        if not self._filled:
            return
        start = self._stretch + Fraction(self._handed, SAMPLE_RATE)
        block = SoundBlock(start, self._ring.held[:, : self._filled], self._continues)
        self._ring.hand_over(self._feeder, self._meters, block)
        self._handed += self._filled
        self._samples += self._filled
        self._continues, self._filled = True, 0
