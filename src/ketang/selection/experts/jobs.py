"""Background work: computed conflicts are brought up to date after seats, relations or submissions changed."""

from __future__ import annotations

from ketang.platform.queue.models import Job
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.calls.models import Call
from ketang.selection.experts.conflicts import recompute


@job("experts.conflicts", limit_seconds=600)
def look_for_conflicts(running: Running, *, call: str) -> None:
    """Harmless to do twice; what a later one has read in the meantime is not overwritten by an earlier one."""
    found = Call.objects.filter(uuid=call).first()
    began = running.job.started_at
    later = Job.objects.filter(name=running.job.name, arguments=running.job.arguments, started_at__gt=began)
    if found is not None:
        recompute(call=found, overtaken=later.exists)
