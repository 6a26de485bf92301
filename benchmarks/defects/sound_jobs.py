"""The sweep of faults of sound: which, how strong, on whom, how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from defects import sound
from defects.beds import Bed, phrased, speech_bed
from defects.encoding import LOW
from defects.jobs import Job, Made, Medium
from defects.levels import Samples, sounding
from defects.material import Half, Voice, music, shots, synthetic_voices, voices
from defects.reading import RATE
from defects.reading import sound as read_sound

SECONDS, HUM_SECONDS = 20.0, 25.0
SWEEP: dict[str, dict[float, float]] = {
    "hum": {-50: 0.25, -40: 2, -30: 6, -20: 0.25},
    "clipping": {1: 0.25, 3: 2, 6: 3, 9: 0.25},
    "level-step": {3: 0.25, 6: 2, 9: 0.25},
    "level-ramp": {6: 0.25, 9: 0.25},
    "noise": {30: 0.25, 20: 0.25, 15: 0.25, 10: 0.25},
    "dropout": {0.5: 0.25, 1: 0.25, 3: 0.25},
    "one-sided": {12: 0.25},
    "phase-inverted": {12: 0.25},
    "music-balance": {5: 1, 8: 1, 12: 1, 15: 1, 20: 0.5, 25: 0.25},
    "live-balance": {5: 0.5, 8: 0.5, 15: 0.5, 25: 0.25},
}
"""Trials a speaker and bit rate, by defect and magnitude. The magnitudes that have a goal get the trials their bound needs."""
DUCK_DB = 10.0
STEP_WORDS, STEP_SIDE = 1.0, 3.0
"""A step is planted where the `STEP_SIDE` seconds before and behind hold `STEP_WORDS` seconds of words each: amid silence, nobody
hears one."""


def sound_jobs(half: Half, seed: int, only: set[str], scale: float) -> Iterator[Job]:
    """Every recipe of sound, speaker by speaker so that each is read once."""
    for medium, speakers in (("real", voices(half)), ("synthetic", synthetic_voices(half))):
        share = scale if medium == "real" else scale / 3
        yield from _planted_jobs(half, seed, only, share, medium, speakers)
        if not only or "clean" in only:
            yield from _clean(half, speakers, seed, medium)


def _planted_jobs(
    half: Half, seed: int, only: set[str], scale: float, medium: Medium, speakers: tuple[Voice, ...]
) -> Iterator[Job]:
    for index, voice in enumerate(speakers):
        for defect, magnitudes in SWEEP.items():
            if only and defect not in only:
                continue
            for magnitude, each in magnitudes.items():
                for turn in range(_turns(each * scale, index)):
                    variant = _variant(defect, turn, int(index * min(1.0, each * scale)))
                    make = partial(_MAKERS[defect], voice, magnitude, variant, half)
                    yield Job(defect, magnitude, variant, medium, voice.name, voice.name, seed * 1000 + turn, make)


def _turns(each: float, index: int) -> int:
    """Whole turns, and the rest shared out over the speakers."""
    whole = int(each)
    return whole + int(int((index + 1) * (each - whole)) > int(index * (each - whole)))


def _variant(defect: str, turn: int, number: int) -> str:
    """Both variants by turns; `number` counts the speakers who have this magnitude at all."""
    choices = {
        "hum": ("steady", "drifting"),
        "clipping": ("whole", "part"),
        "level-step": ("up", "down"),
        "level-ramp": ("up", "down"),
        "music-balance": ("plain", "ducked"),
    }.get(defect, ("",))
    return choices[(turn + number) % len(choices)]


def _bed(voice: Voice, rng: np.random.Generator) -> Bed:
    return speech_bed(voice, SECONDS, rng)


def _made(bed: Bed, changed: tuple[Samples, sound.Planted]) -> Made:
    return Made((changed[1],), samples=changed[0], looped=bed.looped)


def _hum(voice: Voice, level: float, variant: str, _: Half, rng: np.random.Generator) -> Made:
    """Hum of 15 to 22 s: what hums does so for minutes, but the speakers' recordings are short."""
    bed = speech_bed(voice, HUM_SECONDS, rng)
    length = rng.uniform(15, 22)
    start = rng.uniform(0, HUM_SECONDS - length)
    drift = 0.03 if variant == "drifting" else 0.0
    return _made(bed, sound.hum(bed.samples, bed.speech_rms, level, start, start + length, rng, drift))


def _clipping(voice: Voice, drive: float, variant: str, _: Half, rng: np.random.Generator) -> Made:
    bed = _bed(voice, rng)
    start = rng.uniform(0, 6)
    span = (0.0, SECONDS) if variant == "whole" else (start, start + rng.uniform(8, 12))
    return _made(bed, sound.clip(bed.samples, drive, *span))


def _step(ramp: float, voice: Voice, size: float, variant: str, _: Half, rng: np.random.Generator) -> Made:
    bed = _bed(voice, rng)
    return _made(bed, sound.step(bed.samples, size if variant == "up" else -size, audible(bed.words, rng), ramp))


