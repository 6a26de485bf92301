"""Sound beds to plant in: one speaker's words at a known loudness over a known floor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from defects.levels import Samples, loudness, sounding, speech_rms
from defects.material import Voice
from defects.reading import RATE, sound
from defects.takes import digital_silence, levelled

SPEECH_LUFS = -23.0
FLOOR_DB = (-55.0, -45.0)
"""Room tone under the words, dB re speech: joined prompts have digital silence between them, which no room has."""
PEAK_DBFS = -4.0
"""Highest sample of a bed: words whose peaks stand high are set to less than `SPEECH_LUFS`, clear of any limit on peaks."""


@dataclass(frozen=True)
class Bed:
    """A bed.

    Attributes:
        samples: float64 (n,), words and floor, 48 kHz.
        words: the words alone; `floor` the room tone alone (zeros where the recording has a floor of its own).
        speaker: whose words.
        looped: whether the recording was too short and repeats.
        loud_at_source: whether the recording reached full scale, so that it may be clipped already.
    """

    samples: Samples
    words: Samples
    floor: Samples
    speaker: str
    looped: bool
    loud_at_source: bool

    @property
    def speech_rms(self) -> float:
        """Root mean square of the words where they sound."""
        return speech_rms(self.words)


def room_tone(count: int, rms: float, rng: np.random.Generator) -> Samples:
    """Drawn noise of a quiet room, falling about 6 dB an octave above 100 Hz."""
    tone = lfilter([1.0], [1.0, -0.987], rng.standard_normal(count + RATE))[RATE:]
    return tone * (rms / float(np.sqrt((tone**2).mean())))


@lru_cache(maxsize=4)
def _recorded(voice: Voice) -> tuple[Samples, bool]:
    """All words of a speaker, take by take at one level, silence at both ends cut off; and whether they reached full scale."""
    files = [sound(path).astype(np.float64) for path in voice.paths]
    loud = max(float(np.abs(samples).max()) for samples in files) >= 10 ** (-0.3 / 20)
    whole = levelled(files)
    heard = np.flatnonzero(sounding(whole, 40.0))
    return whole[heard[0] : heard[-1] + RATE // 4], loud


def _words(voice: Voice, count: int, rng: np.random.Generator) -> tuple[Samples, bool, bool]:
    whole, loud = _recorded(voice)
    looped = len(whole) < count
    start = int(rng.integers(0, len(whole) if looped else len(whole) - count + 1))
    return np.take(whole, np.arange(start, start + count), mode="wrap"), looped, loud


def speech_bed(voice: Voice, seconds: float, rng: np.random.Generator) -> Bed:
    """Words of a speaker from a random place, at −23 LUFS; a drawn floor under all where the recording holds digital silence."""
    words, looped, loud = _words(voice, round(seconds * RATE), rng)
    bare = len(digital_silence(words)) > 0
    words *= min(10 ** ((SPEECH_LUFS - loudness(words)) / 20), 10 ** (PEAK_DBFS / 20) / float(np.abs(words).max()))
    level = speech_rms(words) * 10 ** (rng.uniform(*FLOOR_DB) / 20)
    bare = bare or _floor_of(words) < level / 10
    floor = room_tone(len(words), level, rng) if bare else np.zeros(len(words))
    return Bed(words + floor, words, floor, voice.name, looped, loud)


def _floor_of(samples: Samples) -> float:
    hop = RATE // 50
    power = (samples[: len(samples) // hop * hop].reshape(-1, hop) ** 2).mean(axis=1)
    return float(np.sqrt(np.percentile(power, 10)))


def phrased(
    bed: Bed, rng: np.random.Generator, phrase: tuple[float, float], gap: tuple[float, float]
) -> tuple[Bed, NDArray[np.bool_]]:
    """The bed with its words pulled apart into phrases, and which samples lie in a phrase. Same length; starts and ends with a gap."""
    words, speaking = np.zeros_like(bed.words), np.zeros(len(bed.words), bool)
    place, taken = round(rng.uniform(*gap) * RATE), 0
    while place < len(words):
        length = min(round(rng.uniform(*phrase) * RATE), len(words) - place - round(gap[0] * RATE))
        if length < RATE:
            break
        part = bed.words[taken : taken + length].copy()
        edge = RATE // 100
        part[:edge] *= np.linspace(0, 1, edge)
        part[-edge:] *= np.linspace(1, 0, edge)
        words[place : place + length], speaking[place : place + length] = part, True
        place, taken = place + length + round(rng.uniform(*gap) * RATE), taken + length
    made = Bed(words + bed.floor, words, bed.floor, bed.speaker, bed.looped, bed.loud_at_source)
    return made, speaking
