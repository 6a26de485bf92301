"""Described sounds for the examples of rules: a drawn voice with a planted fault, listened to by the real meters.

The voice is synthetic: glottal pulses through three formants and bursts of hiss, in syllables, words and pauses. It is no
speech, but it has what the meters go by.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kebao.media.measurement import Measurement
from kebao.media.meter import SAMPLE_RATE
from kebao.media.sampled import measure_samples
from kebao.subjects.course import Timed
from kebao.subjects.sketch import SketchedFile, course

Samples = NDArray[np.float64]
VOICE_DB = -21.0
"""dB of full scale of the drawn voice where it sounds: its peaks stand near −5."""
_PATH = "视频/尊重老人.mp4"
_FORMANTS = ((730, 1090, 2440), (270, 2290, 3010), (530, 1840, 2480), (570, 840, 2410), (440, 1020, 2240))
"""Hz of five vowels (Peterson & Barney 1952, men)."""


@dataclass(frozen=True)
class Sound:
    """A drawn voice and what is wrong with it.

    Attributes:
        seconds: length.
        voice: whether somebody speaks.
        hum: (dB re voice, multiples of 50 Hz, first second, last second).
        noise: dB of voice over steady noise.
        gains: (second, dB) from which the level differs; the change takes `ramp` seconds.
        drive: dB by which the loudest peak is driven over full scale and cut.
        music: dB of voice over music; `duck` dB by which the music is raised in the pauses.
        life: dB of voice over live sound (a machine hall that swells and ebbs).
        hole: (second, seconds) cut out.
        silence: (second, seconds) of nothing but a very faint floor.
        right: the second channel: `none`, `same`, `empty`, `inverted`.
        pauses: seconds of pause after each phrase.
    """

    seconds: float = 36
    voice: bool = True
    hum: tuple[float, tuple[int, ...], float, float] | None = None
    noise: float | None = None
    gains: tuple[tuple[float, float], ...] = ()
    ramp: float = 0.0
    drive: float | None = None
    music: float | None = None
    duck: float = 0.0
    life: float | None = None
    hole: tuple[float, float] | None = None
    silence: tuple[float, float] | None = None
    right: str = "none"
    pauses: float = 0.7


def sounding(*, role: str = "讲授", **described: Any) -> Timed:
    """A video with such a sound; `described` are fields of `Sound`."""
    sound = Sound(**described)
    file = SketchedFile(seconds=sound.seconds, measured=lambda: measured(sound))
    entry = {"id": "v", "kind": "video", "role": role, "title": "洗手", "path": _PATH}
    made = course(resources=[entry], files={_PATH: file}).resources[0]
    assert isinstance(made, Timed)  # noqa: S101  the sketch says so
    return made


def unmeasured() -> Timed:
    """A video that nobody listened to."""
    made = course().resources[0]
    assert isinstance(made, Timed)  # noqa: S101  the sketch says so
    return made


@cache
def measured(sound: Sound) -> Measurement:
    """What the meters say of it."""
    return measure_samples(draw(sound).astype(np.float32))


def draw(sound: Sound) -> Samples:
    """Its samples at 48 kHz, (channels, n)."""
    count = round(sound.seconds * SAMPLE_RATE)
    rng = np.random.default_rng(20230831)
    times = np.arange(count) / SAMPLE_RATE
    words, spoken = drawn_voice(count, sound.pauses)
    rms = 10 ** (VOICE_DB / 20)
    made = words * sound.voice + rng.standard_normal(count) * rms * 10 ** (-(sound.noise or 60.0) / 20)
    if sound.hum is not None:
        below, harmonics, first, last = sound.hum
        comb = sum(np.sin(2 * np.pi * 50 * n * times + n) / n for n in harmonics)
        made += comb * rms * 10 ** (below / 20) / np.std(comb) * ((times >= first) & (times < last))
    if sound.music is not None:
        made += _under(_music(times), spoken, sound.music, sound.duck, rms)
    if sound.life is not None:
        made += _under(_roar(times, rng), spoken, sound.life, 0.0, rms)
    if sound.gains:
        made *= 10 ** (_gain(times, sound.gains, sound.ramp) / 20)
    if sound.drive is not None:
        made = np.clip(made * 10 ** (sound.drive / 20) / np.abs(made).max(), -1, 1)
    for stretch, kept in ((sound.hole, 0.0), (sound.silence, 1e-4)):
        if stretch is not None:
            made[(times >= stretch[0]) & (times < stretch[0] + stretch[1])] *= kept
    other = {"same": made, "empty": made * 0, "inverted": -made}.get(sound.right)
    return made[None] if other is None else np.stack((made, other))


@cache
def drawn_voice(count: int, pause: float = 0.7) -> tuple[Samples, NDArray[np.bool_]]:
    """The voice alone at `VOICE_DB`, and where it sounds, each (count,)."""
    rng = np.random.default_rng(8)
    out, spoken, place = np.zeros(count), np.zeros(count, bool), int(0.5 * SAMPLE_RATE)
    while place < count - SAMPLE_RATE:
        pitch = rng.uniform(105, 135)
        for _ in range(int(rng.integers(7, 14))):
            syllable = _syllable(rng, pitch)
            pitch *= rng.uniform(0.96, 1.02)
            if place + len(syllable) > count:
                break
            end = place + len(syllable)
            out[place:end] += syllable
            spoken[place:end] = True
            place = end + int(rng.uniform(0.0, 0.05) * SAMPLE_RATE)
        place += int((pause + rng.uniform(0, 0.2)) * SAMPLE_RATE)
    return out * (10 ** (VOICE_DB / 20) / float(np.sqrt(np.mean(out[spoken] ** 2)))), spoken


def _syllable(rng: np.random.Generator, pitch: float) -> Samples:
    """A consonant of hiss and a vowel."""
    hiss = int(rng.uniform(0.03, 0.09) * SAMPLE_RATE)
    length = int(rng.uniform(0.11, 0.2) * SAMPLE_RATE)
    phase = np.cumsum(pitch * (1 + 0.06 * np.sin(np.linspace(0, 3, length))) / SAMPLE_RATE)
    pulses = np.diff(np.floor(phase), prepend=0.0)
    vowel = _filtered([1.0], [1.0, -1.9, 0.9025], pulses)
    for formant in _FORMANTS[int(rng.integers(len(_FORMANTS)))]:
        radius = np.exp(-np.pi * (60 + formant / 25) / SAMPLE_RATE)
        vowel = _filtered([1.0], [1.0, -2 * radius * np.cos(2 * np.pi * formant / SAMPLE_RATE), radius**2], vowel)
    vowel = _filtered([1.0, -1.0], [1.0, -0.99], vowel) * np.sin(np.linspace(0, np.pi, length)) ** 0.5
    vowel *= rng.uniform(0.7, 1.0) / np.abs(vowel).max()
    burst = _filtered([1.0, -1.7, 0.72], [1.0], rng.standard_normal(hiss)) * np.hanning(hiss)
    return np.concatenate((burst * 0.12 / max(1e-9, float(np.abs(burst).max())), vowel))


def _music(times: Samples) -> Samples:
    """Chords of four notes, a new one every two seconds."""
    out = np.zeros(len(times))
    for number in range(int(times[-1] / 2) + 1):
        part = (times >= number * 2) & (times < number * 2 + 2)
        own = times[part] - number * 2
        root = 110 * 2 ** ((0, 5, 7, 3)[number % 4] / 12)
        for note in (1, 1.26, 1.498, 2):
            for overtone in range(1, 7):
                turn = 2 * np.pi * root * note * overtone * own
                out[part] += np.sin(turn) / overtone * np.minimum(1, own / 0.05) * np.exp(-own / 4)
    return out


def _roar(times: Samples, rng: np.random.Generator) -> Samples:
    """A machine hall that swells and ebbs."""
    roar = _filtered([1.0], [1.0, -0.9], rng.standard_normal(len(times)))
    return np.asarray(roar * (1 + 0.5 * np.sin(2 * np.pi * 0.3 * times)))


def _under(other: Samples, spoken: NDArray[np.bool_], ratio: float, duck: float, rms: float) -> Samples:
    """Something at so many dB below the voice where it sounds, and `duck` dB louder in its pauses."""
    level = float(np.sqrt(np.mean(other[spoken] ** 2)))
    near = np.convolve(spoken[::480], np.ones(60), "same")[np.arange(len(other)) // 480] > 0
    gain = _filtered([0.0001], [1, -0.9999], np.where(near, 0.0, duck))
    return np.asarray(other * (rms / level) * 10 ** ((gain - ratio) / 20))


def _gain(times: Samples, gains: tuple[tuple[float, float], ...], ramp: float) -> Samples:
    """dB over time."""
    curve, last = np.zeros(len(times)), 0.0
    for second, level in gains:
        curve += (level - last) * np.clip((times - second) / ramp if ramp else (times >= second) * 1.0, 0, 1)
        last = level
    return curve


def _filtered(forward: list[float], back: list[float], samples: NDArray[Any]) -> NDArray[Any]:
    # With what it brings along it is two fifths of a command's start.
    from scipy.signal import lfilter

    return np.asarray(lfilter(forward, back, samples))
