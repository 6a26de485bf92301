"""Background work: one package after another. It may be killed and begun anew: the row comes at once."""

from __future__ import annotations

from ketang.classroom.offline.actions import give_up, keep, take, wake
from ketang.classroom.offline.bringing import forget_brought
from ketang.classroom.offline.building import build
from ketang.classroom.offline.carrying import loads_of, recipe_of
from ketang.classroom.offline.models import Choice
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running


@job("offline.make", limit_seconds=7200, attempts=4, when_failed="offline.fail", is_apart=True)
def make(running: Running) -> None:
    """Build the next package; then another job goes on, behind whatever else has come to wait."""
    row = take()
    if row is None:
        return
    load = loads_of(row.edition)[Choice(row.choice)]
    if row.recipe != recipe_of(load):  # a film was converted anew since it was asked for
        row.recipe = recipe_of(load)
        row.save(update_fields=["recipe"])
    built = build(load, lambda done, of: running.tell(done=done, of=of))
    with running.finish():
        keep(row, load, built)
        wake()


@job("offline.fail", limit_seconds=600)
def fail(running: Running) -> None:
    """A package has failed for good: say so, and let the next one have its turn."""
    with running.finish():
        give_up()
        wake()


@job("offline.forget", limit_seconds=600)
def forget(running: Running) -> None:
    """Once a day: what can be brought back no more; and what was asked for at the moment when the work came to rest goes on."""
    with running.finish():
        forget_brought()
        wake()