def audible(words: Samples, rng: np.random.Generator) -> float:
    """Second of the first of some places drawn between 7 and 13 s that has `STEP_WORDS` on both sides; of none such, the wordiest."""
    heard = np.concatenate(([0], np.cumsum(sounding(words)))) / RATE
    side = round(STEP_SIDE * RATE)

    def least(at: float) -> float:
        place = round(at * RATE)
        return float(min(heard[place] - heard[place - side], heard[place + side] - heard[place]))

    drawn = [float(at) for at in rng.uniform(7, 13, 40)]
    return next((at for at in drawn if least(at) >= STEP_WORDS), max(drawn, key=least))


def _noise(voice: Voice, ratio: float, _v: str, _: Half, rng: np.random.Generator) -> Made:
    bed = _bed(voice, rng)
    start = rng.uniform(0, 4)
    return _made(bed, sound.noise(bed.samples, bed.speech_rms, ratio, start, start + 14, rng))


def _dropout(voice: Voice, seconds: float, _v: str, _: Half, rng: np.random.Generator) -> Made:
    bed = _bed(voice, rng)
    return _made(bed, sound.dropout(bed.samples, seconds, rng.uniform(5, 13)))


def _sided(
    change: Callable[..., tuple[Samples, sound.Planted]],
    voice: Voice,
    seconds: float,
    _v: str,
    _: Half,
    rng: np.random.Generator,
) -> Made:
    bed = _bed(voice, rng)
    start = rng.uniform(1, SECONDS - seconds - 1)
    return _made(bed, change(bed.samples, start, start + seconds))


def _stretch(samples: Samples, count: int, rng: np.random.Generator) -> Samples:
    start = int(rng.integers(0, max(1, len(samples) - count)))
    return np.take(samples, np.arange(start, start + count), mode="wrap").astype(np.float64)


def _music(voice: Voice, ratio: float, variant: str, half: Half, rng: np.random.Generator) -> Made:
    bed, speaking = phrased(_bed(voice, rng), rng, (3.0, 6.0), (1.2, 2.5))
    pieces = music(half)
    other = _stretch(read_sound(pieces[int(rng.integers(len(pieces)))]), len(bed.words), rng)
    mixed = sound.balance(bed.words, speaking, other, ratio, "music-balance", DUCK_DB if variant == "ducked" else 0.0)
    return Made((mixed.planted,), samples=mixed.samples, looped=bed.looped)


def _live(voice: Voice, ratio: float, _v: str, half: Half, rng: np.random.Generator) -> Made:
    bed, speaking = phrased(_bed(voice, rng), rng, (3.0, 6.0), (1.2, 2.5))
    heard = live_sounds(half)
    other = _stretch(read_sound(heard[int(rng.integers(len(heard)))]), len(bed.words), rng)
    mixed = sound.balance(bed.words, speaking, other, ratio, "live-balance")
    return Made((mixed.planted,), samples=mixed.samples, looped=True)


def live_sounds(half: Half) -> tuple[Path, ...]:
    """Clips of a half whose track is the sound of a place: outdoors, hands at work."""
    wanted = (
        "sam2_blocks",
        "sam2_cups",
        "sam2_coffee",
        "sam2_dog",
        "gopro_max",
        "mapillary_s5",
        "mdn_water",
        "flutter",
    )
    return tuple(shot.path for shot in shots(half) if shot.family in wanted and _has_sound(shot.path))


def _has_sound(path: Path) -> bool:
    try:
        return float(np.abs(read_sound(path)).max()) > 1e-3
    except (IndexError, ValueError):
        return False


_MAKERS: dict[str, Callable[..., Made]] = {
    "hum": _hum, "clipping": _clipping, "level-step": partial(_step, 0.0), "level-ramp": partial(_step, 4.0), "noise": _noise,
    "dropout": _dropout, "one-sided": partial(_sided, sound.one_sided), "phase-inverted": partial(_sided, sound.inverted),
    "music-balance": _music, "live-balance": _live,
}  # fmt: skip


def _clean(half: Half, speakers: tuple[Voice, ...], seed: int, medium: Medium) -> Iterator[Job]:
    """Every second of every speaker once, and every piece of music once, at the low bit rate."""
    for voice in speakers:
        yield Job("clean", 0, "speech", medium, voice.name, voice.name, seed, partial(_clean_speech, voice), (LOW,))
    for piece in music(half) if medium == "real" else ():
        yield Job("clean", 0, "music", medium, piece.stem, piece.stem, seed, partial(_clean_music, piece), (LOW,))


def _clean_speech(voice: Voice, rng: np.random.Generator) -> Made:
    seconds = sum(len(read_sound(path)) for path in voice.paths) / RATE - 0.5
    bed = speech_bed(voice, min(seconds, 600.0), rng)
    unclean = ("clipping",) if bed.loud_at_source else ()
    return Made(samples=bed.samples, looped=False, unclean=unclean)


def _clean_music(piece: Path, rng: np.random.Generator) -> Made:  # noqa: ARG001
    samples = read_sound(piece).astype(np.float64)
    return Made(samples=samples * (10 ** (-4 / 20) / float(np.abs(samples).max())))  # clear of any limit on peaks
