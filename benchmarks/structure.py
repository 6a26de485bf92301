"""Structure without decoding: a bank of questions, a 10 GB folder, a 2 GB zip, hashing.

Prints, in one run: seconds and peak memory to read and check a bank of 1 000, 10 000 and 100 000 questions from xlsx;
seconds and peak memory of `kebao check` without hashing on a folder of 500 videos (10 GB, hard links of one real clip made
here, so every header is really probed), on 500 sparse files, and on a 2 GB zip of stored videos; and the speed of hashing
beside `sha256sum` on the same file, A B A B.

    python benchmarks/structure.py [--quick]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

GOAL_STRUCTURE_S, GOAL_MEMORY_MB, GOAL_BANK_S, GOAL_HASH = 3.0, 300.0, 5.0, 0.8

_RUN = """
import json, sys, time
from datetime import date
from pathlib import Path
start = time.perf_counter()
from kebao.engine.check import check
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.opening import open_any
imported = time.perf_counter()
books = (load("tianjin/2023", all_rules()),)
with open_any(Path(sys.argv[1]), occupations=None, as_of=date(2023, 8, 31)) as opened:
    report = check(opened.package, books, digests=False, jobs=2)
print(json.dumps({
    "import_s": imported - start, "check_s": time.perf_counter() - imported, "files": report.summary.files,
    "cpu_s": time.process_time(),
    "questions": len(opened.package.questions), "crashes": len(report.crashes),
    "peak_mb": int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024,
}))
"""


def measured(path: Path) -> dict[str, float]:
    """`kebao check` without hashing, in a process of its own (its peak by VmHWM: getrusage counts the parent's before exec, too)."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    return json.loads(done.stdout)


def bank(folder: Path, count: int) -> Path:
    """A folder with a bank of `count` questions, no two alike, as xlsx: one file, or several of 10 000 (a sheet's XML has a limit)."""
    from kebao.questions.formats.xlsx_writer import write_paper
    from kebao.subjects.sketch import paper

    root = folder / f"网络课程+某某学校+题库{count}"
    (root / "试卷").mkdir(parents=True)
    each = min(count, 10_000)
    for number in range(count // each):
        made = paper(first=number * each + 1, count=each, total=Decimal(2 * each))
        write_paper(made, root / "试卷" / f"试卷{number + 1}.xlsx")
    return root


def videos(folder: Path, count: int, megabytes: int) -> Path:
    """`count` names of one real clip of about `megabytes` MB: hard links, so the disk holds it once."""
    from making import make_clip

    root = folder / f"网络课程+某某学校+{count}个视频"
    clip = make_clip(folder / "clip.mp4", 600)
    with clip.open("ab") as file:  # a `free` box of the wanted length behind the film
        size = megabytes * 1_000_000 - clip.stat().st_size
        file.write(size.to_bytes(4, "big") + b"free")
        file.truncate(megabytes * 1_000_000)
    for number in range(count):
        target = root / f"第{number // 25 + 1}章" / f"第{number + 1}讲 操作步骤.mp4"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.hardlink_to(clip)
    return root


def sparse(folder: Path, count: int, megabytes: int) -> Path:
    """`count` sparse files without content."""
    root = folder / f"网络课程+某某学校+{count}个空洞文件"
    root.mkdir()
    for number in range(count):
        with (root / f"第{number + 1}讲.mp4").open("wb") as file:
            file.truncate(megabytes * 1_000_000)
    return root


def zipped(folder: Path, source: Path, gigabytes: float) -> Path:
    """A zip of stored videos of about that size."""
    path = folder / "网络课程+某某学校+压缩包.zip"
    total = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        for file in sorted(source.rglob("*.mp4")):
            if total >= gigabytes * 1e9:
                break
            packed.write(file, f"课程/{file.relative_to(source)}")
            total += file.stat().st_size
    return path


def hashing(folder: Path, megabytes: int) -> float:
    """Our speed over `sha256sum`'s on one file, both warm, two turns each, best of each."""
    from kebao.archive.opening import open_tree

    root = folder / "hash"
    root.mkdir()
    block = os.urandom(1 << 20)
    with (root / "a.bin").open("wb") as file:
        for _ in range(megabytes):
            file.write(block)
    ours, theirs = [], []
    for _ in range(2):
        start = time.perf_counter()
        subprocess.run(["sha256sum", str(root / "a.bin")], check=True, capture_output=True)
        theirs.append(time.perf_counter() - start)
        start = time.perf_counter()
        with open_tree(root) as tree:
            tree.digest("a.bin")
        ours.append(time.perf_counter() - start)
    print(
        f"hashing {megabytes} MB: kebao {megabytes / min(ours):.0f} MB/s, sha256sum {megabytes / min(theirs):.0f} MB/s"
    )
    return min(theirs) / min(ours)


def main(quick: bool) -> int:
    """Print every figure beside its goal; 1 when a goal is missed."""
    missed: list[str] = []

    def goal(name: str, value: float, limit: float, *, at_least: bool = False) -> None:
        good = value >= limit if at_least else value < limit
        print(f"  {'ok ' if good else 'MISSED'} {name}: {value:.2f} ({'≥' if at_least else '<'} {limit:g})")
        if not good:
            missed.append(name)

    with tempfile.TemporaryDirectory(prefix="kebao-bench-") as temporary:
        folder = Path(temporary)
        previous = 0.0
        for count in (1_000, 10_000) if quick else (1_000, 10_000, 100_000):
            figures = measured(bank(folder, count))
            assert figures["questions"] == count
            assert figures["crashes"] == 0
            growth = f", ×{figures['check_s'] / previous:.1f} for ×10" if previous else ""
            print(
                f"bank of {count}: {figures['check_s']:.2f} s ({figures['cpu_s']:.2f} s CPU with imports), {figures['peak_mb']:.0f} MB{growth}"
            )
            previous = figures["check_s"]
            if count == 10_000:
                goal("10 000 questions, seconds", figures["check_s"], GOAL_BANK_S)
        count, megabytes = (100, 20) if quick else (500, 20)
        root = videos(folder, count, megabytes)
        cases = {
            f"{count} videos of {megabytes} MB": root,
            f"{count} sparse files of {megabytes} MB": sparse(folder, count, megabytes),
            "zip of stored videos": zipped(folder, root, 0.2 if quick else 2.0),
        }
        for name, path in cases.items():
            figures = measured(path)
            print(
                f"{name}: {figures['files']} files, {figures['check_s']:.2f} s (+ {figures['import_s']:.2f} s imports; {figures['cpu_s']:.2f} s CPU), {figures['peak_mb']:.0f} MB"
            )
            goal("seconds", figures["check_s"] + figures["import_s"], GOAL_STRUCTURE_S)
            goal("peak MB", figures["peak_mb"], GOAL_MEMORY_MB)
        goal("hashing ÷ sha256sum", hashing(folder, 256 if quick else 1024), GOAL_HASH, at_least=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
