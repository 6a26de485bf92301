"""When a question stands in the book of wrong answers. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEAVES_AFTER = 2
"""So many right answers in a row, and a question leaves the book."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question stands after its answers: whether it is in the book, how often it went wrong, how many right ones in a row since."""

    is_in: bool = False
    wrongs: int = 0
    row: int = 0

    def after(self, is_right: bool) -> Standing:
        """After one more answer."""
        if not is_right:
            return Standing(True, self.wrongs + 1, 0)
        row = self.row + 1
        return Standing(self.is_in and row < LEAVES_AFTER, self.wrongs, row)

    @property
    def needed(self) -> int:
        """Right answers in a row until it leaves."""
        return max(0, LEAVES_AFTER - self.row) if self.is_in else 0


def standing(answers: Iterable[bool]) -> Standing:
    """After answers in order of time: whether each was right."""
    found = Standing()
    for one in answers:
        found = found.after(one)
    return found
