"""Background work of the desk: disks are copied and photographs read while their clerk goes on."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.desk.copying import copy
from ketang.selection.desk.cover_reading import fail, read_cover
from ketang.selection.desk.covers import let_covers_go
from ketang.selection.desk.models import Cover, DiskCopy


@job("desk.copy", limit_seconds=21_600)
def copy_disk(running: Running, *, disk: str) -> None:
    """Copy a disk as far as it can be read; nothing when that was done."""
    found = DiskCopy.objects.select_related("submission__organisation", "parcel__arrival", "begun_by").get(uuid=disk)
    copy(found, lambda done, whole: running.tell(done=done, of=whole))


@job("desk.read_cover", limit_seconds=300, attempts=2, when_failed="desk.cover_not_read")
def read_print(running: Running, *, cover: str) -> None:
    """Read the print on a photograph; nothing when it is gone."""
    del running  # one look: nothing to tell on the way
    if (found := Cover.objects.filter(uuid=cover).first()) is not None:
        read_cover(found)


@job("desk.cover_not_read", limit_seconds=60)
def print_not_read(running: Running, *, cover: str) -> None:
    """It failed for good: say so. The photograph is there all the same."""
    del running
    if (found := Cover.objects.filter(uuid=cover).first()) is not None:
        fail(found)


@job("desk.let_covers_go", limit_seconds=3600)
def let_go(running: Running) -> None:
    """The time of photographs is over that were taken away or never used."""
    del running  # short
    let_covers_go()
