"""Speed of making renditions beside the `ffmpeg` command with the same decoder threads, filters and encoder settings, on the same films.

Films at 480p, 720p and 1080p are real clips looped packet by packet (`looped_films.py`). On each, in turn and again (A B A B …):
this engine, and `ffmpeg` making the same files in one command: 720p (where the film is larger than 480p) and 480p by H.264, the
sound by AAC in each and alone. Each run is a process of its own; seconds are the process's whole life, interpreter and imports
included. A ratio is `ffmpeg`'s seconds by ours: above 1.0 we are quicker. With `--loudness` both measure the sound first and
then bring it to −18 LUFS (`ffmpeg` by `ebur128`, then `volume`).

    python benchmarks/renditions.py [--seconds 60] [--rounds 3] [--films 480p,720p,1080p] [--loudness]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from looped_films import FILMS, SHARED, looped  # noqa: E402  the path is set just above

from kebao.media.renditions.recipes import KEYFRAME_SECONDS, PRESET, SAMPLE_RATE, SOUND_BITS, Size  # noqa: E402

GOAL, TARGET = 0.95, -18.0
_ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
_RUN = """
import json, sys
from pathlib import Path
from kebao.media.renditions.making import make_renditions
film, folder, target = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if sys.argv[3] else None
with film.open("rb") as stream:
    made = make_renditions(stream, folder, target_lufs=target)
status = Path("/proc/self/status").read_text()
print(json.dumps({"mb": int(status.partition("VmHWM:")[2].split()[0]) / 1024, "gain": made.gain_db,
    "sizes": [(one.name, one.width, one.height) for one in made.renditions if one.width]}))
"""


def timed(command: list[str], **more: object) -> tuple[dict[str, float], str]:
    """Wall and CPU seconds and peak memory of one command, and what it printed."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
    said = child.stdout.read()
    told = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"failed: {' '.join(command)}\n{told[-2000:]}")
    wall = time.perf_counter() - start
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024}, said + told


def ours(film: Path, folder: Path, *, loudness: bool) -> tuple[dict[str, float], dict]:
    """One run of this engine."""
    seen, said = timed([sys.executable, "-c", _RUN, str(film), str(folder), str(TARGET) if loudness else ""], env=_ENV)
    return seen, json.loads(said)


def theirs(
    film: Path, folder: Path, sizes: list[tuple[str, int, int]], fps: float, *, loudness: bool
) -> dict[str, float]:
    """One run of the `ffmpeg` command, after one that measures where loudness is wanted."""
    before = {"wall": 0.0, "cpu": 0.0, "mb": 0.0}
    gain = ""
    if loudness:
        before, said = timed(["ffmpeg", "-nostdin", "-i", str(film), "-vn", "-af", "ebur128", "-f", "null", "-"])
        gain = f"volume={TARGET - float(re.findall(r'I: +(-?[0-9.]+) LUFS', said)[-1]):.2f}dB,"
    scaled = ";".join(
        f"[s{n}]scale={across}:{down}:flags=bicubic:out_range=tv,format=yuv420p[v{n}]"
        for n, (_name, across, down) in enumerate(sizes)
    )
    graph = f"[0:v]split={len(sizes)}{''.join(f'[s{n}]' for n in range(len(sizes)))};{scaled}"
    sounds = "".join(f"[a{n}]" for n in range(len(sizes) + 1))
    graph += f";[0:a]{gain}aresample={SAMPLE_RATE},aformat=channel_layouts=stereo,asplit={len(sizes) + 1}{sounds}"
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(film), "-filter_complex", graph]
    for n, (name, _across, _down) in enumerate(sizes):
        size: Size = next(one for one in _sizes() if one.name == name)
        command += [
            "-map", f"[v{n}]", "-map", f"[a{n}]", "-c:v", "libx264", "-preset", PRESET, "-crf", str(size.crf),
            "-maxrate", f"{size.most_kbps}k", "-bufsize", f"{2 * size.most_kbps}k", "-g", str(round(KEYFRAME_SECONDS * fps)),
            "-profile:v", "high", "-c:a", "aac", "-b:a", str(SOUND_BITS), "-movflags", "+faststart", str(folder / f"f-{name}.mp4"),
        ]  # fmt: skip
    command += [
        "-map", f"[a{len(sizes)}]", "-c:a", "aac", "-b:a", str(SOUND_BITS), "-movflags", "+faststart", str(folder / "f-audio.m4a")
    ]  # fmt: skip
    seen, _ = timed(command)
    return {key: (max if key == "mb" else lambda *both: sum(both))(seen[key], before[key]) for key in seen}


def _sizes() -> tuple[Size, ...]:
    from kebao.media.renditions.recipes import SIZES

    return SIZES


def compare(name: str, film: Path, rounds: int, folder: Path, *, loudness: bool) -> tuple[float, float]:
    """Both in turn; prints the table, gives the ratio of wall and of CPU seconds."""
    import av

    with av.open(str(film)) as opened:
        fps = float(opened.streams.video[0].average_rate)
        seconds = float(opened.duration / 1_000_000)
    _first, made = ours(film, folder, loudness=loudness)  # also warms the disk's cache
    sizes = [tuple(one) for one in made["sizes"]]
    rows: dict[str, list[dict[str, float]]] = {"kebao": [], "ffmpeg": []}
    for _ in range(rounds):
        rows["kebao"].append(ours(film, folder, loudness=loudness)[0])
        rows["ffmpeg"].append(theirs(film, folder, sizes, fps, loudness=loudness))
    shown = ", ".join(f"{one[0]} {one[1]}×{one[2]}" for one in sizes)
    print(f"\n{name}: {seconds:.0f} s → {shown}, audio{' at −18 LUFS' if loudness else ''}")
    print(f"{'':10}{'wall s':>18}{'cpu s':>18}{'peak MB':>10}")
    for who, seen in rows.items():
        walls, cpus = (" ".join(f"{row[key]:.1f}" for row in seen) for key in ("wall", "cpu"))
        print(f"{who:10}{walls:>18}{cpus:>18}{max(row['mb'] for row in seen):>10.0f}")
    wall, cpu = (
        statistics.median(row[key] for row in rows["ffmpeg"]) / statistics.median(row[key] for row in rows["kebao"])
        for key in ("wall", "cpu")
    )
    print(f"ratio (ffmpeg by kebao, medians): wall {wall:.2f}, cpu {cpu:.2f}; goal ≥{GOAL}")
    written = {one.name: one.stat().st_size // 1024 for one in sorted(folder.iterdir())}
    print("KiB:", ", ".join(f"{key} {size}" for key, size in written.items()))
    return wall, cpu


def main() -> None:
    """Every film in turn."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--films", default="480p,720p,1080p")
    asked.add_argument("--loudness", action="store_true")
    given = asked.parse_args()
    if shutil.which("ffmpeg") is None:
        raise SystemExit("the `ffmpeg` command is not installed")
    version = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    print(version, f"· {os.cpu_count()} cores · load {os.getloadavg()[0]:.1f}")
    ratios = {}
    with tempfile.TemporaryDirectory() as folder:
        for film in FILMS:
            if film.name in given.films.split(","):
                out = Path(folder) / film.name
                out.mkdir()
                path = looped(SHARED / "media" / film.clip, Path(folder) / f"{film.name}.mp4", given.seconds)
                ratios[film.name] = compare(film.note, path, given.rounds, out, loudness=given.loudness)
    print("\n" + "; ".join(f"{name}: wall {wall:.2f}, cpu {cpu:.2f}" for name, (wall, cpu) in ratios.items()))


if __name__ == "__main__":
    main()
