"""Fuzzing of the archive room: anything but `Unreadable` (and `Unsafe`, which is one) is a crash.

    python tests/fuzz/fuzz_archive.py [CORPUS_FOLDER] [-max_total_time=600]

With atheris the run is guided by coverage; without it, samples are mutated at random. Limits are small, so that an
input that costs much is seen as slow and not as dead.
"""

from __future__ import annotations

import io
import os
import random
import sys
import tempfile
import time
from pathlib import Path

try:
    import atheris  # type: ignore[import-not-found]
except ImportError:
    atheris = None

if atheris is not None:
    with atheris.instrument_imports(include=["kebao.archive"]):
        from kebao.archive.images import image_facts
        from kebao.archive.limits import Limits
        from kebao.archive.names import decode_name, decode_text, path_fault
        from kebao.archive.office import vet_office
        from kebao.archive.opening import open_tree
        from kebao.archive.sniff import mislabel, sniff
        from kebao.archive.xml import parse_xml
else:
    from kebao.archive.images import image_facts
    from kebao.archive.limits import Limits
    from kebao.archive.names import decode_name, decode_text, path_fault
    from kebao.archive.office import vet_office
    from kebao.archive.opening import open_tree
    from kebao.archive.sniff import mislabel, sniff
    from kebao.archive.xml import parse_xml

from kebao.model.errors import Unreadable

LIMITS = Limits(
    unpacked_bytes=4 << 20,
    ratio_grace_bytes=1 << 20,
    entries=500,
    xml_bytes=1 << 20,
    xml_nodes=20_000,
    member_bytes=1 << 20,
)
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-archive-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
ARCHIVE = FOLDER / "t.zip"
TARGETS = ("tree", "office", "image", "xml", "names")


def tree(content: bytes) -> None:
    """Open, list, read everything forwards, then jump about."""
    ARCHIVE.write_bytes(content)
    with open_tree(ARCHIVE, LIMITS) as opened:
        for entry in opened.entries:
            assert path_fault(entry.path, LIMITS) is None or opened.notes
            try:
                assert len(opened.read(entry.path)) == entry.size
            except Unreadable:
                continue
            with opened.open(entry.path) as stream:
                stream.seek(entry.size // 2)
                stream.read(10)
                stream.seek(0)
                stream.read(10)


def names(content: bytes) -> None:
    """Names, texts and kinds."""
    name, _ = decode_name(content[:300], extra=content[300:])
    path_fault(name, LIMITS)
    mislabel(name, sniff(content[:4096], content[-4096:]))
    decode_text(content)


def one(content: bytes) -> None:
    """One input: the first byte says which reader it goes to."""
    if not content:
        return
    target, content = TARGETS[content[0] % len(TARGETS)], content[1:]
    try:
        if target == "tree":
            tree(content)
        elif target == "office":
            vet_office(io.BytesIO(content), LIMITS, "a.docx")
        elif target == "image":
            image_facts(io.BytesIO(content), LIMITS, "a.png")
        elif target == "xml":
            parse_xml(content, LIMITS)
        else:
            names(content)
    except Unreadable:
        pass


def samples(folder: Path) -> list[bytes]:
    """Files of up to 64 KB from the folders given, each once for the reader it suits and once for a random one."""
    readers = {
        ".png": 2,
        ".gif": 2,
        ".svg": 2,
        ".jpg": 2,
        ".xml": 3,
        ".docx": 1,
        ".xlsx": 1,
        ".xls": 1,
        ".doc": 1,
        ".csv": 4,
    }
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size <= 64 << 10:
            content = path.read_bytes()
            found += [bytes([readers.get(path.suffix, 0)]) + content, bytes([hash(path.name) % 5]) + content]
    return found


def mutated(chance: random.Random, pool: list[bytes]) -> bytes:
    """A sample with a few bytes flipped, cut, doubled or taken from another sample."""
    content = bytearray(chance.choice(pool))
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
    return bytes(content) or b"\0"


def at_random(pool: list[bytes], seconds: float, seed: int) -> None:
    """Without coverage: count executions, stop at the first crash and keep its input."""
    chance = random.Random(seed)
    started, runs, slowest = time.monotonic(), 0, 0.0
    while time.monotonic() - started < seconds:
        content = mutated(chance, pool)
        before = time.perf_counter()
        try:
            one(content)
        except BaseException:
            Path(f"crash-{runs}").write_bytes(content)
            print(f"crash after {runs} runs, input kept in crash-{runs}")
            raise
        slowest = max(slowest, time.perf_counter() - before)
        runs += 1
    print(f"{runs} runs, no crash, slowest {slowest:.2f} s")


def main() -> None:
    """Read the samples, then fuzz."""
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    pool = [content for folder in folders for content in samples(folder)] or [bytes([n]) for n in range(5)]
    if atheris is None or os.environ.get("FUZZ_AT_RANDOM"):
        seconds = next((float(a.partition("=")[2]) for a in sys.argv if a.startswith("-max_total_time")), 600.0)
        at_random(pool, seconds, int(os.environ.get("FUZZ_SEED", "1")))
        return
    seeds = FOLDER / "seeds"
    seeds.mkdir()
    for number, content in enumerate(pool):
        (seeds / str(number)).write_bytes(content)
    options = [argument for argument in sys.argv[1:] if argument.startswith("-")]
    atheris.Setup([sys.argv[0], str(seeds), "-max_len=65536", "-timeout=20", *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
