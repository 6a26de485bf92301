"""The media stage: every video and recording is decoded once, in parallel over files, before any rule runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from kebao.media.facts import MediaFacts
from kebao.media.measurement import Measurement
from kebao.media.measuring import measure, stored
from kebao.media.passage import MEASURING
from kebao.media.store import Store
from kebao.model.progress import Progress, silent
from kebao.subjects.course import Package, Timed
from kebao.subjects.tree_facts import TreeFacts


@dataclass(frozen=True, slots=True)
class Measuring:
    """How media are measured.

    Attributes:
        store: where measurements are kept between checks; None keeps nothing.
        jobs: files at a time, each in its own process with one decoding thread; one file alone gets all cores.
    """

    store: Store | None = None
    jobs: int = 2


def measure_package(package: Package, how: Measuring, *, progress: Progress = silent) -> None:
    """Measure every medium that can be opened and keep the result in the package's facts.

    What the store has already costs no process and no decoding.
    """
    facts = package.facts
    if not isinstance(facts, TreeFacts):
        return  # a sketch brings its own measurements
    paths = dict.fromkeys(r.entry.path for r in package.resources if isinstance(r, Timed) and _usable(r))
    waiting = []
    for path in paths:
        known = stored(facts.digest(path), how.store)
        if known is None:
            waiting.append(path)
        else:
            facts.measure(path, partial(_same, known))
    if waiting:
        _run(facts, waiting, how, progress)


def keep_readings(package: Package) -> None:
    """Keep what the rules have read of the measurements, so that the next check of the same media need not."""
    for path in dict.fromkeys(r.entry.path for r in package.resources if isinstance(r, Timed)):
        found = package.facts.measurement(path)
        if isinstance(found, Measurement):
            found.readings.keep()


def _same(known: Measurement) -> Measurement:
    return known


def _usable(resource: Timed) -> bool:
    return isinstance(resource.media, MediaFacts) and resource.package.facts.fault(resource.entry.path) is None


def _run(facts: TreeFacts, paths: list[str], how: Measuring, progress: Progress) -> None:
    jobs = min(how.jobs, len(paths))
    if jobs < 2:
        for done, path in enumerate(paths, start=1):
            facts.measure(path, _here(facts, path, how.store, progress))
            progress(MEASURING, done, len(paths), path)
        return
    cancel = threading.Event()
    local = {path: facts.local_path(path) for path in paths}
    with (
        ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as processes,
        ThreadPoolExecutor(jobs) as threads,
    ):
        started = {_start(processes, threads, facts, path, local[path], how.store, cancel): path for path in paths}
        try:
            for done, future in enumerate(as_completed(started), start=1):
                facts.measure(started[future], future.result)
                progress(MEASURING, done, len(paths), started[future])
        except BaseException:
            cancel.set()
            for pool in (processes, threads):
                pool.shutdown(wait=False, cancel_futures=True)
            raise


def _start(
    processes: Executor,
    threads: Executor,
    facts: TreeFacts,
    path: str,
    local: Path | None,
    store: Store | None,
    cancel: threading.Event,
) -> Future[Measurement]:
    """A file on disk goes to a process of its own; a member of an archive can only be read here, so to a thread."""
    digest = facts.digest(path)
    if local is not None:
        return processes.submit(measure_file, local, digest, store)
    return threads.submit(
        measure, lambda: facts.open(path), digest, store, threads=1, label=path, cancelled=cancel.is_set
    )


def measure_file(path: Path, digest: str, store: Store | None) -> Measurement:
    """Measure a file with one thread; runs in a process of its own."""
    return measure(lambda: path.open("rb"), digest, store, threads=1)


def _here(facts: TreeFacts, path: str, store: Store | None, progress: Progress) -> Callable[[], Measurement]:
    return lambda: measure(
        lambda: facts.open(path), facts.digest(path), store, threads=0, label=path, progress=progress
    )
