"""Background work of the desk: disks are copied while their clerk goes on."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.desk.copying import copy
from ketang.selection.desk.models import DiskCopy


@job("desk.copy", limit_seconds=21_600)
def copy_disk(running: Running, *, disk: str) -> None:
    """Copy a disk as far as it can be read; nothing when that was done."""
    found = DiskCopy.objects.select_related("submission__organisation", "parcel__arrival", "begun_by").get(uuid=disk)
    copy(found, lambda done, whole: running.tell(done=done, of=whole))
