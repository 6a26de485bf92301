"""Recipes of synthetic films that change, for prints: soft random pictures every two seconds and notes by chance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

FPS, RATE = 10, 48_000
_SCENE_SECONDS = 2


@dataclass(frozen=True)
class Shooting:
    """What a film shows and how it is encoded: `content` is what counts as the same film."""

    content: int
    seconds: int = 16
    start: float = 0.0
    size: tuple[int, int] = (320, 180)
    picture_rate: int = 600_000
    sound_rate: int = 96_000
    sound: bool = True


def film(path: Path, shot: Shooting) -> Path:
    """Encode `seconds` of the content from `start` on as MP4."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", format="mp4") as out:
        video = out.add_stream("libx264", rate=FPS, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt, video.bit_rate = *shot.size, "yuv420p", shot.picture_rate
        audio = out.add_stream("aac", rate=RATE, layout="mono") if shot.sound else None
        for number in range(shot.seconds * FPS):
            scene = int((number / FPS + shot.start) // _SCENE_SECONDS)
            frame = av.VideoFrame.from_ndarray(_picture(shot.content, scene), format="gray")
            frame = frame.reformat(width=shot.size[0], height=shot.size[1], format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        if audio is not None:
            audio.bit_rate = shot.sound_rate
            notes = tune(shot.content, shot.start, shot.seconds)
            for start in range(0, len(notes) - 1023, 1024):
                block = av.AudioFrame.from_ndarray(
                    notes[None, start : start + 1024].copy(), format="fltp", layout="mono"
                )
                block.sample_rate, block.pts = RATE, start
                out.mux(audio.encode(block))
            out.mux(audio.encode(None))
    return path


def _picture(content: int, scene: int) -> NDArray[np.uint8]:
    """(180, 320): bright and dark patches."""
    patches = np.random.default_rng((content, scene)).integers(0, 256, (9, 16), np.uint8)
    return np.repeat(np.repeat(patches, 20, axis=0), 20, axis=1)


def tune(content: int, start: float, seconds: int) -> NDArray[np.float32]:
    """Four notes at a time, changed four times a second."""
    first, end = round(start * RATE), round((start + seconds) * RATE)
    beat = RATE // 4
    sound = np.empty(end - first, np.float32)
    for turn in range(first // beat, -(-end // beat)):
        begin, stop = max(first, turn * beat), min(end, (turn + 1) * beat)
        clock = np.arange(begin, stop) / RATE
        notes = np.random.default_rng((content, 7, turn)).integers(0, 48, (4, 1))
        sound[begin - first : stop - first] = 0.12 * np.sin(2 * np.pi * 110 * 2 ** (notes / 12) * clock).sum(axis=0)
    return sound
