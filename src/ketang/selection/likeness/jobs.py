"""Background work of likeness."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.intake.models import Version


@job("likeness.compare", limit_seconds=3600, attempts=3)
def compare_version(running: Running, *, version: str) -> None:
    """Compare a version's media with other suppliers'; a second attempt finds what is not found yet."""
    from ketang.selection.likeness.actions import compare  # with numpy, which only a worker needs

    del running  # each medium is compared in a transaction of its own
    found = Version.objects.select_related("submission").filter(uuid=version).first()
    if found is not None:
        compare(found)
