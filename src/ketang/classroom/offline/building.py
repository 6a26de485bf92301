"""From what goes in to a package that can be given out. Each file is read once, for its checksum; nothing is copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from ketang.classroom.offline.carrying import Load, written_for
from ketang.classroom.offline.tickets import TICKET_BYTES
from ketang.platform.storage.actions import put
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import read

TICKET_PATH = "files/ticket.js"


@dataclass(frozen=True, slots=True)
class Built:
    """The stored file of what was written, the zip's entries as the row keeps them, and every stored file that is in it."""

    written: StoredFile
    entries: Sequence[Sequence[Any]]
    files: Sequence[StoredFile]


def build(load: Load, tell: Callable[[int, int], None]) -> Built:
    """Write what is to be written, and take the checksum of everything else.

    Args:
        load: what goes in.
        tell: is told bytes done and in all; raises when the work is not ours any more.

    Raises:
        Damaged: the store's bytes are not those of their digest.

    Effects: a stored file with what was written.
    """
    own: list[list[Any]] = []
    written = put(_written(load, own))
    for entry in own:
        entry[3] = written.pk
    ticket = [f"{load.folder}/{TICKET_PATH}", 0, TICKET_BYTES, "", 0]
    sums: dict[str, int] = {}
    done, of = 0, load.size
    for one in load.files:
        if one.file.pk in sums:
            done += one.file.size
            continue
        checksum = 0
        for piece in read(one.file.pk):
            checksum = crc32(piece, checksum)
            done += len(piece)
            tell(done, of)
        sums[one.file.pk] = checksum
    media = [[f"{load.folder}/{one.path}", sums[one.file.pk], one.file.size, one.file.pk, 0] for one in load.files]
    unlike = {one.file.pk: one.file for one in load.files}
    return Built(written, [*own, ticket, *media], list(unlike.values()))


def _written(load: Load, entries: list[list[Any]]) -> Iterator[bytes]:
    """The bytes one after another; their places are noted."""
    offset = 0
    for path, content in written_for(load):
        entries.append([f"{load.folder}/{path}", crc32(content), len(content), "", offset])
        offset += len(content)
        yield content
