"""How long a lesson is when hours are counted, and which class of content each stretch of it is (A3(2)).

A medium has its own length. What has no clock counts by the time spent on it, up to a ceiling: the time its words take at
the slowest reading that we know of, or the minutes that the supplier declared, whichever is more.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

CHARACTERS_A_MINUTE = 120
"""The mean adult reads 255 characters of Chinese a minute, with a deviation of 29 (IReST: Trauzettel-Klosinski and Dietz
2012); who listens at an easy speed, reads braille or reads with a learning disability takes about twice as long. The ceiling is theirs."""
LEAST_MS: Mapping[str, int] = {"text": 60_000, "chart": 120_000, "simulation": 600_000, "task": 600_000}
"""Ceilings of what has hardly any words: to look at a chart, to work with a simulation, to do a task."""
LONGEST_MS = 48 * 3600 * 1000
"""No lesson is longer."""


class ContentClass(StrEnum):
    """The classes of content whose shares A3(2) limits."""

    ETHICS = "ethics"
    """Ethics, law, safety, health, employment (A3(2).1)."""
    THEORY = "theory"
    """Theory and demonstration (A3(2).2)."""
    PRACTICE = "practice"
    """Practice (A3(2).3)."""
    OTHER = "other"
    """The package does not say."""


OF_ROLE: Mapping[str, ContentClass] = {
    "素养": ContentClass.ETHICS, "讲授": ContentClass.THEORY, "演示": ContentClass.THEORY, "实操": ContentClass.PRACTICE,
}  # fmt: skip
"""Roles of a package's resources."""


def ceiling_ms(kind: str, *, characters: int, declared_ms: int = 0) -> int:
    """The most that counts of a lesson without a clock."""
    found = max(LEAST_MS.get(kind, LEAST_MS["text"]), characters * 60_000 // CHARACTERS_A_MINUTE, declared_ms)
    return min(found, LONGEST_MS)


def characters_of(text: str) -> int:
    """Signs that are read; spaces and line ends are not."""
    return len("".join(text.split()))
