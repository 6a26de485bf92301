"""Recipes of odd media: one film whose codec, times, sound and container are all stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import av
import numpy as np

TICK = Fraction(1, 90_000)


@dataclass(frozen=True)
class Picture:
    """A picture that brightens by two codes a frame from 30, so that each frame can be told by its mean.

    Attributes:
        codec: FFmpeg's name of the encoder.
        times: presentation time of each frame in seconds.
        size: width and height in pixels; `sizes` overrides it frame by frame.
        pixel_format: as encoded.
        options: of the encoder.
        set_up: further fields of the codec context.
        rate: frames a second that the header states.
    """

    codec: str = "libx264"
    times: Sequence[Fraction] = tuple(Fraction(n, 25) for n in range(50))
    size: tuple[int, int] = (160, 90)
    pixel_format: str = "yuv420p"
    options: Mapping[str, str] = field(default_factory=lambda: {"preset": "ultrafast"})
    set_up: Mapping[str, Any] = field(default_factory=dict)
    rotation: int = 0
    interlaced: bool = False
    rate: Fraction = Fraction(25)


@dataclass(frozen=True)
class Sound:
    """A quiet tone of 440 Hz.

    Attributes:
        codec: FFmpeg's name of the encoder.
        seconds: its length; `start` its presentation time.
        rate, layout: of the samples.
        jumps: (at, by): from `at` seconds on, times are later by `by`.
    """

    codec: str = "aac"
    seconds: Fraction = Fraction(2)
    start: Fraction = Fraction(0)
    rate: int = 48_000
    layout: str = "mono"
    jumps: tuple[tuple[Fraction, Fraction], ...] = ()


def make_odd(
    container: str,
    *streams: Picture | Sound,
    options: Mapping[str, str] | None = None,
    cover: bool = False,
) -> bytes:
    """A medium of these streams in their order.

    Args:
        container: FFmpeg's name of the format.
        options: of the muxer.
        cover: a still picture on the sleeve, as music files have.
    """
    with NamedTemporaryFile() as kept:  # on disk, since a header is only moved to the front of a file with a name
        _write(kept.name, container, streams, dict(options or {}), cover)
        return Path(kept.name).read_bytes()


def _write(path: str, container: str, streams: Sequence[Picture | Sound], options: dict[str, str], cover: bool) -> None:
    with av.open(path, "w", format=container, options=options) as film:
        made = [(stream, _add(film, stream)) for stream in streams]
        sleeve = _add_cover(film) if cover else None
        packets = [packet for stream, added in made for packet in _encoded(stream, added)]
        if sleeve is not None:
            film.start_encoding()
            film.mux(_cover_packet(sleeve))
        for packet in sorted(packets, key=lambda packet: packet.dts * packet.time_base):
            film.mux(packet)


def _add(film: Any, stream: Picture | Sound) -> Any:
    if isinstance(stream, Sound):
        return film.add_stream(stream.codec, rate=stream.rate, layout=stream.layout, bit_rate=64_000)
    added = film.add_stream(stream.codec, rate=stream.rate, options=dict(stream.options))
    added.width, added.height = stream.size
    added.pix_fmt = stream.pixel_format
    for name, value in stream.set_up.items():
        setattr(added.codec_context, name, value)
    if stream.rotation:
        added.set_display_rotation(stream.rotation)
    added.codec_context.time_base = TICK if stream.codec not in FIXED_BASE else 1 / stream.rate
    return added


FIXED_BASE = ("mpeg2video", "wmv2", "flv", "mpeg4")
"""Encoders that count in frames."""


def _encoded(stream: Picture | Sound, added: Any) -> list[Any]:
    if isinstance(stream, Sound):
        return _spoken(stream, added)
    packets = []
    for number, time in enumerate(stream.times):
        packets += added.encode(_frame(stream, added, number, time))
    return packets + added.encode(None)


def _frame(stream: Picture, added: Any, number: int, time: Fraction) -> Any:
    width, height = stream.size
    grey = np.full((height, width), min(250, 30 + 2 * number), np.uint8)
    frame = av.VideoFrame.from_ndarray(grey, format="gray").reformat(format=stream.pixel_format)
    base = added.codec_context.time_base
    frame.pts, frame.time_base = round(time / base), base
    return frame


def _spoken(stream: Sound, added: Any) -> list[Any]:
    rate, packets = stream.rate, []
    wave = 0.1 * np.sin(np.arange(int(stream.seconds * rate)) * 2 * np.pi * 440 / rate)
    context = added.codec_context
    size = context.frame_size or 1024
    channels = len(av.AudioLayout(stream.layout).channels)
    resampler = av.AudioResampler(format=context.format, layout=stream.layout, rate=rate)
    for first in range(0, len(wave), size):
        block = np.tile(wave[first : first + size].astype(np.float32), (channels, 1))
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=stream.layout)
        frame.sample_rate = rate
        late = sum((by for at, by in stream.jumps if Fraction(first, rate) >= at), Fraction(0))
        frame.pts, frame.time_base = first + round((stream.start + late) * rate), Fraction(1, rate)
        for ready in resampler.resample(frame):
            packets += added.encode(ready)
    return packets + added.encode(None)


def _add_cover(film: Any) -> Any:
    sleeve = film.add_stream("png")
    sleeve.width, sleeve.height, sleeve.pix_fmt = 32, 32, "rgb24"
    sleeve.disposition = av.stream.Disposition.attached_pic
    return sleeve


def _cover_packet(sleeve: Any) -> Any:
    frame = av.VideoFrame.from_ndarray(np.full((32, 32, 3), 99, np.uint8), format="rgb24")
    return (sleeve.encode(frame) + sleeve.encode(None))[0]
