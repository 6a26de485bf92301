"""What was planted: the defect, its size, and where it truly is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted defect.

    Attributes:
        defect: its name in the table (`hum`, `foreign-frame` …).
        magnitude: as swept; its unit is that of the defect.
        start, end: true span in seconds of presentation time; equal for an event without length.
        value: what a meter should read there, where that is not the magnitude (a speech-to-music ratio in LU …).
    """

    defect: str
    magnitude: float
    start: float
    end: float
    value: float | None = None
