"""The picture of the renditions: decoded once, deinterlaced where it must be, turned upright, scaled to each size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame

from kebao.media.opened import FAULTS
from kebao.media.renditions.faults import Strange
from kebao.media.renditions.recipes import FALLBACK_FPS, MOST_FPS, MOST_PIXELS, Size, wanted
from kebao.media.renditions.sound import GAP_SECONDS

TICKS = 90_000
"""Units a second in which pictures are timed: whole for every usual rate."""
_RGB, _BT709, _UNSTATED, _BT601 = 0, 1, 2, 6
"""Code points of H.273; of RGB and BT.601 as a matrix."""
_TURNS = {90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock"}
"""By degrees clockwise."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made of a film's picture, seen from its first frame.

    `colours` are code points of primaries, transfer and matrix (ITU-T H.273) that the renditions state.
    """

    sizes: tuple[tuple[Size, int, int], ...]
    fps: Fraction
    colours: tuple[int, int, int]


def plan_of(stream: av.VideoStream, frame: VideoFrame) -> Plan:
    """Sizes and the rate that encoders are told; pictures keep their own times."""
    width, height, aspect = frame.width, frame.height, _aspect(stream)
    if (-frame.rotation) % 180:
        width, height, aspect = height, width, 1 / aspect
    rate = Fraction(stream.average_rate or stream.guessed_rate or FALLBACK_FPS)
    fps = min(rate, MOST_FPS) if rate > 0 else FALLBACK_FPS
    return Plan(wanted(width, height, aspect), fps, _colours(frame))


def prepare(stream: av.VideoStream, threads: int) -> None:
    """Threads of the decoder, and the largest picture that it takes; before the first packet."""
    stream.codec_context.thread_type, stream.codec_context.thread_count = "AUTO", threads
    stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}


def _colours(frame: VideoFrame) -> tuple[int, int, int]:
    """What the picture states; where it does not, what players take for one of its size, which a smaller one would not be."""
    known = (int(frame.color_primaries), int(frame.color_trc), int(frame.colorspace))
    large = frame.height >= 720 or frame.width >= 1280
    usual = (_BT709,) * 3 if large and known[2] != _RGB else (_BT601,) * 3
    return tuple(usual[n] if one in (_RGB, _UNSTATED) else one for n, one in enumerate(known))  # type: ignore[return-value]  # three


class PictureTrack:
    """Takes decoded frames, and hands on one for each size, timed in `TICKS` from time zero on, strictly forward.

    Args:
        stream: the picture.
        zero: the medium's time zero in seconds on the stream's own clock.
        plan: of `plan_of`.
        hand_on: one a size, in the plan's order.
    """

    def __init__(
        self,
        stream: av.VideoStream,
        zero: Fraction,
        plan: Plan,
        hand_on: Sequence[Callable[[VideoFrame], Any]],
    ) -> None:
        self._stream, self._plan, self._hand_on = stream, plan, hand_on
        self._base = stream.time_base or Fraction(1, TICKS)
        self._zero = round(zero / self._base)
        self._least = int(TICKS / MOST_FPS) - 1
        self._graph: Graph | None = None
        self._source: FilterContext | None = None
        self._sinks: list[FilterContext] = []
        self._form: tuple[Any, ...] = ()
        self._last = -1
        self._length = max(1, round(TICKS / plan.fps))
        self.errors = self.pictures = 0

    @property
    def seconds(self) -> Fraction:
        """When the last picture ends."""
        return Fraction(self._last + self._length, TICKS) if self.pictures else Fraction(0)

    def take_packet(self, packet: av.Packet[Any]) -> None:
        """Decode a packet; a damaged one is counted and passed over."""
        try:
            frames: Sequence[VideoFrame] = packet.decode()
        except FAULTS:
            self.errors += 1
            return
        for frame in frames:
            self.take(frame)

    def take(self, frame: VideoFrame) -> None:
        """The next decoded frame."""
        self.errors += frame.is_corrupt
        at = self._tick(frame)
        if at is None:
            return
        if (at - self._last) / TICKS > GAP_SECONDS:
            raise Strange.clock()
        self._length = self._long(frame)
        self._last = at
        self.pictures += 1
        # A stream may change its size on the way, or turn out to be interlaced only now.
        is_woven = bool(frame.interlaced_frame) or (bool(self._form) and self._form[-1])
        form = (frame.width, frame.height, frame.format.name, frame.rotation, is_woven)
        if form != self._form:
            self._drain()
            self._form = form
            self._make(frame)
        frame.pts, frame.time_base = at, Fraction(1, TICKS)
        assert self._source is not None  # noqa: S101 - made just above
        self._source.push(frame)
        self._pull()

    def finish(self) -> None:
        """Hand on what is left."""
        self._drain()

    def _tick(self, frame: VideoFrame) -> int | None:
        """Its time; None for one that comes too soon after the one before. The first picture stands from zero on."""
        stamp = frame.pts if frame.pts is not None else frame.dts
        if stamp is None:
            return self._last + self._length if self.pictures else 0
        at = round((int(stamp) - self._zero) * self._base * TICKS)
        if not self.pictures:
            return max(0, at) if at > TICKS else 0
        return at if at - self._last >= self._least else None

    def _long(self, frame: VideoFrame) -> int:
        stated = round(frame.duration * self._base * TICKS) if frame.duration else 0
        return stated if 0 < stated <= TICKS else max(1, round(TICKS / self._plan.fps))

    def _make(self, frame: VideoFrame) -> None:
        """The chain from frames of this form to every size."""
        rotation, is_woven = self._form[-2:]
        graph = Graph()
        graph.threads = 0
        source = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, TICKS)
        )
        last = source
        if is_woven:
            last = _linked(graph, last, "bwdif", "mode=send_frame:deint=interlaced")
        if split := len(self._plan.sizes) > 1:
            last = _linked(graph, last, "split", str(len(self._plan.sizes)))
        turn = _TURNS.get(-rotation % 360, "")
        self._sinks = []
        for pad, (_size, across, down) in enumerate(self._plan.sizes):
            if (-rotation) % 180:
                across, down = down, across
            # As it is wanted already, a picture is not copied by a scaler that has nothing to do.
            plain = (frame.width, frame.height, frame.format.name) == (across, down, "yuv420p")
            scaler = "null" if plain else f"scale={across}:{down}:flags=bicubic:out_range=tv"
            parts = [scaler, *(turn.split(",") if turn else ()), "format=yuv420p", "setsar=1"]
            end = last
            for number, part in enumerate(parts):
                name, _, options = part.partition("=")
                made = graph.add(name, options or None)
                end.link_to(made, pad if split and not number else 0)
                end = made
            self._sinks.append(_linked(graph, end, "buffersink", ""))
        graph.configure()
        self._graph, self._source = graph, source

    def _pull(self) -> None:
        for sink, hand_on in zip(self._sinks, self._hand_on, strict=True):
            while True:
                try:
                    made = sink.pull()
                except (BlockingIOError, EOFError):
                    break
                assert isinstance(made, VideoFrame)  # noqa: S101 - of a chain of pictures
                made.pict_type = 0  # the encoder decides what kind of picture it becomes
                hand_on(made)

    def _drain(self) -> None:
        if self._source is not None:
            self._source.push(None)
            self._pull()
            self._graph = self._source = None
            self._sinks = []


def _linked(graph: Graph, last: FilterContext, name: str, options: str) -> FilterContext:
    made = graph.add(name, options or None)
    last.link_to(made)
    return made


def _aspect(stream: av.VideoStream) -> Fraction:
    stated = stream.sample_aspect_ratio
    return Fraction(stated) if stated and stated > 0 else Fraction(1)
