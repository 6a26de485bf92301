"""A zip that lies nowhere is one like any other, also beyond the old limits, and any part of it is what the whole has there."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zlib import crc32

import pytest

from ketang.classroom.offline.zipping import Entry, Zip, of_bytes

MOMENT = datetime(2026, 3, 4, 5, 6, 8)
FILES = {"课/请先读我 README.txt": "先解压".encode(), "课/空": b"", "课/media/01.mp4": bytes(range(256)) * 40}


def small() -> Zip:
    return Zip(
        [Entry(name, crc32(content), len(content), of_bytes(content)) for name, content in FILES.items()], MOMENT
    )


def whole(made: Zip) -> bytes:
    return b"".join(made.read(0, made.size - 1))


def test_it_is_a_zip_with_these_files_stored() -> None:
    content = whole(small())
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES
        assert {(one.date_time, one.compress_type, one.flag_bits) for one in opened.infolist()} == {
            ((2026, 3, 4, 5, 6, 8), zipfile.ZIP_STORED, 0x800)
        }
    assert content == whole(small())


@pytest.mark.skipif(not shutil.which("unzip"), reason="no unzip: apt install unzip")
def test_another_program_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(whole(small()))
    subprocess.run(["unzip", "-tq", str(tmp_path / "a.zip")], check=True, capture_output=True)


def test_any_part_is_what_the_whole_has_there() -> None:
    made, content, chance = small(), whole(small()), random.Random(7)
    for _again in range(300):
        first = chance.randrange(made.size)
        last = chance.randrange(first, made.size)
        assert b"".join(made.read(first, last)) == content[first : last + 1]


def test_a_file_of_more_than_four_gibibytes_and_what_stands_behind_it(tmp_path: Path) -> None:
    size = (4 << 30) + 5

    def zeros(first: int, last: int) -> Iterator[bytes]:
        raise AssertionError("a hole: nobody reads it here")
        yield b""

    small_one = b"behind"
    made = Zip(
        [Entry("big", 0x1234, size, zeros), Entry("small", crc32(small_one), 6, of_bytes(small_one))], MOMENT
    )  # fmt: skip
    head = 30 + 3 + 20
    place = tmp_path / "big.zip"
    with place.open("wb") as file:  # the hole takes no room
        file.write(b"".join(made.read(0, head - 1)))
        file.seek(head + size)
        file.write(b"".join(made.read(head + size, made.size - 1)))
    with zipfile.ZipFile(place) as opened:
        told = {one.filename: (one.file_size, one.header_offset) for one in opened.infolist()}
        assert told == {"big": (size, 0), "small": (6, head + size)}
        assert opened.read("small") == small_one
        with opened.open("big") as big:
            assert big.read(4) == b"\0\0\0\0"
    assert place.stat().st_size == made.size


def test_more_files_than_the_old_record_counts() -> None:
    made = Zip([Entry(f"{number}", 0, 0, of_bytes(b"")) for number in range(70_000)], MOMENT)
    with zipfile.ZipFile(io.BytesIO(whole(made))) as opened:
        assert len(opened.namelist()) == 70_000
