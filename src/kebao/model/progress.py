"""How far a long piece of work has come."""

from __future__ import annotations

from typing import Protocol

from kebao.model.text import Text


class Progress(Protocol):
    """Told of every step. `done` of `total` counts in the stage's own unit (files or bytes)."""

    def __call__(self, stage: Text, done: int, total: int, label: str) -> None:
        """One step was made."""
        ...


def silent(stage: Text, done: int, total: int, label: str) -> None:
    """Tell nobody."""
