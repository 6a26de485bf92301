"""Background work of imports: long sheets are taken in, and taken back, while their clerk goes on."""

from __future__ import annotations

from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.importing import taking
from ketang.selection.importing.models import ImportState, SheetImport


@job("importing.take", limit_seconds=3600, attempts=4, when_failed="importing.stop")
def take(running: Running, *, of: str) -> None:
    """Take the rows of an import in; nothing when that was done."""
    taking.take(SheetImport.objects.get(uuid=of), lambda done, whole: running.tell(done=done, of=whole))


@job("importing.undo", limit_seconds=3600, attempts=4)
def undo(running: Running, *, of: str) -> None:
    """Take an import back; nothing when that was done."""
    taking.take_back(SheetImport.objects.get(uuid=of), lambda done, whole: running.tell(done=done, of=whole))


@job("importing.stop", limit_seconds=60)
def stop(running: Running, *, of: str) -> None:
    """It failed as often as it may: the page says so, and offers to go on."""
    del running
    SheetImport.objects.filter(uuid=of, state=ImportState.TAKING).update(state=ImportState.STOPPED)
