"""Background work of uploads."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.platform.uploads.expiring import let_expired_go
from ketang.platform.uploads.models import Upload
from ketang.platform.uploads.storing import store


@job("uploads.store", limit_seconds=7200)
def store_upload(running: Running, *, upload: str) -> None:
    """Store a large upload; nothing when it was ended meanwhile."""
    del running  # one long copy: nothing to tell on the way
    found = Upload.objects.filter(uuid=upload).first()
    if found is not None:
        store(found)


@job("uploads.let_go", limit_seconds=3600)
def let_go(running: Running) -> None:
    """Uploads that nobody took in time go."""
    del running  # each is a transaction of its own
    let_expired_go()
