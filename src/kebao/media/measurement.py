"""What one pass over a medium left: facts of the pass, exact times, and each meter's arrays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kebao.media.meter import Arrays
from kebao.media.readings import Readings

Ended = Literal["whole", "short", "broken"]
"""`whole`: played to its declared end; `short`: it ended a second or more before; `broken`: reading failed on the way."""


@dataclass(frozen=True, slots=True)
class PicturePass:
    """The picture as decoded.

    Attributes:
        frames: number of pictures.
        base: seconds a tick of `Measurement.ticks`.
        start, end: exact presentation times of the first picture and of the end of the last.
        width, height: as coded, in samples, before rotation; `rotation` in degrees clockwise to show it upright.
        pixel_aspect: width of a sample by its height.
        pixel_format: FFmpeg's name; `bits` a sample; `full_range` where black is 0.
        hdr: True for PQ or HLG transfer (BT.2100).
        interlaced: pictures flagged as two fields.
        corrupt: indices of pictures that the decoder flagged, at most 1000.
        errors: packets that could not be decoded.
    """

    frames: int
    base: Fraction
    start: Fraction
    end: Fraction
    width: int
    height: int
    rotation: int = 0
    pixel_aspect: Fraction = Fraction(1)
    pixel_format: str = "yuv420p"
    bits: int = 8
    full_range: bool = False
    hdr: bool = False
    interlaced: int = 0
    corrupt: tuple[int, ...] = ()
    errors: int = 0


@dataclass(frozen=True, slots=True)
class SoundPass:
    """The sound as decoded: the first track, or the one marked as default.

    Attributes:
        samples: number of samples a channel at 48 kHz.
        start, end: exact presentation times.
        rate: Hz as coded; `channels` as coded; `tracks` in the file.
        gaps: (time, seconds) where the stream's own times jump by more than 20 ms, at most 1000.
        errors: packets that could not be decoded.
    """

    samples: int
    start: Fraction
    end: Fraction
    rate: int
    channels: int
    tracks: int = 1
    gaps: tuple[tuple[Fraction, Fraction], ...] = ()
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Pass:
    """Facts of one pass.

    Attributes:
        declared: the length the header states; None where it states none.
        jumps: where the file's own clock restarted, on the clock that goes on, at most 1000.
    """

    picture: PicturePass | None = None
    sound: SoundPass | None = None
    ended: Ended = "whole"
    declared: Fraction | None = None
    jumps: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class Measurement:
    """All that is kept of a medium. Arrays by meter's name, then by array's name; meters that saw nothing are absent.

    `ticks` is int64 (frames,): each picture's presentation time in `passed.picture.base`. `readings` is what was read of all
    this before.
    """

    passed: Pass
    ticks: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    meters: Mapping[str, Arrays] = field(default_factory=dict)
    readings: Readings = field(default_factory=Readings, compare=False, repr=False)

    def has(self, names: Iterable[str]) -> bool:
        """Whether each of these meters saw something. No array is read for that."""
        return all(name in self.meters for name in names)

    def time(self, index: int) -> Fraction:
        """Exact presentation time of a picture; of the picture's end for an index one past the last."""
        picture = self.passed.picture
        if picture is None:
            raise IndexError("the medium has no picture")
        return picture.end if index >= picture.frames else int(self.ticks[index]) * picture.base


def pass_to_json(passed: Pass) -> str:
    """Text of a pass; fractions as `a/b`."""
    return json.dumps(asdict(passed), default=str, ensure_ascii=False, sort_keys=True)


def pass_from_json(text: str) -> Pass:
    """The pass of `pass_to_json`.

    Raises:
        ValueError, TypeError, KeyError: the text is not one.
    """
    read = json.loads(text)
    declared = read["declared"]
    return Pass(
        picture=_picture(read["picture"]) if read["picture"] else None,
        sound=_sound(read["sound"]) if read["sound"] else None,
        ended=read["ended"],
        declared=None if declared is None else Fraction(declared),
        jumps=tuple(Fraction(time) for time in read["jumps"]),
    )


def _picture(read: dict[str, Any]) -> PicturePass:
    exact = {name: Fraction(read[name]) for name in ("base", "start", "end", "pixel_aspect")}
    return PicturePass(**{**read, **exact, "corrupt": tuple(read["corrupt"])})


def _sound(read: dict[str, Any]) -> SoundPass:
    exact = {name: Fraction(read[name]) for name in ("start", "end")}
    gaps = tuple((Fraction(time), Fraction(length)) for time, length in read["gaps"])
    return SoundPass(**{**read, **exact, "gaps": gaps})
