"""Readings kept beside a measurement: made once for a medium and a library, never taken from another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from drawn_films import measured
from kebao.media import readings as module
from kebao.media.measurement import Measurement
from kebao.media.readings import Readings
from kebao.media.store import Store
from kebao.subjects.watching import Watching

DIGEST = "ab" * 32


def never() -> NDArray[Any]:
    pytest.fail("made again")


def ones() -> NDArray[Any]:
    return np.ones(3)


def test_a_reading_is_made_once_and_the_next_run_finds_it_kept(tmp_path: Path) -> None:
    first = Readings(Store(tmp_path), DIGEST)
    assert first.of("one", ones).tolist() == [1, 1, 1]
    assert first.of("one", never).tolist() == [1, 1, 1]
    first.keep()
    second = Readings(Store(tmp_path), DIGEST)
    assert second.of("one", never).tolist() == [1, 1, 1]
    second.of("two", lambda: np.zeros(0))
    second.keep()
    third = Readings(Store(tmp_path), DIGEST)
    assert [third.of(name, never).tolist() for name in ("one", "two")] == [[1, 1, 1], []]


@pytest.mark.parametrize("again", [lambda path: Readings(Store(path), "cd" * 32), lambda _: Readings()])
def test_another_medium_and_no_store_have_none(tmp_path: Path, again: Callable[[Path], Readings]) -> None:
    first = Readings(Store(tmp_path), DIGEST)
    first.of("one", ones)
    first.keep()
    assert again(tmp_path).of("one", lambda: np.zeros(1)).tolist() == [0]


def test_another_library_reads_anew_and_replaces_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Readings(Store(tmp_path), DIGEST)
    first.of("one", ones)
    first.keep()
    monkeypatch.setattr(module, "library_digest", lambda: "changed")
    second = Readings(Store(tmp_path), DIGEST)
    assert second.of("one", lambda: np.zeros(1)).tolist() == [0]
    second.keep()
    assert Readings(Store(tmp_path), DIGEST).of("one", never).tolist() == [0]


@pytest.mark.parametrize("name", ["foreign frame", "flashing", "red flashing", "cut", "shake"])
def test_what_is_kept_reads_as_what_was_read(tmp_path: Path, name: str) -> None:
    made = measured(name)

    def watch() -> Watching:
        return Watching(Measurement(made.passed, made.ticks, made.meters, Readings(Store(tmp_path), DIGEST)))

    def told(film: Watching) -> list[object]:
        return [
            film.odd, film.cuts, film.jumps, film.returns, film.flashes, film.red_flashes, film.cast, film.shake.tobytes(),
        ]  # fmt: skip

    first = watch()
    expected = told(first)
    first._measured.readings.keep()
    assert told(watch()) == expected
