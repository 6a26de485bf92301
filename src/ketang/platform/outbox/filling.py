"""Words that a letter gets only as it leaves: a secret in them is never kept with the letter."""

from __future__ import annotations

from collections.abc import Callable

from ketang.platform.outbox.models import Letter

Fill = Callable[[Letter], str]
"""What stands in a letter in place of a mark, as it leaves; empty where nothing belongs there."""

_fills: dict[str, Fill] = {}


def register_fill(mark: str, fill: Fill) -> None:
    """Have `mark` replaced in the text of letters that leave. Strangers' words may hold the mark: `fill` goes by the letter alone."""
    _fills[mark] = fill


def filled(letter: Letter) -> str:
    """The text as it leaves."""
    text = letter.text
    for mark, fill in _fills.items():
        if mark in text:
            text = text.replace(mark, fill(letter))
    return text
