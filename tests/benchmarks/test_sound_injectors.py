"""What is planted has the size it is said to have, by another measurement than the one that made it."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from defects import sound
from defects.beds import room_tone
from defects.encoding import HIGH, encode
from defects.levels import loudness, sounding, speech_rms
from defects.planted import Planted
from defects.reading import RATE
from defects.reading import sound as decoded

SECONDS = 12


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def words(rng: np.random.Generator) -> np.ndarray:
    """Bursts of noise, 0.6 s in every second, as a stand-in for words."""
    times = np.arange(SECONDS * RATE) / RATE
    return rng.standard_normal(len(times)) * 0.05 * (times % 1 < 0.6)


def power_db(samples: np.ndarray) -> float:
    return 10 * float(np.log10((samples**2).mean()))


@pytest.mark.parametrize("drift", [0.0, 0.03])
@pytest.mark.parametrize("level", [-50.0, -20.0])
def test_hum_has_its_level_its_span_and_no_other_frequency(
    words: np.ndarray, rng: np.random.Generator, level: float, drift: float
) -> None:
    changed, planted = sound.hum(words, speech_rms(words), level, 2.0, 10.0, rng, drift)
    added = changed - words
    assert planted == Planted("hum", level, 2.0, 10.0)
    assert power_db(added[3 * RATE : 9 * RATE]) - 20 * np.log10(speech_rms(words)) == pytest.approx(level, abs=0.3)
    assert not added[: 2 * RATE].any()
    assert not added[10 * RATE :].any()
    part = added[4 * RATE : 8 * RATE]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
    near = np.zeros(len(spectrum), bool)
    for harmonic in range(1, 8):
        near[round(harmonic * 50 * 4) - 8 : round(harmonic * 50 * 4) + 9] = True
    assert spectrum[near].sum() / spectrum.sum() > 0.999


@pytest.mark.parametrize("drive", [1.0, 6.0])
def test_clipping_cuts_what_the_drive_lifts_over_full_scale(words: np.ndarray, drive: float) -> None:
    changed, planted = sound.clip(words, drive, 3.0, 9.0)
    part, source = changed[3 * RATE : 9 * RATE], words[3 * RATE : 9 * RATE]
    assert planted == Planted("clipping", drive, 3.0, 9.0)
    assert np.abs(part).max() == 1.0
    free = np.abs(part) < 0.5
    gain = np.median(part[free & (source != 0)] / source[free & (source != 0)])
    assert 20 * np.log10(gain * np.abs(source).max()) == pytest.approx(drive, abs=1e-6)
    assert np.abs(changed[: 3 * RATE]).max() <= 10 ** (-1 / 20)


@pytest.mark.parametrize(("size", "ramp"), [(6.0, 0.0), (-6.0, 0.0), (9.0, 4.0)])
def test_a_level_step_changes_the_loudness_by_its_size(words: np.ndarray, size: float, ramp: float) -> None:
    changed, planted = sound.step(words, size, 4.0, ramp)
    before, after = loudness(changed[: 4 * RATE]), loudness(changed[8 * RATE :])
    assert after - before == pytest.approx(size, abs=0.3)
    assert planted == Planted("level-ramp" if ramp else "level-step", size, 4.0, 4.0 + ramp)


def test_noise_stands_under_the_speech_by_the_ratio(words: np.ndarray, rng: np.random.Generator) -> None:
    changed, _ = sound.noise(words, speech_rms(words), 20.0, 1.0, 11.0, rng)
    added = power_db((changed - words)[2 * RATE : 10 * RATE])
    assert 20 * np.log10(speech_rms(words)) - added == pytest.approx(20, abs=0.1)


def test_a_dropout_is_silence_and_nothing_else(words: np.ndarray) -> None:
    noisy = words + 1e-3
    changed, planted = sound.dropout(noisy, 0.5, 5.0)
    assert np.flatnonzero(changed == 0).tolist() == list(range(5 * RATE, round(5.5 * RATE)))
    assert (changed[changed != 0] == noisy[changed != 0]).all()
    assert planted == Planted("dropout", 0.5, 5.0, 5.5)


def test_one_sided_and_inverted_stereo(words: np.ndarray) -> None:
    one, _ = sound.one_sided(words, 2.0, 4.0)
    turned, _ = sound.inverted(words, 2.0, 4.0)
    span = slice(2 * RATE, 4 * RATE)
    assert (one[0] == words).all()
    assert not one[1, span].any()
    assert (turned[:, span].sum(axis=0) == 0).all()
    assert (turned[0, : 2 * RATE] == turned[1, : 2 * RATE]).all()


@pytest.mark.parametrize("duck", [0.0, 10.0])
@pytest.mark.parametrize("ratio", [5.0, 15.0])
def test_the_true_ratio_of_speech_to_music(rng: np.random.Generator, ratio: float, duck: float) -> None:
    times = np.arange(20 * RATE) / RATE
    speaking = times % 5 > 2
    words, other = rng.standard_normal(len(times)) * 0.03 * speaking, room_tone(len(times), 0.1, rng)
    mixed = sound.balance(words, speaking, other, ratio, "music-balance", duck)
    rest = mixed.samples - words
    assert mixed.planted == Planted("music-balance", ratio, 0.0, 20.0, ratio)
    assert mixed.speech_lufs - mixed.under_lufs == pytest.approx(ratio, abs=1e-6)
    settled = speaking & (times % 5 > 4)
    assert loudness(words[settled]) - loudness(rest[settled]) == pytest.approx(ratio, abs=1.0 if duck else 0.5)
    assert mixed.gap_lufs - mixed.under_lufs == pytest.approx(duck * 0.75 if duck else 0.0, abs=2.5 if duck else 0.5)


def test_claps_begin_at_their_times(words: np.ndarray, rng: np.random.Generator) -> None:
    struck = sound.claps(words, (1.7, 5.7), 0.05, rng) - words
    starts = [float(np.flatnonzero(struck[int(t * RATE) :])[0] / RATE + int(t * RATE) / RATE) for t in (1, 5)]
    assert starts == pytest.approx([1.7, 5.7], abs=1e-4)


def test_our_loudness_is_that_of_ffmpegs_meter(tmp_path: Path, words: np.ndarray) -> None:
    path = encode(tmp_path / "words.mp4", HIGH, samples=words)
    with av.open(str(path)) as container:
        graph = av.filter.Graph()
        chain = [
            graph.add_abuffer(template=container.streams.audio[0]),
            graph.add("ebur128", "metadata=1"),
            graph.add("abuffersink"),
        ]
        graph.link_nodes(*chain).configure()
        last = 0.0
        for frame in container.decode(audio=0):
            chain[0].push(frame)
            while True:
                try:
                    last = float(chain[-1].pull().metadata.get("lavfi.r128.I", last))
                except (av.BlockingIOError, av.EOFError):
                    break
    assert loudness(decoded(path).astype(float)) == pytest.approx(last, abs=0.1)


def test_speech_is_where_it_sounds(words: np.ndarray) -> None:
    assert sounding(words).mean() == pytest.approx(0.6, abs=0.02)
    assert 20 * np.log10(speech_rms(words) / 0.05) == pytest.approx(0, abs=0.1)
