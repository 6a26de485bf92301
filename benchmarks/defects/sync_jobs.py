"""Sound out of step with the picture: claps that are seen and heard, over real shots and real words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from defects import sound
from defects.beds import speech_bed
from defects.encoding import LOW
from defects.films import film, usable
from defects.jobs import Job, Made
from defects.material import Half, Shot, Voice, voices
from defects.picture import Pictures
from defects.planted import Planted
from defects.reading import length

OFFSETS: dict[float, int] = {-300: 4, -200: 4, -100: 4, -40: 3, 0: 5, 40: 3, 100: 12, 300: 4}
"""Milliseconds by which the sound is early (late when negative), and films of each; encoded at the low bit rate."""
SECONDS = 7.5
CLAPS = (1.2, 3.1, 5.4)


def sync_jobs(half: Half, seed: int, only: set[str], scale: float) -> Iterator[Job]:
    """Every recipe of sync."""
    if only and "sync" not in only:
        return
    speakers = voices(half)
    found = [shot for shot in usable(half) if length(shot.path) >= CLAPS[1] + 1]
    planned = [
        (found[(turn * 5 + number) % len(found)], speakers[(turn * 3 + number) % len(speakers)], offset, turn)
        for number, (offset, films) in enumerate(OFFSETS.items())
        for turn in range(round(films * scale))
    ]
    for shot, voice, offset, turn in sorted(planned, key=lambda row: row[0].path):
        make = partial(_clapped, shot, voice, offset)
        yield Job(
            "sync", offset, "", "real", voice.name, f"{shot.path.name} {voice.name}", seed * 1000 + turn, make, (LOW,)
        )


def _clapped(shot: Shot, voice: Voice, offset: float, rng: np.random.Generator) -> Made:
    made = film(shot, SECONDS, rng)
    rate = float(made.rate)
    indices = tuple(round(time * rate) for time in CLAPS if time < made.seconds - 0.6)
    bed = speech_bed(voice, made.seconds, rng)
    times = tuple(index / rate - offset / 1000 for index in indices)
    samples = sound.claps(bed.samples, times, bed.speech_rms, rng)
    return Made(
        (Planted("sync", offset, 0.0, made.seconds, offset),), boards(made.pictures, indices, rate), made.rate, samples
    )


def boards(made: Pictures, indices: tuple[int, ...], rate: float) -> Pictures:
    """Two bright boards that close on each other in a tenth of a second, meet at each index, and part again."""
    changed = made.copy()
    height, width = made.shape[1:3]
    wide, steps = width // 8, max(2, round(rate / 10))
    for index in indices:
        for n in range(-steps, steps + 1):
            if 0 <= index + n < len(changed):
                gap = abs(n) * width // (4 * steps)
                for left in (width // 2 - wide - gap, width // 2 + gap):
                    changed[index + n, height // 3 : height * 2 // 3, left : left + wide] = (235, 225, 205)
    return changed
