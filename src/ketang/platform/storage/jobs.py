"""Background work of the store."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.platform.storage.releasing import remove_unheld


@job("storage.release", limit_seconds=600)
def release(running: Running, *, digest: str) -> None:
    """Bytes that somebody let go of are removed, unless somebody else holds them."""
    del running  # short
    remove_unheld(digest)
