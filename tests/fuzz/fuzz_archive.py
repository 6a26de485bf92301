"""Fuzz the archive room: trees, office files, pictures, XML, names.

    cd tests && ../.venv/bin/python -m fuzz.fuzz_archive FOLDER_OF_SEEDS… -max_total_time=300

Ten minutes are `-max_total_time=300` here and in `fuzz_manifest.py`. With atheris (the dependency group `fuzz`) the run is
guided by coverage; without it, seeds are changed at random. A crash leaves its input in the working folder; given as the only
argument to atheris, or added to a test, it crashes again. Limits are small, so that an input that costs much is seen as slow.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from fuzz.harness import FOLDER, Target, instrumented, run, small_files

with instrumented():
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
ARCHIVE = FOLDER / "t.zip"


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


def office(content: bytes) -> None:
    """A vetted office file."""
    vet_office(io.BytesIO(content), LIMITS, "a.docx")


def picture(content: bytes) -> None:
    """Format and size of a picture."""
    image_facts(io.BytesIO(content), LIMITS, "a.png")


def xml(content: bytes) -> None:
    """A parsed document."""
    parse_xml(content, LIMITS)


def names(content: bytes) -> None:
    """Names, texts and kinds."""
    name, _ = decode_name(content[:300], extra=content[300:])
    path_fault(name, LIMITS)
    mislabel(name, sniff(content[:4096], content[-4096:]))
    decode_text(content)


TARGETS: tuple[Target, ...] = (tree, office, picture, xml, names)
_READERS: dict[str, Target] = {
    ".png": picture, ".gif": picture, ".svg": picture, ".jpg": picture, ".xml": xml, ".docx": office, ".xlsx": office,
    ".xls": office, ".doc": office, ".csv": names, ".txt": names,
}  # fmt: skip


def seeds(folders: Sequence[Path]) -> Iterator[tuple[Target, bytes]]:
    """Each small file for the reader that it suits, and for the next one."""
    for number, path in enumerate(small_files(folders)):
        content = path.read_bytes()
        yield _READERS.get(path.suffix.lower(), tree), content
        yield TARGETS[number % len(TARGETS)], content


if __name__ == "__main__":
    run(TARGETS, seeds)
