"""Background work of exchange."""

from __future__ import annotations

from ketang.classroom.exchange.actions import send_piece
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running


@job("exchange.send", limit_seconds=600, attempts=8)
def send(running: Running) -> None:
    """Each minute, where a store is configured: send what is new. A store that cannot be reached is tried again later and later."""
    done = 0
    while (sent := send_piece()) is not None:
        done += sent
        running.tell(done=done)
    with running.finish():
        pass
