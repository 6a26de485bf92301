"""Memory does not grow with a medium's length."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from making import make_clip

MOST_MEGABYTES = 400
_PEAK = """
import sys
from kebao.media.passage import measure_stream
from kebao.media.roster import fresh
pictures, sounds = fresh()
with open(sys.argv[1], "rb") as stream:
    measure_stream(stream, pictures, sounds, threads=1)
# Not ru_maxrss: it counts what the parent held before exec, too.
print(int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) / 1024)
"""


def peak_megabytes(film: Path) -> float:
    """Greatest resident memory of a small process that measures a film with every meter."""
    done = subprocess.run([sys.executable, "-c", _PEAK, str(film)], capture_output=True, text=True, check=True)
    return float(done.stdout)


@pytest.mark.parametrize(
    "short, long", [(60, 240), pytest.param(1800, 5400, marks=[pytest.mark.sweep, pytest.mark.timeout(1800)])]
)
def test_an_hour_more_costs_a_hundred_megabytes_at_most(short: int, long: int, tmp_path: Path) -> None:
    """Of an hour at 25 pictures a second the meters keep 41 MB and the demuxer an index of 18 MB; 77 MB were measured in all.

    So three hours fit into 400 MB, and a film of any length does not.
    """
    one, other = (peak_megabytes(make_clip(tmp_path / f"{n}.mp4", n)) for n in (short, long))
    print(f"peak {one:.0f} MB at {short} s, {other:.0f} MB at {long} s")
    assert other <= MOST_MEGABYTES
    assert other - one <= 10 + 100 * (long - short) / 3600


_FREED = """
from kebao.media.memory import give_back
resident = lambda: int(open("/proc/self/status").read().partition("VmRSS:")[2].split()[0]) / 1024
held = [bytes(60_000) for _ in range(3000)]
kept = [held[n] for n in range(0, 3000, 300)]  # here and there a piece that keeps the heap from shrinking by itself
del held
before = resident()
give_back()
print(before - resident())
"""


def test_what_was_freed_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", _FREED], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 100  # of 172 MB
