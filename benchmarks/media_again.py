"""What a second look at the same file costs beside the first: measurements, pictures and the look itself are kept by digest.

Films are real clips looped packet by packet (`looped_films.py`). Each look is `kebao media` without its start: a process of
its own, an empty store for the first, the same store for the second. CPU seconds; hashing the file counts in both.

    python benchmarks/media_again.py [--seconds 600] [--films 480p,720p,1080p]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from looped_films import FILMS, SHARED, looped  # noqa: E402  the path is set just above

GOAL = 0.02
_RUN = """
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
print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))
"""


def looked(film: Path, store: Path) -> dict[str, float]:
    """Wall and CPU seconds of one look."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(film), str(store)], capture_output=True, text=True, check=True, env=environment
    )
    return dict(json.loads(done.stdout))


def main() -> int:
    """Print the table; 1 when a second look costs more than the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--films", default="480p,720p,1080p")
    asked = parser.parse_args()
    worst = 0.0
    print(f"films of {asked.seconds} s\n")
    print(
        "| film | first look, wall s | CPU s | second, wall s | CPU s | second / first, CPU |\n|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder:
        for film in (one for one in FILMS if one.name in asked.films.split(",")):
            path = looped(SHARED / "media" / film.clip, Path(folder) / f"{film.name}.mp4", asked.seconds)
            first, second = (looked(path, Path(folder) / "store") for _ in range(2))
            share = second["cpu"] / first["cpu"]
            worst = max(worst, share)
            figures = " | ".join(f"{run[unit]:.2f}" for run in (first, second) for unit in ("wall", "cpu"))
            print(f"| {film.name} ({film.note}) | {figures} | {share:.1%} |", flush=True)
    print(f"\ngoal < {GOAL:.0%}: {'reached' if worst < GOAL else 'missed'}")
    return int(worst >= GOAL)


if __name__ == "__main__":
    sys.exit(main())
