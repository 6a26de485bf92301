"""The head of the log outside the database: a file of the instance folder that names the last row this machine committed.

Whoever takes the database back to an older copy, with the head sealed in it, cannot take this file back with it.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row that must be in the log, with its digest."""

    number: int
    digest: str

    @classmethod
    def read(cls, text: str) -> Anchor:
        """From `NUMBER:DIGEST`; ValueError when it is not of that form."""
        number, _, digest = text.strip().partition(":")
        if not number.isdecimal() or len(digest) != 64:
            raise ValueError(text)
        return cls(int(number), digest)

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


def keep(anchor: Anchor) -> None:
    """Write the anchor unless a later one stands there."""
    path = settings.AUDIT_ANCHOR
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_name(path.name + ".lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        standing = kept()
        if standing is None or standing.number < anchor.number:
            fresh = path.with_name(path.name + ".new")
            fresh.write_text(f"{anchor}\n", encoding="ascii")
            os.replace(fresh, path)


def kept() -> Anchor | None:
    """The anchor of this machine; None before the first. ValueError when the file was damaged."""
    try:
        return Anchor.read(settings.AUDIT_ANCHOR.read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
