"""Background work of the mailroom."""

from __future__ import annotations

from ketang.mailroom.gathering import gather
from ketang.mailroom.mailbox import configured, fetch
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.mail.models import Mail


@job("mail.fetch", limit_seconds=14_400, attempts=1)
def fetch_mails(running: Running) -> None:
    """Take what is new in the office's mailbox; what stands in the way is kept with the mailbox, and the next round tries again."""
    if address := configured():
        fetch(address, running)


@job("mail.gather", limit_seconds=7200)
def gather_pieces(running: Running, *, mail: str) -> None:
    """Join the archives whose pieces came with this mail and others of its sender; nothing while some are missing."""
    del running  # one long copy: nothing to tell on the way
    if (found := Mail.objects.filter(uuid=mail).first()) is not None:
        gather(found)
