"""A short film whose sound is driven into the top from one moment to another: what a check finds at a time, and a page can play."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RATE, FPS, SECONDS = 48_000, 25, 8
LOUD = (3, 5)
"""Seconds between which the tone is eight times too loud."""


def make_clipped_clip(path: Path, *, clipped: bool = True, codec: str = "libx264", sound_codec: str = "aac") -> Path:
    """Eight seconds in the container of the file's name: a moving square, a tone; with `clipped` it hits the top between `LOUD`."""
    times = np.arange(RATE * SECONDS) / RATE
    wave = 0.3 * np.sin(2 * np.pi * 440 * times)
    if clipped:
        wave[LOUD[0] * RATE : LOUD[1] * RATE] *= 8
    wave = np.clip(wave, -1, 1).astype(np.float32)
    with av.open(str(path), "w") as film:
        picture = film.add_stream(
            codec, rate=FPS, options={"g": str(FPS), "preset": "ultrafast"} if codec == "libx264" else {}
        )
        picture.width, picture.height, picture.pix_fmt = 320, 180, "yuv420p"
        sound = film.add_stream(sound_codec, rate=RATE, layout="mono")
        for number in range(FPS * SECONDS):
            shown = np.full((180, 320), 90, np.uint8)
            left = number * 3 % 280
            shown[60:120, left : left + 40] = 220
            frame = av.VideoFrame.from_ndarray(shown, format="gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            film.mux(picture.encode(frame))
        film.mux(picture.encode(None))
        step = sound.codec_context.frame_size or 1024
        for start in range(0, len(wave) - step + 1, step):
            block = av.AudioFrame.from_ndarray(wave[None, start : start + step], format="fltp", layout="mono")
            block.sample_rate, block.pts = RATE, start
            film.mux(sound.encode(block))
        film.mux(sound.encode(None))
    return path
