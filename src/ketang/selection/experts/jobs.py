"""Background work: computed conflicts are brought up to date after seats, relations or submissions changed."""

from __future__ import annotations

import logging

from kebao.model.errors import KebaoError
from ketang.platform.queue.models import Job
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.platform.storage.reading import Damaged
from ketang.selection.calls.models import Call
from ketang.selection.experts.conflicts import recompute
from ketang.selection.experts.naming import ask_for_names, keep_names, unread

log = logging.getLogger(__name__)


@job("experts.conflicts", limit_seconds=600)
def look_for_conflicts(running: Running, *, call: str) -> None:
    """Harmless to do twice; what a later one has read in the meantime is not overwritten by an earlier one."""
    found = Call.objects.filter(uuid=call).first()
    began = running.job.started_at
    later = Job.objects.filter(name=running.job.name, arguments=running.job.arguments, started_at__gt=began)
    if found is not None:
        recompute(call=found, overtaken=later.exists)
        ask_for_names(found)


@job("experts.read_names", limit_seconds=3600, attempts=3)
def read_names(running: Running, *, call: str) -> None:
    """Read whom packages name that were checked before this was kept, or have not been checked; each once, however it ends."""
    from ketang.selection.checking.naming import own_manifest  # with the readers, which only a worker needs

    found = Call.objects.filter(uuid=call).first()
    versions = unread(found) if found is not None else []
    for done, version in enumerate(versions):
        running.tell(done=done, of=len(versions))
        try:
            keep_names(version, own_manifest(version))
        except KebaoError:
            keep_names(version, None)
        except Damaged:
            log.warning("version %s: its bytes are damaged or gone", version.pk)
