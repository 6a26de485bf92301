"""Make, encode, measure and judge every file of a plan; what was made and measured is kept, so a stopped run goes on."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from defects import ablation
from defects.ablation import Event
from defects.detector import Look, look, measured
from defects.encoding import BitRate, encode
from defects.jobs import Job, Made, Trial
from defects.looks import has_look, kept_look
from defects.material import CACHE, Half
from defects.picture_jobs import picture_jobs
from defects.reading import RATE
from defects.sound_jobs import sound_jobs
from defects.sync_jobs import sync_jobs
from kebao.media.store import Store


@dataclass(frozen=True)
class Result:
    """One file with what the product and FFmpeg's filters said of it."""

    trial: Trial
    look: Look
    events: tuple[Event, ...] | None


def plan(half: Half, seed: int, only: set[str], scale: float, part: str | None = None) -> tuple[Job, ...]:
    """Every job of a run, or of its part (`sound`, or `picture` with sync), in the order that reads the material once."""
    heard = sound_jobs(half, seed, only, scale) if part != "picture" else ()
    if part == "sound":
        return tuple(heard)
    return (*heard, *picture_jobs(half, seed, only, scale), *sync_jobs(half, seed, only, scale))


def place(job: Job, bits: BitRate, cache: Path = CACHE) -> Path:
    """Where a trial is kept."""
    return cache / "trials" / job.digest[:2] / f"{job.digest}.{bits.name}.mp4"


def kept_trial(path: Path) -> Trial | None:
    """The trial encoded at a path before, if it was."""
    kept = path.with_suffix(".json")
    return Trial.from_json(kept.read_text(encoding="utf-8")) if kept.is_file() and path.is_file() else None


def trials(jobs: Iterable[Job], cache: Path = CACHE) -> Iterator[tuple[Trial, Path]]:
    """Each job at each of its bit rates: encoded now, or as encoded before."""
    for job in jobs:
        made: Made | None = None
        for bits in job.rates:
            path = place(job, bits, cache)
            trial = kept_trial(path)
            if trial is None:
                made = made or job.make(job.rng())
                trial = _encoded(job, made, bits, path)
                path.with_suffix(".json").write_text(trial.to_json(), encoding="utf-8")
            yield trial, path


def finished(jobs: Iterable[Job], cache: Path = CACHE) -> tuple[Job, ...]:
    """The jobs, each with the bit rates alone at which it was encoded and judged by this very code before."""
    found = []
    for job in jobs:
        kept = [(bits, kept_trial(place(job, bits, cache))) for bits in job.rates]
        rates = tuple(bits for bits, trial in kept if trial is not None and has_look(cache / "looks", trial.sha256))
        if rates:
            found.append(replace(job, rates=rates))
    return tuple(found)


def _encoded(job: Job, made: Made, bits: BitRate, path: Path) -> Trial:
    encode(path, bits, pictures=made.pictures, rate=made.rate, samples=made.samples)
    seconds = len(made.pictures) / float(made.rate) if made.pictures is not None else 0.0
    if made.samples is not None:
        seconds = max(seconds, made.samples.shape[-1] / RATE)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Trial(
        job.defect, job.magnitude, job.variant, job.medium, job.source, job.clip, bits.name, digest, seconds, made.looped,
        made.unclean, made.planted,
    )  # fmt: skip


def run(jobs: tuple[Job, ...], cache: Path = CACHE) -> Iterator[Result]:
    """Everything of a plan, with a line of progress a few seconds apart."""
    store, began, told = Store(cache / "measured"), time.monotonic(), 0.0
    total = sum(len(job.rates) for job in jobs)
    for done, (trial, path) in enumerate(trials(jobs, cache), start=1):
        result = Result(trial, _look(trial, path, store, cache / "looks"), _filters(trial, path))
        now = time.monotonic() - began
        if now - told > 5 or done == total:
            told = now
            print(
                f"{done}/{total} · {now:.0f} s · {trial.medium} {trial.defect} {trial.magnitude:g} {trial.clip[:40]}",
                file=sys.stderr,
            )
        yield result


def _look(trial: Trial, path: Path, store: Store, folder: Path) -> Look:
    return kept_look(folder, trial.sha256, lambda: look(path, measured(path, trial.sha256, store)))


def _filters(trial: Trial, path: Path) -> tuple[Event, ...] | None:
    """Events of FFmpeg's filters; None where this trial is not among those that run through them."""
    if trial.defect != "clean" and int(trial.sha256[:8], 16) % ablation.ONE_IN:
        return None
    return ablation.events(path, path.with_suffix(".ffmpeg.json"))
