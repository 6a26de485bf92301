"""Sealing by itself, at the deadline."""

from __future__ import annotations

from ketang.platform.audit.actions import SYSTEM
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.calls.models import Call
from ketang.selection.sealing.actions import seal, why_not_yet


@job("sealing.seal", limit_seconds=1800)
def seal_list(running: Running, *, call: str) -> None:
    """Seal the list of a call; nothing while its deadline was moved, and nothing when the same list is sealed already."""
    del running  # one transaction
    found = Call.objects.filter(uuid=call).first()
    if found is not None and why_not_yet(found) is None:
        seal(actor=SYSTEM, call=found)
