"""The sound of a rendition: two channels at 48 kHz from time zero on, gaps filled with silence, at one gain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

from kebao.media.opened import FAULTS
from kebao.media.renditions.faults import Strange
from kebao.media.renditions.recipes import SAMPLE_RATE

GAP_SECONDS = 600
"""Silence that is filled in at most at one place: a longer one is a clock that runs wild, not a pause."""
_LIMITER = "aresample=192000,alimiter=limit={limit:.6f}:attack=5:release=50:level=0:latency=1,aresample={rate}"
"""At four times the rate, so that what lies between the samples is held, too."""


class SoundTrack:
    """Decodes one stream, and hands on frames of float32 in two channels, one after another without a gap.

    Args:
        stream: the sound.
        zero: the medium's time zero in seconds on the stream's own clock.
        hand_on: is given every frame.
        gain_db: by which it is lifted.
        limit_db: level in dB of full scale that nothing goes beyond; None for no limiter.
        samples: of a frame that is handed on; 0 for whatever comes.
    """

    def __init__(
        self,
        stream: av.AudioStream,
        zero: Fraction,
        hand_on: Callable[[AudioFrame], Any],
        *,
        gain_db: float = 0.0,
        limit_db: float | None = None,
        samples: int = 0,
    ) -> None:
        self._stream, self._hand_on, self._samples = stream, hand_on, samples
        self._base = stream.time_base or Fraction(1, SAMPLE_RATE)
        self._zero = round(zero / self._base)
        self._shaping = _shaping(gain_db, limit_db)
        self._graph: Graph | None = None
        self._form: tuple[str, str, int] | None = None
        self._due: int | None = None
        self._sent = 0
        self.errors = 0

    @property
    def seconds(self) -> Fraction:
        """How much was handed on."""
        return Fraction(self._sent, SAMPLE_RATE)

    def take_packet(self, packet: av.Packet[Any]) -> None:
        """Decode a packet; a damaged one is counted and passed over."""
        try:
            frames: Sequence[Any] = packet.decode()
        except FAULTS:
            self.errors += 1
            return
        for frame in frames:
            self.take(frame)

    def take(self, frame: AudioFrame) -> None:
        """The next decoded frame."""
        if not frame.samples or not frame.sample_rate or not frame.layout.nb_channels:
            return
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._form:
            self._drain()
            self._form = form
        length = round(Fraction(frame.samples, frame.sample_rate) / self._base)
        stamp = frame.pts if frame.pts is not None else frame.dts
        at = (self._due or 0) if stamp is None else int(stamp) - self._zero
        if self._due is not None and (at - self._due) * self._base > GAP_SECONDS:
            raise Strange.clock()
        self._due = at + length
        if self._due <= 0:
            return  # before the time zero of the film
        frame.pts, frame.time_base = at, self._base
        if self._graph is None:
            self._graph = self._made(frame)
        self._graph.push(frame)
        self._pull()

    def finish(self) -> None:
        """Hand on what is left."""
        self._drain()

    def _made(self, frame: AudioFrame) -> Graph:
        """The chain from frames of this form; what was handed on before counts as its beginning."""
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name, time_base=self._base
        )
        # `async` fills and cuts by whole samples where times and samples disagree, and never stretches.
        parts = [
            f"aresample={SAMPLE_RATE}:async=1:min_hard_comp=0.1:first_pts={self._sent}",
            f"aformat=sample_fmts=fltp:sample_rates={SAMPLE_RATE}:channel_layouts=stereo",
            *self._shaping,
        ]
        last = source
        for part in ",".join(parts).split(","):
            name, _, options = part.partition("=")
            made = graph.add(name, options)
            last.link_to(made)
            last = made
        last.link_to(graph.add("abuffersink"))
        graph.configure()
        if self._samples:
            graph.set_audio_frame_size(self._samples)
        return graph

    def _pull(self) -> None:
        assert self._graph is not None  # noqa: S101 - a frame was pushed into it
        while True:
            try:
                made = self._graph.pull()
            except (BlockingIOError, EOFError):
                return
            assert isinstance(made, AudioFrame)  # noqa: S101 - of a chain of sound
            # Times are counted here: rounding in a filter must not open gaps between frames.
            made.pts, made.time_base = self._sent, Fraction(1, SAMPLE_RATE)
            self._sent += made.samples
            self._hand_on(made)

    def _drain(self) -> None:
        if self._graph is not None:
            self._graph.push(None)
            self._pull()
            self._graph = None


def _shaping(gain_db: float, limit_db: float | None) -> list[str]:
    parts = [f"volume={gain_db:.2f}dB:precision=float"] if gain_db else []
    if limit_db is not None:
        parts.append(_LIMITER.format(limit=10 ** (limit_db / 20), rate=SAMPLE_RATE))
    return parts
