"""The prints of one medium: its picture as a run of scenes, its sound as a run of codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kebao.media.fingerprint.pdq import BYTES, CROPS, GOOD_QUALITY
from kebao.media.fingerprint.sound import STEP, Codes

TICK = 0.5
"""Seconds between the pictures that are hashed."""
HASHES = len(CROPS) ** 2
"""Hashes of a scene: the whole picture and its crops."""


@dataclass(frozen=True)
class Scenes:
    """The picture: a scene lasts until the next begins, and its hash stands for all of it.

    Attributes:
        ticks: int32 (n,), rising: where each begins, in half seconds.
        hashes: uint8 (n, 16, 32): PDQ of the whole picture and of its crops (`pdq_cropped`).
        quality: uint8 (n,): PDQ's quality from 0 to 100.
        end: tick at which the last scene ends.
    """

    ticks: NDArray[np.int32]
    hashes: NDArray[np.uint8]
    quality: NDArray[np.uint8]
    end: int

    @property
    def telling(self) -> NDArray[np.intp]:
        """Indices of the scenes whose picture has enough structure to be known again."""
        return np.flatnonzero(self.quality >= GOOD_QUALITY)

    @property
    def by_tick(self) -> NDArray[np.intp]:
        """(end - first tick,): the scene shown at each tick from the first on."""
        return np.repeat(np.arange(len(self.ticks)), np.diff(self.ticks, append=self.end))


@dataclass(frozen=True)
class Print:
    """A medium's prints.

    Attributes:
        seconds: its length.
        scenes: None where there is no picture, or none of a second's length.
        codes: uint32 (n,), Chromaprint's; none where there is no sound.
        steps: int32 (n,), rising: where each code begins, in Chromaprint's steps of 0.1238 s.
    """

    seconds: float
    scenes: Scenes | None
    codes: Codes
    steps: NDArray[np.int32]


PICTURE, SOUND = "print_picture", "print_sound"
"""Names of the meters that make prints."""


def print_of(seconds: float, meters: Mapping[str, Mapping[str, NDArray[Any]]]) -> Print | None:
    """The print from a measurement's arrays; None where neither meter has looked at the medium."""
    if PICTURE not in meters and SOUND not in meters:
        return None
    picture, sound = meters.get(PICTURE, {}), meters.get(SOUND, {})
    scenes = None
    if len(picture.get("ticks", ())):
        hashes = picture["hashes"].reshape(-1, HASHES, BYTES)
        scenes = Scenes(picture["ticks"], hashes, picture["quality"], int(picture["end"][0]))
    nothing: NDArray[Any] = np.zeros(0, np.uint32)
    codes, steps = sound.get("codes", nothing), sound.get("steps", nothing.astype(np.int32))
    return Print(seconds, scenes, codes, steps)


def step_of(seconds: float) -> int:
    """The step at which a time falls."""
    return round(seconds / STEP)
