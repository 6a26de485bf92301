"""Progress bars on the terminal; on nothing but a terminal they stay silent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kebao.model.progress import Progress as Told
from kebao.model.progress import silent
from kebao.model.text import Language, Text


@contextmanager
def bars(language: Language, *, visible: bool) -> Iterator[Told]:
    """A bar a stage, on standard error."""
    if not visible:
        yield silent
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[label]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        stages = {}

        def tell(stage: Text, done: int, total: int, label: str) -> None:
            words = stage.to(language)
            if words not in stages:
                stages[words] = shown.add_task(words, total=total, label="")
            shown.update(stages[words], completed=done, total=total, label=label[-40:])

        yield tell
