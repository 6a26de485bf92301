"""Background work of notices: many are sent, and suppliers are reminded."""

from __future__ import annotations

from ketang.people.account.models import Account
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.notices.actions import remind, send
from ketang.selection.notices.models import Notice, NoticeState


@job("notices.send", limit_seconds=600, attempts=3)
def send_one(running: Running, *, notice: str, account: str) -> None:
    """Send one of many; nothing when it was sent."""
    del running
    found = Notice.objects.filter(uuid=notice, state=NoticeState.DRAFT).first()
    if found is not None:
        send(actor=Account.objects.get(uuid=account), notice=found)


@job("notices.sent", limit_seconds=60)
def sent(running: Running, *, group: str) -> None:
    """All of them were tried: each says by itself where it stands."""
    del running, group


@job("notices.remind", limit_seconds=300)
def remind_of(running: Running, *, notice: str, days: int) -> None:
    """Its date comes near."""
    del running
    found = Notice.objects.filter(uuid=notice).first()
    if found is not None:
        remind(found, days)
