"""What it costs to build a package to carry away, and to give it out, against a plain copy of the same bytes.

A course of some hours is made of files of random bytes in a fresh instance's store (films are as good as random to a disk). Building
and a whole download through the zip's reader are timed beside `shutil.copyfileobj` of the same files on the same disk, and beside the
same with `fsync`, which is what a disk does; the page cache is warm for all of them, best of some rounds. Memory is the most that
the process took more than before.

    python benchmarks/offline.py [--hours 3] [--rounds 3]

Goals: building reads (for SHA-256, which proves the store, and CRC-32) 300 MB a second or more and takes at most 32 MB; giving out is
at least half as fast as the copy.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]
BYTES_AN_HOUR = 360_000_000
"""Of a 480p film and its signer, as the renditions make them: 800 kbit/s together."""
MOST_MB, LEAST_MB, COPY = 32, 300, 0.5


def filled(hours: int) -> tuple[object, list[Path], int]:
    """An edition with a film for each quarter of an hour; its files and their bytes."""
    from django.conf import settings

    from ketang.classroom.catalogue.models import Course
    from ketang.platform.storage.actions import put
    from ketang.platform.storage.reading import store
    from learning_rows import published_course

    assert settings.configured
    lessons = []
    for number in range(hours * 4):
        film = put(os.urandom(1 << 20) for _piece in range(BYTES_AN_HOUR // 4 >> 20))
        lessons.append(
            {
                "kind": "video",
                "title": f"第 {number + 1} 课",
                "seconds": 900,
                "counts_ms": 900_000,
                "media": film,
                "content_type": "video/mp4",
            }
        )
    course: Course = published_course(lessons=tuple(lessons))
    films = [one.media for one in course.lessons.select_related("media")]
    places = [Path(store().path(film.path)) for film in films if film is not None]
    return course.current, places, sum(place.stat().st_size for place in places)


def _nobody(_done: int, _of: int) -> None:
    """Is told how far it is."""


def best(rounds: int, act: Callable[[], None]) -> float:
    """Seconds of the fastest round."""
    found = []
    for _round in range(rounds):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return min(found)


def measured(hours: int, rounds: int, folder: Path) -> list[str]:
    """Build, give out, copy; gives what misses its goal."""
    from django.utils import timezone

    from ketang.classroom.offline.building import build
    from ketang.classroom.offline.carrying import loads_of
    from ketang.classroom.offline.models import Choice, OfflinePackage
    from ketang.classroom.offline.queries import zip_of
    from ketang.classroom.offline.tickets import ticket_for

    edition, places, size = filled(hours)
    load = loads_of(edition)[Choice.P480]  # type: ignore[arg-type]
    build(load, _nobody)  # templates are loaded, files are in the cache
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    built = []
    seconds = {"build": best(rounds, lambda: built.append(build(load, _nobody)))}
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    package = OfflinePackage(edition=edition, entries=[list(one) for one in built[0].entries], made_at=timezone.now())
    whole = zip_of(package, ticket_for(None, edition, now=1))  # type: ignore[arg-type]
    out = folder / "out"

    def copy(sync: bool = False) -> None:
        with out.open("wb") as target:
            for place in places:
                with place.open("rb") as source:
                    shutil.copyfileobj(source, target, 1 << 20)
            if sync:
                target.flush()
                os.fsync(target.fileno())

    def give() -> None:
        with out.open("wb") as target:
            for piece in whole.read(0, whole.size - 1):
                target.write(piece)

    seconds |= {"copy": best(rounds, copy), "synced": best(rounds, lambda: copy(True)), "give out": best(rounds, give)}
    print(f"{hours} hours, {len(places)} films, {size / 1e6:.0f} MB; the zip is {whole.size / 1e6:.1f} MB")
    for name, took in seconds.items():
        print(f"{name:9} {took:6.2f} s  {size / took / 1e6:7.0f} MB/s  {took / seconds['copy']:.2f} of a copy's time")
    print(f"memory    {more:6.1f} MB more while building")
    missed = []
    if size / seconds["build"] / 1e6 < LEAST_MB:
        missed.append(f"building reads less than {LEAST_MB} MB a second")
    if more > MOST_MB:
        missed.append(f"building takes {more:.0f} MB")
    if seconds["give out"] > seconds["copy"] / COPY:
        missed.append("giving out is slower than half of a copy's speed")
    return missed


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hours", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        os.environ |= {"KETANG_HOME": folder, "DJANGO_SETTINGS_MODULE": "ketang.settings"}
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        subprocess.run([sys.executable, "-m", "ketang", "migrate"], env=environment, check=True, capture_output=True)
        import django

        django.setup()
        missed = measured(asked.hours, asked.rounds, Path(folder))
    for words in missed:
        print("MISSED:", words)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
