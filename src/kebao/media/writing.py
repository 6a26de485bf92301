"""Write a film from pictures and a spoken track: for the demonstration's synthetic lessons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

SAMPLE_RATE = 48_000
"""Hz; what the open-course specification asks for (moe/2013)."""


def write_film(
    path: Path,
    pictures: Iterable[Any],
    *,
    size: tuple[int, int],
    fps: int,
    sound: Path | None,
    title: str,
    preset: str = "ultrafast",
) -> None:
    """Encode H.264 and AAC into an MP4 whose header stands in front (`faststart`).

    Args:
        path: the film to write.
        pictures: RGB arrays of shape (height, width, 3), `uint8`, one a frame.
        size: width and height in pixels.
        fps: frames a second.
        sound: a sound file to put beneath, or None for a silent film.
        title: written into the file's metadata.
        preset: x264's; slides are small under any, a moving camera picture needs a slower one.
    """
    with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as film:
        film.metadata["title"] = title
        video = film.add_stream("libx264", rate=fps, options={"preset": preset, "crf": "24", "g": str(fps * 4)})
        video.width, video.height, video.pix_fmt = size[0], size[1], "yuv420p"
        audio = film.add_stream("aac", rate=SAMPLE_RATE, layout="mono", options={"b": "64k"}) if sound else None
        tracks = [_drawn(pictures, video, fps)]
        if audio is not None and sound is not None:
            tracks.append(_spoken(sound, audio))
        for packet in merge(*tracks, key=_time):
            film.mux(packet)


def write_sound(path: Path, sound: Path, *, title: str) -> None:
    """Encode a sound file as AAC in an .m4a."""
    with av.open(str(path), "w", format="ipod") as out:
        out.metadata["title"] = title
        audio = out.add_stream("aac", rate=SAMPLE_RATE, layout="mono", options={"b": "64k"})
        for packet in _spoken(sound, audio):
            out.mux(packet)


def with_sound(source: Path, target: Path, change: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> None:
    """Write a film again: its picture packet by packet as it is, its sound (one channel of `SAMPLE_RATE`) changed.

    Args:
        source: a film as `write_film` makes it.
        target: the film to write.
        change: is given all samples, −1 to 1, and gives as many.
    """
    with (
        av.open(str(source)) as old,
        av.open(str(target), "w", format="mp4", options={"movflags": "faststart"}) as film,
    ):
        film.metadata.update({"title": old.metadata["title"]})
        video = film.add_stream_from_template(old.streams.video[0])
        audio = film.add_stream("aac", rate=SAMPLE_RATE, layout="mono", options={"b": "64k"})
        pictures = [packet for packet in old.demux(video=0) if packet.dts is not None]
        old.seek(0)
        samples = np.concatenate([frame.to_ndarray()[0] for frame in old.decode(audio=0)])
        changed = AudioFrame.from_ndarray(change(samples)[np.newaxis, :], format="fltp", layout="mono")
        changed.sample_rate, changed.pts, changed.time_base = SAMPLE_RATE, 0, Fraction(1, SAMPLE_RATE)
        for packet in merge(pictures, [*audio.encode(changed), *audio.encode(None)], key=_time):
            if packet.stream is old.streams.video[0]:
                packet.stream = video
            film.mux(packet)


def _time(packet: Any) -> Fraction:
    """When a packet is due: sound and picture stand side by side in the file, so that nobody who reads it jumps to and fro."""
    return Fraction(packet.dts * packet.time_base)


def _drawn(pictures: Iterable[Any], video: Any, fps: int) -> Iterator[Any]:
    colours = VideoReformatter()
    for number, picture in enumerate(pictures):
        # One thread: several films are written at once, and handing slices around costs more than it saves.
        frame = colours.reformat(av.VideoFrame.from_ndarray(picture, format="rgb24"), format="yuv420p", threads=1)
        frame.pts, frame.time_base = number, Fraction(1, fps)
        yield from video.encode(frame)
    yield from video.encode(None)


def _spoken(sound: Path, audio: Any) -> Iterator[Any]:
    resampler = AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE)
    with av.open(str(sound)) as source:
        for decoded in source.decode(audio=0):
            for frame in resampler.resample(decoded):
                yield from audio.encode(frame)
        for frame in resampler.resample(None):
            yield from audio.encode(frame)
    yield from audio.encode(None)
