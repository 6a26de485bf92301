"""The sound of the look: values, curves, speech and spectrum are those of the samples."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from kebao.engine.medium_sound import hop_seconds, sound_curves, sound_numbers, spectrum
from kebao.media.measurement import Measurement
from kebao.media.meter import SAMPLE_RATE
from kebao.media.sampled import measure_samples
from kebao.model.location import Span
from kebao.subjects.listening import Listening

SECONDS = 30
TIMES = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
WHOLE = Span(Fraction(0), Fraction(SECONDS))


def heard(samples: Any, start: Fraction = Fraction(0)) -> tuple[Measurement, Listening]:
    measured = measure_samples(samples.astype(np.float32)[None], start=start)
    listening = Listening.of(measured)
    assert listening is not None
    return measured, listening


@pytest.fixture(scope="module")
def tone() -> tuple[Measurement, Listening]:
    """1 kHz of peak 0.1 (−23.0 dB of full scale) for 20 s, then nothing."""
    return heard(0.1 * np.sin(2 * np.pi * 1000 * TIMES) * (TIMES < 20))


def test_the_values_of_a_tone(tone: tuple[Measurement, Listening]) -> None:
    made = {one.name: (float(one.value), one.unit) for one in sound_numbers(tone[1])}
    assert made["integrated"] == (pytest.approx(-23.0, abs=0.2), "LUFS")
    assert made["true_peak"] == (pytest.approx(-20.0, abs=0.2), "dBTP")
    assert "speech" not in made


def test_curves_stand_on_exact_times_and_leave_silence_out(tone: tuple[Measurement, Listening]) -> None:
    loudness, peak = sound_curves(tone[1], WHOLE)
    assert (loudness.name, loudness.unit, peak.name, peak.unit) == ("loudness", "LUFS", "peak", "dBTP")
    times = [float(loudness.start + loudness.step * place) for place in range(len(loudness.values))]
    sounding = [time for time, value in zip(times, loudness.values, strict=True) if value is not None]
    assert max(sounding) == pytest.approx(20, abs=0.5)
    assert {value for value, time in zip(peak.values, times, strict=True) if 1 < time < 19} == {-20.0}
    (zoomed, _) = sound_curves(tone[1], Span(Fraction(5), Fraction(7)))
    assert (zoomed.start, zoomed.step, len(zoomed.values)) == (5, Fraction(1, 50), 100)


def test_a_late_sound_keeps_its_time() -> None:
    _, listening = heard(np.zeros(SAMPLE_RATE), start=Fraction(3))
    assert hop_seconds(listening)[[0, -1]].tolist() == pytest.approx([3, 3.98])


def test_the_spectrum_shows_the_tone_and_no_hum(tone: tuple[Measurement, Listening]) -> None:
    made = spectrum(*tone, Span(Fraction(0), Fraction(10)))
    assert made is not None
    loudest = max(zip(made.levels, made.hertz, strict=True))
    assert loudest[1] == pytest.approx(1000, rel=0.15)
    assert made.hum == ()
    assert spectrum(*tone, Span(Fraction(40), Fraction(50))) is None


def test_the_spectrum_marks_the_harmonics_of_hum_with_their_levels() -> None:
    rng = np.random.default_rng(1)
    hum = sum(10 ** (level / 20) * np.sin(2 * np.pi * 50 * number * TIMES + number) for number, level in HARMONICS)
    measured, listening = heard(hum + rng.standard_normal(len(TIMES)) * 10 ** (-75 / 20))
    made = spectrum(measured, listening, WHOLE)
    assert made is not None
    assert [(tone.hertz, tone.level) for tone in made.hum] == [
        (50.0 * number, pytest.approx(level - 3, abs=0.6)) for number, level in HARMONICS
    ]


HARMONICS = ((1, -40), (2, -44), (3, -46), (5, -50))
