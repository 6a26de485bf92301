"""The job that writes the daily letters."""

from __future__ import annotations

from ketang.insight.digest import write_letters
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running


@job("insight.digest", limit_seconds=300, attempts=3)
def digest(running: Running) -> None:
    """Write today's letters, if it is time; it comes again every quarter of an hour."""
    del running
    write_letters()
