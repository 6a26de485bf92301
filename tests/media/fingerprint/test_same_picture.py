"""Shifts are counted scene by scene; counting them tick by tick gives the same."""

from __future__ import annotations

import numpy as np
import pytest

from kebao.media.fingerprint import same_picture
from kebao.media.fingerprint.prints import HASHES, Scenes


def scenes(rng: np.random.Generator) -> Scenes:
    """A few scenes of one to five ticks."""
    count = int(rng.integers(3, 12))
    ticks = np.cumsum(rng.integers(1, 6, count)).astype(np.int32)
    nothing = np.zeros((count, HASHES, 32), np.uint8)
    return Scenes(ticks, nothing, np.full(count, 90, np.uint8), int(ticks[-1] + rng.integers(1, 6)))


@pytest.mark.parametrize("seed", range(8))
def test_shifts_counted_by_scenes_are_those_counted_by_ticks(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_picture, "_SHIFTS", 1000)
    monkeypatch.setattr(same_picture, "_SHORTEST", 1)
    rng = np.random.default_rng(seed)
    mine, theirs = scenes(rng), scenes(rng)
    near = rng.random((len(mine.ticks), len(theirs.ticks))) < 0.4
    matched = near[mine.by_tick][:, theirs.by_tick]
    rows, columns = np.nonzero(matched)
    counts = np.bincount(columns - rows + len(matched), minlength=sum(matched.shape) + 1)
    by_ticks = [int(place) - len(matched) for place in np.argsort(-counts, kind="stable") if counts[place]]
    assert same_picture._best_shifts(near, mine, theirs) == by_ticks
