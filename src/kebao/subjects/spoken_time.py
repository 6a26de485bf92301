"""A moment as a person finds it in an editing program."""

from __future__ import annotations

from fractions import Fraction

from kebao.model.location import clock


def precise(seconds: Fraction) -> str:
    """mm:ss.cc (h:mm:ss.cc from one hour on), cut after hundredths: `clock` with what a single picture needs."""
    return f"{clock(seconds)}.{int(seconds * 100) % 100:02d}"
