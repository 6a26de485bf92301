"""Background work of usage."""

from __future__ import annotations

from ketang.classroom.usage.counting import publish
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running


@job("usage.publish", limit_seconds=1800)
def publish_figures(running: Running) -> None:
    """Once a day; most days nothing changes, for rows change by tens."""
    with running.finish():
        publish()
