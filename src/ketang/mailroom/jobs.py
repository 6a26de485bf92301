"""Background work of the mailroom."""

from __future__ import annotations

from ketang.mailroom.mailbox import configured, fetch
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running


@job("mail.fetch", limit_seconds=14_400, attempts=1)
def fetch_mails(running: Running) -> None:
    """Take what is new in the office's mailbox; what stands in the way is kept with the mailbox, and the next round tries again."""
    if address := configured():
        fetch(address, running)
