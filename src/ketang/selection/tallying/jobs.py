"""The job that keeps tallies up to date; it comes again by itself."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.tallying.actions import keep_tallies


@job("tallying.keep", limit_seconds=3600, attempts=3)
def keep(running: Running) -> None:
    """Make what is missing or out of date; what is left over waits for the next time."""
    del running  # each tally is made in a transaction of its own
    keep_tallies()
