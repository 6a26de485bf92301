"""Reading packages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zlib import crc32

from django.utils import timezone

from ketang.classroom.catalogue.models import Edition
from ketang.classroom.offline.carrying import loads_of, recipe_of
from ketang.classroom.offline.models import Choice, OfflinePackage, PackageState
from ketang.classroom.offline.tickets import ticket_file
from ketang.classroom.offline.zipping import Entry, Read, Zip, of_bytes
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.platform.storage.reading import read_range

LANE = "offline.make"
"""The key under which one package is made at a time."""


def packages_of(edition: Edition) -> dict[Choice, tuple[int, OfflinePackage | None]]:
    """By choice: bytes of what would go in, and the package, where one was asked for that is as today's would be."""
    rows = {row.choice: row for row in OfflinePackage.objects.filter(edition=edition)}
    found: dict[Choice, tuple[int, OfflinePackage | None]] = {}
    for choice, load in loads_of(edition).items():
        row = rows.get(choice.value)
        found[choice] = (load.size, row if row is not None and row.recipe == recipe_of(load) else None)
    return found


def progress_of(package: OfflinePackage) -> dict[str, Any]:
    """Bytes `done` and `of` all; empty while nobody works on it."""
    if package.state != PackageState.MAKING:
        return {}
    job = Job.objects.filter(key=LANE, state__in=UNFINISHED).first()
    return dict(job.progress) if job is not None else {}


def zip_of(package: OfflinePackage, ticket: str) -> Zip:
    """The package as it is given out with a ticket."""
    own = ticket_file(ticket)
    entries = [
        Entry(name, crc, size, _stored(digest, offset)) if digest else Entry(name, crc32(own), len(own), of_bytes(own))
        for name, crc, size, digest, offset in package.entries
    ]
    return Zip(entries, timezone.localtime(package.made_at))


def size_of(package: OfflinePackage) -> int:
    """Bytes of the zip, with whatever ticket."""
    return zip_of(package, "").size


def _stored(digest: str, offset: int) -> Read:
    def part(first: int, last: int) -> Iterator[bytes]:
        return read_range(digest, offset + first, offset + last)

    return part
