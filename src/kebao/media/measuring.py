"""Measure a medium once and for all: from the store where it was measured before, by a pass where not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import BinaryIO

from kebao.media.measurement import Measurement
from kebao.media.memory import give_back, share_arenas
from kebao.media.meter import PictureMeter, SoundMeter
from kebao.media.passage import measure_stream
from kebao.media.readings import Readings
from kebao.media.roster import fresh
from kebao.media.store import Store
from kebao.model.progress import Progress, silent


def stored(digest: str, store: Store | None) -> Measurement | None:
    """The whole measurement when the store has every meter in its present version; None otherwise."""
    if store is None or not digest:
        return None
    found, missing = store.load(digest, _versions(*fresh()))
    return None if missing or found is None else replace(found, readings=Readings(store, digest))


def _versions(pictures: Iterable[PictureMeter], sounds: Iterable[SoundMeter]) -> dict[str, int]:
    return {meter.name: meter.version for meter in pictures} | {meter.name: meter.version for meter in sounds}


def measure(
    opener: Callable[[], BinaryIO],
    digest: str,
    store: Store | None,
    *,
    cheap: bool = False,
    threads: int = 0,
    label: str = "",
    progress: Progress = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> Measurement:
    """The measurement of a medium with all meters, or the cheap set.

    Only meters whose present version is not stored are run; when all are, nothing is opened.

    Args:
        opener: opens the medium as a seekable stream; called only when something is missing.
        digest: SHA-256 of its bytes in hex; empty when unknown, then nothing is stored.
        store: where measurements are kept, if anywhere.
        cheap: the cheap set only.
        threads, label, progress, cancelled: as `measure_stream`.

    Raises:
        Unsafe, Unreadable, Cancelled: as `measure_stream`.
    """
    pictures, sounds = fresh(cheap)
    versions = _versions(pictures, sounds)
    found, missing = store.load(digest, versions) if store is not None and digest else (None, tuple(versions))
    if found is not None and not missing:
        return replace(found, readings=Readings(store, digest))
    pictures = tuple(meter for meter in pictures if meter.name in missing)
    sounds = tuple(meter for meter in sounds if meter.name in missing)
    share_arenas()
    with opener() as stream:
        made = measure_stream(
            stream, pictures, sounds, threads=threads, label=label, progress=progress, cancelled=cancelled
        )
    if store is not None and digest:
        store.save(digest, made, {name: versions[name] for name in missing})
        kept = store.load(digest, versions)
        if kept[0] is not None and not kept[1]:  # what lies on disk need not lie in memory
            del made, pictures, sounds
            give_back()
            return replace(kept[0], readings=Readings(store, digest))
    give_back()
    meters = {**(found.meters if found is not None else {}), **made.meters}
    return replace(made, meters=meters, readings=Readings(store, digest))
