"""A video in an example, as one pass over it found it: sound unless the example says otherwise."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from kebao.media.measurement import Measurement, Pass, PicturePass, SoundPass
from kebao.subjects.course import Timed
from kebao.subjects.facts import Fault
from kebao.subjects.sketch import SketchedFile, course

SECONDS = 600


def passed_clip(
    *,
    picture: dict[str, Any] | None = None,
    sound: dict[str, Any] | None = None,
    undecodable: Fault | None = None,
    **changes: Any,
) -> Timed:
    """The second video of a course, ten minutes of 25 pictures a second.

    Args:
        picture, sound: fields of its passes to change.
        undecodable: why nothing could be decoded.
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
        return undecodable or Measurement(passed, np.arange(seen.frames, dtype=np.int64))

    made = course(files={"视频/试水温.mp4": SketchedFile(seconds=SECONDS, measured=measured)}).resources[1]
    assert isinstance(made, Timed)  # noqa: S101  the sketch says so
    return made
