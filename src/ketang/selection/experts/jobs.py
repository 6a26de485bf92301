"""Background work: computed conflicts are brought up to date after seats, relations or submissions changed."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.calls.models import Call
from ketang.selection.experts.conflicts import recompute


@job("experts.conflicts", limit_seconds=600)
def look_for_conflicts(running: Running, *, call: str) -> None:
    """Harmless to do twice."""
    del running
    if (found := Call.objects.filter(uuid=call).first()) is not None:
        recompute(call=found)
