"""Encode with H.264 and AAC as suppliers' editing programs do, at two bit rates, by PyAV's own x264 and AAC."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from defects.levels import Samples
from defects.reading import RATE


@dataclass(frozen=True)
class BitRate:
    """Bits a second: of a picture of 640×360, and of each channel of sound."""

    name: str
    picture: int
    sound: int


LOW, HIGH = BitRate("low", 400_000, 48_000), BitRate("high", 1_500_000, 96_000)
RATES = (LOW, HIGH)
_AAC_FRAME = 1024


def encode(
    path: Path,
    bits: BitRate,
    *,
    pictures: NDArray[np.uint8] | None = None,
    rate: Fraction = Fraction(25),
    samples: Samples | None = None,
) -> Path:
    """Write an MP4 with picture, sound or both; sound is float (n,) or (2, n) at 48 kHz."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.stem}.part.mp4")
    with av.open(str(part), "w", format="mp4") as container:
        seen = _picture_stream(container, pictures, rate, bits) if pictures is not None else None
        heard = _sound_stream(container, samples, bits) if samples is not None else None
        if seen is not None and pictures is not None:
            for picture in pictures:
                container.mux(seen.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            container.mux(seen.encode(None))
        if heard is not None and samples is not None:
            _mux_sound(container, heard, np.atleast_2d(samples).astype(np.float32))
    part.replace(path)
    return path


def _picture_stream(
    container: av.container.OutputContainer, pictures: NDArray[np.uint8], rate: Fraction, bits: BitRate
) -> av.VideoStream:
    stream = container.add_stream(
        "libx264", rate=rate, options={"preset": "superfast"}
    )  # as in editing programs' quick exports
    stream.height, stream.width, stream.pix_fmt = *pictures.shape[1:3], "yuv420p"
    stream.bit_rate = round(bits.picture * pictures.shape[1] * pictures.shape[2] / (640 * 360))
    stream.codec_context.thread_count = 1
    return stream


def _sound_stream(container: av.container.OutputContainer, samples: Samples, bits: BitRate) -> av.AudioStream:
    channels = np.atleast_2d(samples).shape[0]
    stream = container.add_stream(
        "aac", rate=RATE, layout="stereo" if channels == 2 else "mono", options={"aac_coder": "fast"}
    )
    stream.bit_rate = bits.sound * channels
    return stream


def _mux_sound(container: av.container.OutputContainer, stream: av.AudioStream, samples: NDArray[np.float32]) -> None:
    layout = "stereo" if len(samples) == 2 else "mono"
    for start in range(0, samples.shape[1], _AAC_FRAME):
        block = np.ascontiguousarray(samples[:, start : start + _AAC_FRAME])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
