"""What the fuzz targets share: guided runs with atheris, runs at random without it, seeds, the count of what was run.

An input is one byte that says which target takes it, and what the target takes. Everything but `Unreadable` (and `Unsafe`,
which is one) is a crash.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

try:
    import atheris  # type: ignore[import-not-found]
except ImportError:
    atheris = None

Target = Callable[[bytes], object]

LARGEST_SEED = 64 << 10
SLOW_S = 20
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
"""Where inputs that have to be files lie: in memory where that can be had."""


def instrumented() -> AbstractContextManager[object]:
    """What is imported inside is followed by atheris, where it is installed."""
    return nullcontext() if atheris is None else atheris.instrument_imports(include=["kebao"])


def small_files(folders: Sequence[Path]) -> Iterator[Path]:
    """Files of the folders that are small enough for a seed, in order."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_size <= LARGEST_SEED:
                yield path


def mutated(chance: random.Random, pool: Sequence[bytes]) -> bytes:
    """A seed with a few bytes flipped, cut, doubled or taken from another seed; its target stays."""
    seed = chance.choice(pool)
    content = bytearray(seed[1:])
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(content) + 1)
        match chance.randrange(6):
            case 0 if content:
                content[at % len(content)] ^= 1 << chance.randrange(8)
            case 1:
                content[at : at + chance.randrange(1, 9)] = chance.randbytes(chance.randrange(9))
            case 2:
                content[at : at + 4] = chance.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", b"PK\x01\x02", b"PK\x03\x04", b"\x7f\xff\xff\xff")
                )
            case 3:
                del content[at : at + chance.randrange(1, 200)]
            case 4:
                other = chance.choice(pool)
                start = chance.randrange(len(other) + 1)
                content[at:at] = other[start : start + chance.randrange(1, 400)]
            case _:
                content[at:at] = content[at : at + chance.randrange(1, 60)]
    return seed[:1] + bytes(content)


def run(targets: Sequence[Target], seeds: Callable[[Sequence[Path]], Iterator[tuple[Target, bytes]]]) -> None:
    """Fuzz the targets with the seeds found in the folders that the command line names.

    `-max_total_time=SECONDS` and libFuzzer's other options are passed on. `FUZZ_AT_RANDOM=1` leaves atheris out, `FUZZ_SEED`
    begins another run at random.
    """
    refusal = _refusal()

    def one(content: bytes) -> None:
        if content:
            with suppress(refusal):
                targets[content[0] % len(targets)](content[1:])

    options = [argument for argument in sys.argv[1:] if argument.startswith("-")]
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    pool = [bytes((targets.index(target),)) + content for target, content in seeds(folders)]
    pool += [bytes((number,)) for number in range(len(targets))]
    if atheris is None or os.environ.get("FUZZ_AT_RANDOM"):
        seconds = next((float(a.partition("=")[2]) for a in options if a.startswith("-max_total_time")), 600.0)
        _at_random(one, pool, seconds, int(os.environ.get("FUZZ_SEED", "1")))
        return
    begin = FOLDER / "seeds"
    begin.mkdir()
    for number, content in enumerate(pool):
        (begin / str(number)).write_bytes(content)
    atheris.Setup([sys.argv[0], str(begin), f"-max_len={LARGEST_SEED}", f"-timeout={SLOW_S}", *options], one)
    atheris.Fuzz()


def _refusal() -> type[Exception]:
    from kebao.model.errors import Unreadable  # only now: what is fuzzed is imported first, under `instrumented`

    return Unreadable


def _at_random(one: Target, pool: Sequence[bytes], seconds: float, seed: int) -> None:
    """Without coverage: count what was run, stop at the first crash and keep its input."""
    chance = random.Random(seed)
    started, runs, slowest = time.monotonic(), 0, 0.0
    while time.monotonic() - started < seconds:
        content = mutated(chance, pool)
        before = time.perf_counter()
        try:
            one(content)
        except BaseException:
            kept = Path(f"crash-{seed}-{runs}")
            kept.write_bytes(content)
            print(f"crash after {runs} runs, its input is kept in {kept}")
            raise
        slowest = max(slowest, time.perf_counter() - before)
        runs += 1
    print(f"{runs} runs, no crash, slowest {slowest:.2f} s")
