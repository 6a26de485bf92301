"""Speed of the one-pass engine beside decoding alone and beside FFmpeg's own filters, on the same films in one run.

Films of ten minutes at 480p, 720p and 1080p are real clips looped packet by packet (`looped_films.py`). On each film, in
turn and twice over (A B A B …): decoding alone by the `ffmpeg` command and by PyAV, this engine with every meter and with
the cheap set, and the nearest graph of FFmpeg's filters. Each run is a process of its own with two decoding threads; wall
and CPU seconds are those of the pass (of the whole process for `ffmpeg`), memory is the process's peak. Then one and two
one-thread processes with every meter. A ratio is decoding's seconds by the run's seconds: 1.0 is decoding alone.

    python benchmarks/media_speed.py [--seconds 600] [--rounds 2] [--films 480p,720p,1080p] [--short]

`--short` stays below eight minutes on two quiet cores: films of five minutes, without the rows of the `ffmpeg` command, and the
processes side by side on the first film alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from looped_films import FILMS, SHARED, looped  # noqa: E402  the path is set just above

GOAL_ALL, GOAL_CHEAP, GOAL_MEMORY_MB, GOAL_TWO = 0.80, 0.90, 400.0, 1.8

_RUN = """
import json, resource, sys, time
from pathlib import Path
kind, path, threads = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
from kebao.media.passage import measure_stream
from kebao.media.roster import fresh
import av
av.logging.set_level(None)
def pyav():
    with av.open(str(path)) as film:
        streams = [*film.streams.video[:1], *film.streams.audio[:1]]
        for stream in streams:
            stream.codec_context.thread_type, stream.codec_context.thread_count = "AUTO", threads
        for packet in film.demux(*streams):
            packet.decode()
def ours():
    pictures, sounds = fresh(kind == "cheap")
    with path.open("rb") as stream:
        measure_stream(stream, pictures, sounds, threads=threads)
start, cpu = time.perf_counter(), time.process_time()
(pyav if kind == "pyav" else ours)()
print(json.dumps({"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu,
    "mb": int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024}))
"""
_GRAPH = "[0:v]scale=320:180,signalstats,scdet,freezedetect,blackdetect,deshake[v];[0:a]ebur128,astats,silencedetect[a]"
_ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def python(kind: str, film: Path, threads: int = 2) -> dict[str, float]:
    """One run of ours or of PyAV alone in a process of its own."""
    command = [sys.executable, "-c", _RUN, kind, str(film), str(threads)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=_ENV).stdout)


def ffmpeg(film: Path, *more: str) -> dict[str, float]:
    """One run of the `ffmpeg` command; CPU and peak memory from the system's account of that child."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-threads", "2", "-i", str(film), *more, "-f", "null", "-"]
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"ffmpeg failed: {' '.join(command)}")
    return {"wall": time.perf_counter() - start, "cpu": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024}


def compare(name: str, film: Path, rounds: int, *, beside_ffmpeg: bool) -> dict[str, float]:
    """Every kind of run in turn, `rounds` times; prints the table and gives the ratios that have goals."""
    runs = {"PyAV, decoding alone": lambda: python("pyav", film)}
    if beside_ffmpeg:
        runs = {"ffmpeg, decoding alone": lambda: ffmpeg(film), **runs}
    runs |= {"kebao, every meter": lambda: python("all", film), "kebao, cheap set": lambda: python("cheap", film)}
    if beside_ffmpeg:
        runs["ffmpeg, nearest filters at 320×180"] = lambda: ffmpeg(
            film, "-filter_complex", _GRAPH, "-map", "[v]", "-map", "[a]"
        )
    seen: dict[str, list[dict[str, float]]] = {kind: [] for kind in runs}
    for _ in range(rounds):
        for kind, run in runs.items():
            seen[kind].append(run())
    best = {
        kind: {key: statistics.median(row[key] for row in rows) for key in ("wall", "cpu", "mb")}
        for kind, rows in seen.items()
    }
    base = best["PyAV, decoding alone"]
    print(f"\n{name}\n{'':38}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'wall ratio':>12}{'CPU ratio':>11}")
    for kind, row in best.items():
        ratios = base["wall"] / row["wall"], base["cpu"] / row["cpu"]
        print(f"{kind:38}{row['wall']:9.2f}{row['cpu']:9.2f}{row['mb']:9.0f}{ratios[0]:12.2f}{ratios[1]:11.2f}")
    every, cheap = best["kebao, every meter"], best["kebao, cheap set"]
    return {
        "all": min(base["wall"] / every["wall"], base["cpu"] / every["cpu"]),
        "cheap": min(base["wall"] / cheap["wall"], base["cpu"] / cheap["cpu"]),
        "mb": max(every["mb"], cheap["mb"]),
    }


def two_processes(film: Path, rounds: int) -> float:
    """Work done by two one-thread processes at once, by that of one alone in the same time (wall)."""
    ratios = []
    for _ in range(rounds):
        alone = python("all", film, threads=1)["wall"]
        with ThreadPoolExecutor(2) as pool:
            both = [row["wall"] for row in pool.map(lambda _: python("all", film, threads=1), range(2))]
        ratios.append(2 * alone / max(both))
    return statistics.median(ratios)


def main() -> None:
    """Run, print, and say which goals are met."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=int)
    asked.add_argument("--short", action="store_true")
    asked.add_argument("--rounds", type=int, default=2)
    asked.add_argument("--films", default=",".join(film.name for film in FILMS))
    given = asked.parse_args()
    if not (SHARED / "media" / "manifest.csv").is_file():
        raise SystemExit("The films are made of shared clips: set KEBAO_SHARED to the folder that holds media/.")
    if not shutil.which("ffmpeg"):
        print("No `ffmpeg` command on this machine: its two rows are left out (Debian: apt install ffmpeg).")
    seconds = given.seconds or (300 if given.short else 600)
    wanted = [film for film in FILMS if film.name in given.films.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        films = {
            film: looped(SHARED / "media" / film.clip, Path(folder) / f"{film.name}.mp4", seconds) for film in wanted
        }
        results = {
            film.name: compare(
                f"{film.name}: {film.note}, {seconds} s",
                path,
                given.rounds,
                beside_ffmpeg=not given.short and shutil.which("ffmpeg") is not None,
            )
            for film, path in films.items()
        }
        beside = list(films.items())[: 1 if given.short else None]
        two = {film.name: two_processes(path, given.rounds) for film, path in beside}
    print()
    for name, row in results.items():
        print(
            f"{name}: every meter {row['all']:.2f} (goal ≥{GOAL_ALL}) · cheap set {row['cheap']:.2f} (goal ≥{GOAL_CHEAP}) · "
            f"peak {row['mb']:.0f} MB (goal ≤{GOAL_MEMORY_MB:.0f})"
            + (f" · two processes {two[name]:.2f}× (goal ≥{GOAL_TWO})" if name in two else "")
        )


if __name__ == "__main__":
    main()
