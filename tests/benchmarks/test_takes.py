"""A bed of speech is one recording: its takes stand at one level, nothing in it is digital silence, and a step is planted amid words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from defects import beds
from defects.beds import speech_bed
from defects.levels import speech_rms
from defects.material import Voice
from defects.reading import RATE
from defects.sound_jobs import audible
from defects.takes import APART_DB, digital_silence, levelled


def take(level_db: float, seconds: float, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(round(seconds * RATE)) * 10 ** (level_db / 20)


def joined(*levels: float) -> np.ndarray:
    """Takes of 1 s over 0.4 s of nothing."""
    gap = np.zeros(round(0.4 * RATE))
    return np.concatenate([part for n, level in enumerate(levels) for part in (take(level, 1, n), gap)])


def levels_of(samples: np.ndarray) -> list[float]:
    """Of stretches of 1 s, 1.4 s apart."""
    starts = range(0, len(samples) - RATE, round(1.4 * RATE))
    return [round(20 * np.log10(speech_rms(samples[start : start + RATE])), 1) for start in starts]


def test_digital_silence_is_found_to_ten_milliseconds() -> None:
    found = digital_silence(joined(-20.0, -20.0)) / RATE
    assert found == pytest.approx(np.array([[1.0, 1.4], [2.4, 2.8]]), abs=0.01)


def test_a_stop_of_a_word_parts_no_takes() -> None:
    samples = take(-20.0, 2, 1)
    samples[RATE : RATE + round(0.15 * RATE)] = 0
    assert digital_silence(samples).tolist() == []


def test_takes_are_brought_within_one_and_a_half_decibels_and_no_nearer() -> None:
    made = levelled([joined(-20.0, -34.0, -11.0), joined(-19.9)])
    assert levels_of(made) == pytest.approx([-20.0, -20.7, -19.2, -19.9], abs=0.15)
    assert max(levels_of(made)) - min(levels_of(made)) <= APART_DB + 0.1


def test_a_silent_take_stays_silent() -> None:
    made = levelled([np.zeros(RATE), joined(-20.0)])
    assert not made[:RATE].any()
    assert levels_of(made[RATE:]) == pytest.approx([-20.0], abs=0.1)


def test_a_bed_has_room_tone_everywhere_and_no_high_peak(monkeypatch: pytest.MonkeyPatch) -> None:
    recording = joined(*[-40.0] * 20).astype(np.float32)
    recording[14 * RATE + RATE // 2] = 0.99
    monkeypatch.setattr(beds, "sound", lambda _: recording)
    bed = speech_bed(Voice("one with a click", (Path("a"),)), 20.0, np.random.default_rng(3))
    tenths = 20 * np.log10(np.sqrt((bed.samples.reshape(-1, RATE // 10) ** 2).mean(axis=1)) / bed.speech_rms)
    assert digital_silence(bed.samples).tolist() == []
    assert -57 < tenths.min() < -43
    assert np.abs(bed.words).max() == pytest.approx(10 ** (-4 / 20), rel=1e-6)
    assert bed.loud_at_source


def test_a_step_is_planted_where_words_stand_on_both_sides() -> None:
    words = np.zeros(20 * RATE)
    for first, end in ((5.0, 8.5), (9.0, 9.6), (11.8, 13.0)):
        words[round(first * RATE) : round(end * RATE)] = take(-20.0, end - first, 2)[
            : round(end * RATE) - round(first * RATE)
        ]
    places = [audible(words, np.random.default_rng(seed)) for seed in range(40)]
    sides = [
        (words[round((at - 3) * RATE) : round(at * RATE)], words[round(at * RATE) : round((at + 3) * RATE)])
        for at in places
    ]
    assert min(float(np.count_nonzero(side)) / RATE for both in sides for side in both) >= 0.99
    assert max(places) - min(places) > 0.5


def test_without_words_enough_the_wordiest_place_is_taken() -> None:
    words = np.zeros(20 * RATE)
    words[9 * RATE : round(10.5 * RATE)] = take(-20.0, 1.5, 2)
    assert audible(words, np.random.default_rng(1)) == pytest.approx(9.75, abs=0.2)
