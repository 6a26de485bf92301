"""The sample for a trial (试检): the conforming course with four mistakes in it: three must be mended, and one of those only listening finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kebao.demo import course
from kebao.demo.course import film_path
from kebao.demo.planted import PLANTED, Draft, Found, Planted
from kebao.media.writing import SAMPLE_RATE, with_sound
from kebao.model.text import Text

HUMMING = "L4"
HUM_SECONDS = (60, 92)
"""From where to where the sound of the practice lesson hums."""
BELOW_VOICE_DB = 26
_HARMONICS = ((1, 1.0), (2, 0.6), (3, 0.8), (5, 0.4))
"""Multiples of 50 Hz with their shares, as a cable beside a charger picks them up."""

_OF_THE_LIST = ("captions-missing", "answer-outside-options", "authorisation-missing")


def _hum(draft: Draft) -> None:
    """The film again, its picture as it was, its sound with hum beneath; in a new file, for films may be links."""
    path = draft.root / film_path(HUMMING)
    part = path.with_name(f".{path.name}")
    with_sound(path, part, _hummed)
    part.replace(path)


def _hummed(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    loud = sound[np.abs(sound) > 0.01]
    level = float(np.sqrt(np.mean(np.square(loud)))) * 10 ** (-BELOW_VOICE_DB / 20)
    begin, end = (second * SAMPLE_RATE for second in HUM_SECONDS)
    time = np.arange(begin, end) / SAMPLE_RATE
    tone = sum(share * np.sin(2 * np.pi * 50 * multiple * time) for multiple, share in _HARMONICS)
    tone *= level / np.sqrt(np.mean(np.square(tone)))
    humming = sound.copy()
    humming[begin:end] += tone.astype(np.float32)
    return humming


HUM = Planted(
    Text(zh="一节实操课有电流声", en="A practice lesson hums"),
    _hum,
    (("mains-hum", "failed", HUMMING, ""),),
)


def planted() -> Iterator[Planted]:
    """The four mistakes; the findings of the last come only with measuring."""
    yield from (fault for fault in PLANTED if fault.finds[0][0] in _OF_THE_LIST)
    yield HUM


def expected_in_trial() -> list[Found]:
    """Every finding that they must bring, sorted."""
    return sorted(one for fault in planted() for one in fault.finds)


def plant_trial(root: Path) -> None:
    """Turn a copy of the conforming package into the sample; the tool's own files, which tell of no mistake, are taken away."""
    for name in ("培训包.yaml", "SHA256SUMS", "快递封面.docx"):
        (root / name).unlink(missing_ok=True)
    draft = Draft(root, course.manifest(), course.papers())
    for fault in planted():
        fault.plant(draft)
    course.write_faces(draft.root, draft.manifest, draft.papers)
