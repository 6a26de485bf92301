"""Writing a zip whose entries are stored: media do not shrink, and the same files give the same bytes."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO

_DATE = (2023, 1, 1, 0, 0, 0)
"""Of every entry: when a file was saved says nothing about the package, and would change its digest."""
_BLOCK = 1 << 20
_LARGE = 1 << 31


@dataclass(frozen=True, slots=True)
class Stored:
    """One entry: where it lies in the zip, its bytes' number, and how to read them."""

    path: str
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]


def write_stored(target: IO[bytes], entries: Iterable[Stored]) -> None:
    """Write the entries in their order, a block in memory at a time; `target` can seek."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as packed:
        for one in entries:
            entry = zipfile.ZipInfo(one.path, _DATE)
            entry.create_system = 3  # as on Unix, wherever it is written
            entry.external_attr = 0o644 << 16
            with one.open() as source, packed.open(entry, "w", force_zip64=one.size > _LARGE) as part:
                shutil.copyfileobj(source, part, _BLOCK)
