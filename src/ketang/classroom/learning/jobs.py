"""Background work of learning."""

from __future__ import annotations

from ketang.classroom.learning.actions import forget_sittings
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running


@job("learning.forget", limit_seconds=600)
def forget(running: Running) -> None:
    """Once a day, what no page can bring any more."""
    with running.finish():
        forget_sittings()
