"""Background work: one source after another in each lane. It may be killed and begun anew: files lie under digests, rows come at once."""

from __future__ import annotations

from kebao.model.errors import KebaoError
from kebao.model.text import Text
from ketang.classroom.renditions.actions import give_up, keep, take, wake
from ketang.classroom.renditions.models import Conversion, ConversionState
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running

OUR_FAULT = Text(
    zh="转换程序出错，没有完成。原文件没有改动。请联系系统管理员。",
    en="The converter itself failed and did not finish. The original is unchanged. Tell the system administrator.",
)


@job("renditions.make", limit_seconds=21_600, attempts=3, when_failed="renditions.fail", is_apart=True)
def make(running: Running, *, lane: int) -> None:
    """Make the renditions of the next source; then another job goes on, behind whatever else has come to wait."""
    held = take(lane)
    if held is None:
        return
    from ketang.classroom.renditions.making import made  # with the decoders, which only a worker needs

    def tell(done: int, of: int) -> None:
        running.tell(done=done, of=of)

    try:
        outcome = made(held, tell, running.check)
    except KebaoError as refusal:
        with running.finish():
            give_up(held, refusal.message)
            wake()
    else:
        with running.finish():
            keep(held, outcome)
            wake()


@job("renditions.fail", limit_seconds=600)
def fail(running: Running, *, lane: int) -> None:
    """A conversion has failed for good: say so, and let the next one have its turn."""
    with running.finish():
        for held in Conversion.objects.filter(state=ConversionState.MAKING, lane=lane):
            give_up(held, OUR_FAULT)
        wake()


@job("renditions.wake", limit_seconds=600)
def go_on(running: Running) -> None:
    """What was asked for at the moment when a lane came to rest is not forgotten."""
    del running
    wake()
