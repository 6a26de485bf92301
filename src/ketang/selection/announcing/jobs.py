"""The end of a public notice comes by itself."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.announcing.actions import settle
from ketang.selection.announcing.models import PublicNotice


@job("announcing.settle", limit_seconds=300)
def settle_notice(running: Running, *, notice: str) -> None:
    """Make its results final, unless an objection is open: then the last answer does it."""
    found = PublicNotice.objects.filter(uuid=notice).first()
    with running.finish():
        if found is not None:
            settle(notice=found)
