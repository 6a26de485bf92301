"""A video in an example, as one pass over it found it: sound unless the example says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from kebao.media.measurement import Measurement, Pass, PicturePass, SoundPass
from kebao.media.meter import Arrays
from kebao.media.mouths import Mouth
from kebao.subjects.course import Timed
from kebao.subjects.facts import Fault
from kebao.subjects.sketch import SketchedFile, course

SECONDS = 600


def passed_clip(
    *,
    picture: dict[str, Any] | None = None,
    sound: dict[str, Any] | None = None,
    undecodable: Fault | None = None,
    meters: Mapping[str, Arrays] | None = None,
    mouths: tuple[Mouth, ...] | None = None,
    **changes: Any,
) -> Timed:
    """The second video of a course, ten minutes of 25 pictures a second.

    Args:
        picture, sound: fields of its passes to change.
        undecodable: why nothing could be decoded.
        meters: what the meters kept.
        mouths: what the extra `face` reads.
        changes: fields of the pass as a whole to change (`ended`, `declared`, `jumps`; `picture=None` is not one).
    """
    end = Fraction(SECONDS)
    seen = PicturePass(**{
        "frames": 25 * SECONDS, "base": Fraction(1, 25), "start": Fraction(0), "end": end, "width": 1280, "height": 720,
        **(picture or {}),
    })  # fmt: skip
    heard = SoundPass(**{
        "samples": 48_000 * SECONDS, "start": Fraction(0), "end": end, "rate": 48_000, "channels": 2, **(sound or {}),
    })  # fmt: skip
    passed = Pass(**{"picture": seen, "sound": heard, "declared": end, **changes})

    def measured() -> Measurement | Fault:
        return undecodable or Measurement(passed, np.arange(seen.frames, dtype=np.int64), meters or {})

    made = course(files={"视频/试水温.mp4": SketchedFile(seconds=SECONDS, measured=measured, mouths=mouths)}).resources[
        1
    ]
    assert isinstance(made, Timed)  # noqa: S101  the sketch says so
    return made


def clapping_clip(*, early: float = 0.0, claps: int = 5) -> Timed:
    """The video with claps that are seen and heard, far apart at times of no rule.

    Args:
        early: seconds by which the sound comes before its picture.
        claps: how many; none leaves no evidence.
    """
    frames, hops = 25 * SECONDS, 50 * SECONDS
    change, codes = np.full((frames, 24), 0.3, np.float16), np.full(4 * hops, 250, np.uint8)
    for number in range(claps):
        frame = 500 + number * number * 270
        change[frame - 2 : frame + 3] = 30
        first = round((frame / 25 - 0.02 - early) * 200)
        codes[first : first + 20] = np.arange(40, 240, 10)
    stretches = np.array([[0, 0, 1]], np.int64)
    return passed_clip(
        meters={"peaks": {"high": codes, "low": codes}, "change": {"one": change}, "loudness": {"stretches": stretches}}
    )


def talking_clip(*, early: float = 0.0, seen: float = 1.0) -> Timed:
    """The video without claps, of somebody who talks and whose mouth is read in twelve stretches.

    Args:
        early: seconds by which the sound comes before the mouth.
        seen: part of the mouth's opening that follows the voice; the rest is chance.
    """
    rng, hops = np.random.default_rng(14), 50 * SECONDS
    voice = np.convolve(rng.normal(size=hops), np.hanning(11), "same")
    voice /= voice.std()
    mouths = []
    for first in range(20, SECONDS - 20, 48):
        times = first + np.arange(125) / 25
        follows = np.interp(times - early, (np.arange(hops) + 0.5) / 50, voice)
        opening = seen * follows + (1 - seen) * rng.normal(size=len(times))
        mouths.append(Mouth(times, (0.06 + 0.02 * opening).astype(np.float32)))
    silent = {"high": np.full(4 * hops, 250, np.uint8), "low": np.full(4 * hops, 250, np.uint8)}
    loudness: Arrays = {"loudness": (-26 + 6 * voice).astype(np.float16), "stretches": np.array([[0, 0, 1]], np.int64)}
    still = {"one": np.full((25 * SECONDS, 24), 0.3, np.float16)}
    spoken = {"spoken": np.full(hops, 250, np.uint8)}
    return passed_clip(
        meters={"peaks": silent, "change": still, "loudness": loudness, "spoken": spoken}, mouths=tuple(mouths)
    )
