"""The office's mailbox: named by the settings, read to its end, and how far it was read is kept with each mail."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO, Literal
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from ketang.mailroom.fetching import Cursor, FetchFault, Server, fetch_new
from ketang.mailroom.receiving import receive_mail
from ketang.platform.queue.running import Running
from ketang.selection.mail.models import MailboxMark

PORTS = {"imaps": 993, "imap+tls": 143, "imap": 143}
_SECURITY: dict[str, Literal["tls", "starttls", "none"]] = {"imaps": "tls", "imap+tls": "starttls", "imap": "none"}


class NoMailbox(ValueError):
    """The settings name no mailbox, or not as `imaps://…`."""


def mailbox_of(address: str) -> tuple[Server, str]:
    """Server and folder of `imaps://login:password@host[:port]/FOLDER`; with `imap+tls` the line is made safe by STARTTLS.

    Raises:
        NoMailbox: another scheme, no host, no login.
    """
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or not parts.username:
        raise NoMailbox(
            "KETANG_IMAP 要写成 imaps://账号:授权码@服务器/INBOX · KETANG_IMAP wants imaps://login:password@host/INBOX"
        )
    server = Server(
        parts.hostname, parts.port or PORTS[parts.scheme], unquote(parts.username), unquote(parts.password or ""),
        _SECURITY[parts.scheme],
    )  # fmt: skip
    return server, unquote(parts.path.lstrip("/")) or "INBOX"


def fetch(address: str, running: Running | None = None) -> int:
    """Take every new mail of the mailbox; how many were new.

    Raises:
        NoMailbox, FetchFault: with its words; what came before it is kept.

    Effects: those of `receive_mail` for each; after each, how far the mailbox was read; at the end when, or what stood in the way.
    """
    server, folder = mailbox_of(address)
    name = f"{server.login}@{server.host}/{folder}"[:200]
    mark = MailboxMark.objects.get_or_create(mailbox=name)[0]
    count = 0

    def taken(file: BinaryIO, uid: int, numbering: int, arrived: datetime | None) -> None:
        nonlocal count
        count += receive_mail(file, arrived=arrived, mailbox=name)[1]
        MailboxMark.objects.filter(mailbox=name).update(numbering=numbering, last=uid)
        if running is not None:
            running.tell(done=count)

    fault = ""
    try:
        fetch_new(server, folder, Cursor(mark.numbering, mark.last), taken)
    except FetchFault as failed:
        fault = failed.message.zh
        raise
    finally:
        MailboxMark.objects.filter(mailbox=name).update(read_at=timezone.now(), fault=fault[:500])
    return count


def configured() -> str:
    """The address that the settings name; empty for none."""
    return str(settings.IMAP or "")
