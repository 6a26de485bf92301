"""Measurements with prints, for sketches: films made by chance, of which any part can be asked for."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from kebao.media.fingerprint.prints import HASHES, PICTURE, SOUND
from kebao.media.fingerprint.sound import SEEN, STEP
from kebao.media.measurement import Measurement, Pass, PicturePass, SoundPass

_SCENE_SECONDS = 5


def printed(
    content: int, *, start: int = 0, seconds: int = 60, sound: int | None = None, picture: bool = True
) -> Callable[[], Measurement]:
    """What would be measured of `seconds` of a film from `start` on (whole scenes of five seconds).

    Args:
        content: films of one number are the same film.
        start, seconds: the part.
        sound: the film whose sound it has; its own where None, none where negative.
        picture: whether it has its picture.
    """

    def measured() -> Measurement:
        scenes = np.arange(start // _SCENE_SECONDS, (start + seconds) // _SCENE_SECONDS)
        hashes = [
            np.random.default_rng((content, int(scene))).integers(0, 256, (HASHES, 32), np.uint8) for scene in scenes
        ]
        seen = {
            "ticks": ((scenes - scenes[0]) * 2 * _SCENE_SECONDS).astype(np.int32),
            "hashes": np.stack(hashes),
            "quality": np.full(len(scenes), 90, np.uint8),
            "end": np.array([seconds * 2], np.int32),
        }
        heard = content if sound is None else sound
        first, last = round(start / STEP), round((start + seconds - SEEN) / STEP)
        codes = np.random.default_rng((max(heard, 0), 1)).integers(0, 1 << 32, last, np.uint32)[first:]
        steps = np.arange(len(codes), dtype=np.int32)
        shown = PicturePass(seconds * 25, Fraction(1, 25), Fraction(0), Fraction(seconds), 1280, 720)
        played = SoundPass(seconds * 48_000, Fraction(0), Fraction(seconds), 48_000, 1)
        passed = Pass(shown if picture else None, played if heard >= 0 else None)
        meters = ({PICTURE: seen} if picture else {}) | (
            {SOUND: {"codes": codes, "steps": steps}} if heard >= 0 else {}
        )
        return Measurement(passed, np.arange(seconds * 25 if picture else 0, dtype=np.int64), meters)

    return measured
