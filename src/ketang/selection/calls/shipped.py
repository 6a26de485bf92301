"""Calls that come with the product."""

from __future__ import annotations

from pathlib import Path

PLACES = (Path(__file__).parents[2] / "shipped_calls", Path(__file__).parents[4] / "calls")
"""In the wheel, and in the source tree."""


def shipped_call(slug: str) -> str:
    """Text of a shipped call file.

    Raises:
        FileNotFoundError: there is none of that name.
    """
    for place in PLACES:
        if (path := place / f"{slug}.yaml").is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError(f"calls/{slug}.yaml")
