"""Chapters that a medium carries inside: when each begins, and its name. Nothing is decoded."""

from __future__ import annotations

from fractions import Fraction
from typing import BinaryIO

from kebao.media.opened import DAMAGED, FAULTS, opened
from kebao.model.errors import Unreadable

MOST_CHAPTERS = 500


def read_chapters(stream: BinaryIO) -> tuple[tuple[Fraction, str], ...]:
    """(Second at which it begins, name) of every named chapter, in the order of time.

    Args:
        stream: seekable; not closed.

    Raises:
        Unsafe, Unreadable: as `probe`.
    """
    with opened(stream) as container:
        try:
            found = [
                (
                    Fraction(one["start"]) * Fraction(one["time_base"] or 0),
                    " ".join(one["metadata"].get("title", "").split()),
                )
                for one in container.chapters()[:MOST_CHAPTERS]
            ]
        except FAULTS as error:
            raise Unreadable("truncated", DAMAGED) from error
    return tuple(sorted((max(Fraction(0), start), name) for start, name in found if name))
