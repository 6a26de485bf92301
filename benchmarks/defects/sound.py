"""Plant faults of sound, before encoding. Samples are float64 at 48 kHz, (n,) or (2, n); full scale is 1; input is left alone.

Every function gives the changed samples and what was planted. Sizes are exact by construction; the tests measure them again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from defects.levels import Samples, loudness
from defects.planted import Planted
from defects.reading import RATE

HARMONICS = (0.0, -4.0, -8.0, -14.0, -12.0, -20.0, -16.0)
"""dB of 50, 100, 150 … 350 Hz, as a transformer and a rectifier leave them; odd ones fall more slowly."""
_FADE = 0.05


def _span(count: int, start: float, end: float) -> Samples:
    """A window that is 1 from start to end, with edges of 50 ms inside it."""
    times = np.arange(count) / RATE
    return np.clip(np.minimum(times - start, end - times) / _FADE, 0, 1)


def hum(
    samples: Samples,
    speech_rms: float,
    level_db: float,
    start: float,
    end: float,
    rng: np.random.Generator,
    drift: float = 0.0,
) -> tuple[Samples, Planted]:
    """Mains hum: a comb of 50 Hz whose whole power is `level_db` re speech.

    `drift` Hz is the peak of a wander with a period of 20 s: 0.03 Hz changes by 9 mHz a second at most, about the fastest a large
    grid shows in ordinary hours.
    """
    count = samples.shape[-1]
    times = np.arange(count) / RATE
    phase = 2 * np.pi * 50 * times
    if drift:
        phase += drift / 0.05 * np.sin(2 * np.pi * 0.05 * times + rng.uniform(0, 6.28))
    gains = 10 ** ((np.array(HARMONICS) + rng.uniform(-3, 3, len(HARMONICS))) / 20)
    comb = sum(gain * np.sin(n * phase + rng.uniform(0, 6.28)) for n, gain in enumerate(gains, start=1))
    comb *= speech_rms * 10 ** (level_db / 20) / np.sqrt((gains**2).sum() / 2)
    return samples + comb * _span(count, start, end), Planted("hum", level_db, start, end)


def clip(samples: Samples, drive_db: float, start: float, end: float) -> tuple[Samples, Planted]:
    """Overdrive: the loudest peak of the stretch would stand `drive_db` over full scale, and is cut there. The rest is 1 dB under it."""
    driven = samples * (10 ** (-1 / 20) / np.abs(samples).max())
    first, last = round(start * RATE), round(end * RATE)
    part = driven[..., first:last]
    driven[..., first:last] = np.clip(part * (10 ** (drive_db / 20) / np.abs(part).max()), -1, 1)
    return driven, Planted("clipping", drive_db, start, end)


def step(samples: Samples, step_lu: float, at: float, ramp: float = 0.0) -> tuple[Samples, Planted]:
    """The level changes by `step_lu` at `at`, or over the `ramp` seconds after it; up keeps clear of full scale by going quiet first."""
    times = np.arange(samples.shape[-1]) / RATE
    share = np.clip((times - at) / ramp, 0, 1) if ramp else (times >= at).astype(float)
    curve = step_lu * share - max(step_lu, 0.0)
    name = "level-ramp" if ramp else "level-step"
    return samples * 10 ** (curve / 20), Planted(name, step_lu, at, at + ramp)


def noise(
    samples: Samples, speech_rms: float, ratio_db: float, start: float, end: float, rng: np.random.Generator
) -> tuple[Samples, Planted]:
    """Broadband noise with speech standing `ratio_db` over it."""
    count = samples.shape[-1]
    hiss = rng.standard_normal(count) * speech_rms * 10 ** (-ratio_db / 20)
    return samples + hiss * _span(count, start, end), Planted("noise", ratio_db, start, end)


def dropout(samples: Samples, seconds: float, at: float) -> tuple[Samples, Planted]:
    """Nothing at all for a while, cut hard."""
    silent = samples.copy()
    silent[..., round(at * RATE) : round((at + seconds) * RATE)] = 0
    return silent, Planted("dropout", seconds, at, at + seconds)


def one_sided(samples: Samples, start: float, end: float) -> tuple[Samples, Planted]:
    """Both channels carry the words; in the span the right one is empty."""
    both = np.stack([samples, samples])
    both[1, round(start * RATE) : round(end * RATE)] = 0
    return both, Planted("one-sided", end - start, start, end)


def inverted(samples: Samples, start: float, end: float) -> tuple[Samples, Planted]:
    """Both channels carry the words; in the span the right one is upside down, so that a loudspeaker in mono is mute."""
    both = np.stack([samples, samples])
    both[1, round(start * RATE) : round(end * RATE)] *= -1
    return both, Planted("phase-inverted", end - start, start, end)


@dataclass(frozen=True)
class Mixed:
    """Words over something else. `speech_lufs` of the words alone; `under_lufs` and `gap_lufs` of the rest under words and in gaps."""

    samples: Samples
    planted: Planted
    speech_lufs: float
    under_lufs: float
    gap_lufs: float


def balance(
    words: Samples, speaking: Samples, other: Samples, ratio_lu: float, name: str, duck_db: float = 0.0
) -> Mixed:
    """Words over music or live sound, the words' loudness standing `ratio_lu` over what sounds under them.

    Args:
        words: (n,) with silence between phrases.
        speaking: bool (n,), where a phrase is.
        other: (n,) music or live sound.
        ratio_lu: loudness of words where spoken, less that of the other under them: what a listener meets.
        name: of the defect in the table.
        duck_db: by how much the other is raised between phrases (attack 0.1 s, release 0.4 s).
    """
    gate = np.asarray(speaking, float)
    fast, slow = (1 - np.exp(-1 / (RATE * seconds)) for seconds in (0.1, 0.4))
    smooth = np.maximum(lfilter([fast], [1, fast - 1], gate), lfilter([slow], [1, slow - 1], gate))
    other = other * 10 ** (duck_db * (1 - smooth) / 20)
    mask = np.asarray(speaking, bool)
    spoken, under = loudness(words[mask]), loudness(other[mask])
    gain = 10 ** ((spoken - ratio_lu - under) / 20)
    other = other * gain
    mixed = words + other
    scale = min(1.0, 10 ** (-1 / 20) / float(np.abs(mixed).max()))
    shift = 20 * float(np.log10(scale))
    planted = Planted(name, ratio_lu, 0.0, len(words) / RATE, ratio_lu)
    gaps = loudness(other[~mask]) if (~mask).any() else -120.0
    return Mixed(mixed * scale, planted, spoken + shift, spoken - ratio_lu + shift, gaps + shift)


def claps(samples: Samples, times: tuple[float, ...], rms: float, rng: np.random.Generator) -> Samples:
    """Short bursts that begin at the given times, as of two boards struck together, 12 dB over `rms`."""
    struck, length = samples.copy(), round(0.06 * RATE)
    for time in times:
        first = round(time * RATE)
        if first < 0 or first >= samples.shape[-1]:
            continue
        burst = rng.standard_normal(length) * np.exp(-np.arange(length) / (0.012 * RATE))
        part = burst[: samples.shape[-1] - first] * rms * 4 / np.sqrt((burst[: RATE // 100] ** 2).mean())
        struck[..., first : first + len(part)] += part
    return np.clip(struck, -1, 1)
