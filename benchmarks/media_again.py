"""What a second look at the same file costs beside the first: measurements, readings, pictures and looks are kept by digest.

Films are real clips looped packet by packet (`looped_films.py`). `check` is the whole `kebao check` of a folder that holds the
film, from starting the interpreter to writing the report; `media` is `kebao media` without its start. Each run is a process
of its own, an empty store for the first, the same store for the second. CPU seconds; hashing the file counts in both. Both
checks must write the same report, byte for byte.

    python benchmarks/media_again.py [--seconds 2700] [--films 480p,720p,1080p] [--only check|media]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from looped_films import FILMS, SHARED, looped  # noqa: E402  the path is set just above

GOAL = 0.02
_MEDIA = """
import json, sys, time
from datetime import date
from pathlib import Path
from kebao.cli.kept_look import kept_or_looked
from kebao.engine.measuring import Measuring
from kebao.engine.medium import Looking, look
from kebao.media.store import Store
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.medium import open_medium
books = tuple(load(name, all_rules()) for name in shipped_ids())
wall, cpu = time.perf_counter(), time.process_time()
with open_medium(Path(sys.argv[1]), as_of=date(2023, 8, 31)) as medium:
    how = Looking(Measuring(Store(Path(sys.argv[2])), 2))
    kept_or_looked(medium, books, how, lambda: look(medium, books, how))
Path(sys.argv[3]).write_text(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))
"""
Spent = dict[str, float]


def _child(command: list[str], store: Path) -> Spent:
    """Wall, CPU and peak memory of one process, by the system's account of it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KEBAO_CACHE": str(store)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, not at every start
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, environment, file_actions=quiet)
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: the report has findings
        raise SystemExit(f"failed: {' '.join(command)}")
    wall = time.perf_counter() - start
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024}


def checked(film: Path, store: Path, report: Path) -> Spent:
    """One whole `kebao check` of the film's folder."""
    said = ["check", str(film.parent), "--format", "json", "--out", str(report)]
    return _child([sys.executable, "-c", "from kebao.cli.main import main; main()", *said], store)


def looked(film: Path, store: Path, report: Path) -> Spent:
    """One look of `kebao media`."""
    spent = _child([sys.executable, "-c", _MEDIA, str(film), str(store), str(report)], store)
    return {**spent, **json.loads(report.read_text(encoding="utf-8"))}


RUNS: dict[str, Callable[[Path, Path, Path], Spent]] = {"check": checked, "media": looked}


def compare(kind: str, name: str, film: Path, folder: Path) -> float:
    """First and second run; prints a line, gives the share of CPU.

    Raises:
        SystemExit: the second check says something else than the first.
    """
    reports = [folder / f"{kind}-{name}-{turn}.json" for turn in (1, 2)]
    first, second = (RUNS[kind](film, folder / f"store-{kind}-{name}", report) for report in reports)
    if kind == "check" and reports[0].read_bytes() != reports[1].read_bytes():
        raise SystemExit(f"{name}: the second report differs from the first")
    share = second["cpu"] / first["cpu"]
    figures = " | ".join(f"{run['wall']:.1f} | {run['cpu']:.2f} | {run['mb']:.0f}" for run in (first, second))
    print(f"| {kind} | {name} | {figures} | {share:.1%} |", flush=True)
    return share


def main() -> int:
    """Print the table; 1 when a second run costs more than the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=2700)
    parser.add_argument("--films", default="480p,720p,1080p")
    parser.add_argument("--only", choices=tuple(RUNS), action="append")
    asked = parser.parse_args()
    wanted = [film for film in FILMS if film.name in asked.films.split(",")]
    print("\n".join(f"{film.name}: {film.note}, {asked.seconds} s" for film in wanted), end="\n\n")
    print("| | film | first: wall s | CPU s | MB | second: wall s | CPU s | MB | second / first, CPU |")
    print("|---|---|---|---|---|---|---|---|---|")
    shares = []
    for film in wanted:
        with tempfile.TemporaryDirectory() as held:
            folder = Path(held)
            (folder / "package").mkdir()
            path = looped(SHARED / "media" / film.clip, folder / "package" / f"{film.name}.mp4", asked.seconds)
            shares += [compare(kind, film.name, path, folder) for kind in asked.only or RUNS]
    print(f"\ngoal < {GOAL:.0%}: {'reached' if max(shares) < GOAL else 'missed'}")
    return int(max(shares) >= GOAL)


if __name__ == "__main__":
    sys.exit(main())
