"""Read shared material into arrays: sound at 48 kHz, pictures at the benchmark's width."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
WIDTH = 480
"""Pixels: wider clips are scaled down to this (area averaging), narrower ones are kept."""


@lru_cache(maxsize=64)
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


@lru_cache(maxsize=3)
def pictures(path: Path, most: int = 360) -> NDArray[np.uint8]:
    """The first `most` pictures, RGB, shape (n, height, width, 3), even sizes."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type, stream.codec_context.thread_count = "AUTO", 1
        width = min(WIDTH, stream.width) // 2 * 2
        height = round(stream.height * width / stream.width / 2) * 2
        kept = []
        for frame in container.decode(stream):
            kept.append(frame.to_ndarray(format="rgb24", width=width, height=height, interpolation="AREA"))
            if len(kept) == most:
                break
    return np.stack(kept)
