"""Read shared material into arrays: sound at 48 kHz, pictures at the benchmark's width."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from defects.material import CACHE

RATE = 48_000
WIDTH = 480
"""Pixels: wider clips are scaled down to this (area averaging), narrower ones are kept."""


@lru_cache(maxsize=32)
def sound(path: Path) -> NDArray[np.float32]:
    """All samples of the first track, mono, 48 kHz, shape (n,)."""
    mono = av.AudioResampler("flt", "mono", RATE)
    with av.open(str(path)) as container:
        blocks = [part.to_ndarray()[0] for frame in container.decode(audio=0) for part in mono.resample(frame)]
    return np.concatenate([*blocks, *(part.to_ndarray()[0] for part in mono.resample(None))])


@lru_cache(maxsize=64)
def frame_rate(path: Path) -> Fraction:
    """Frames a second as the container averages them, to a thousandth."""
    with av.open(str(path)) as container:
        return Fraction(container.streams.video[0].average_rate).limit_denominator(1001)


@lru_cache(maxsize=64)
def length(path: Path) -> float:
    """Seconds of picture: pictures counted, nothing decoded."""
    with av.open(str(path)) as container:
        count = sum(1 for packet in container.demux(video=0) if packet.size)
    return count / float(frame_rate(path))


@lru_cache(maxsize=64)
def pictures(path: Path, most: int = 360, first: int = 0) -> NDArray[np.uint8]:
    """At most `most` pictures from index `first` on, RGB, shape (n, height, width, 3), even sizes; none past the end.

    They are kept decoded on disk and mapped, so that memory holds only what is used.
    """
    stat = path.stat()
    kept = CACHE / "pictures" / f"{path.stem}-{stat.st_size}-{WIDTH}-{most}-{first}.npy"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        with part.open("wb") as file:
            np.save(file, _decoded(path, most, first))
        part.replace(kept)
    return np.load(kept, mmap_mode="r")


def _decoded(path: Path, most: int, first: int) -> NDArray[np.uint8]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type, stream.codec_context.thread_count = "AUTO", 1
        width = min(WIDTH, stream.width) // 2 * 2
        height = round(stream.height * width / stream.width / 2) * 2
        kept = []
        for index, frame in enumerate(container.decode(stream)):
            if index < first:
                continue
            kept.append(frame.to_ndarray(format="rgb24", width=width, height=height, interpolation="AREA"))
            if len(kept) == most:
                break
    return np.stack(kept) if kept else np.zeros((0, height, width, 3), np.uint8)
