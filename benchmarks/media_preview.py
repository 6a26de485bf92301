"""What an instant look costs beside decoding the whole film, on the same files in one run, A B A B.

Films are real clips looped packet by packet (`looped_films.py`). `decode` decodes the picture alone with two threads;
`preview` makes poster and contact sheet from twelve keyframes. Seconds are CPU seconds of a process of its own, without
its start.

    python benchmarks/media_preview.py [--seconds 600] [--rounds 2] [--films 480p,720p,1080p]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from looped_films import FILMS, SHARED, looped  # noqa: E402  the path is set just above

GOAL = 0.10
_RUN = """
import json, sys, time
from pathlib import Path
kind, path = sys.argv[1], Path(sys.argv[2])
import av
from kebao.media.preview import preview
def decode():
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        stream.codec_context.thread_type, stream.codec_context.thread_count = "AUTO", 2
        for packet in film.demux(stream):
            packet.decode()
def look():
    with path.open("rb") as stream:
        preview(stream)
wall, cpu = time.perf_counter(), time.process_time()
(decode if kind == "decode" else look)()
print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))
"""


def measured(kind: str, film: Path) -> dict[str, float]:
    """Wall and CPU seconds of one run."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", _RUN, kind, str(film)], capture_output=True, text=True, check=True, env=environment
    )
    return dict(json.loads(done.stdout))


def main() -> int:
    """Print the table; 1 when a preview costs more than the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--films", default="480p,720p,1080p")
    asked = parser.parse_args()
    worst = 0.0
    print(f"films of {asked.seconds} s, {asked.rounds} rounds; medians\n")
    print(
        "| film | decode, wall s | CPU s | preview, wall s | CPU s | preview / decode, CPU |\n|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder:
        for film in (one for one in FILMS if one.name in asked.films.split(",")):
            path = looped(SHARED / "media" / film.clip, Path(folder) / f"{film.name}.mp4", asked.seconds)
            runs: dict[str, list[dict[str, float]]] = {"decode": [], "preview": []}
            for _ in range(asked.rounds):
                for kind in runs:
                    runs[kind].append(measured(kind, path))
            middle = {
                (kind, unit): statistics.median(run[unit] for run in made)
                for kind, made in runs.items()
                for unit in ("wall", "cpu")
            }
            share = middle["preview", "cpu"] / middle["decode", "cpu"]
            worst = max(worst, share)
            figures = " | ".join(f"{value:.2f}" for value in middle.values())
            print(f"| {film.name} ({film.note}) | {figures} | {share:.1%} |")
    print(f"\ngoal ≤ {GOAL:.0%}: {'reached' if worst <= GOAL else 'missed'}")
    return int(worst > GOAL)


if __name__ == "__main__":
    sys.exit(main())
