"""Reading mails. Whoever shows them asks `ledger.permissions` first."""

from __future__ import annotations

from ketang.selection.ledger.models import Arrival
from ketang.selection.mail.models import Mail, MailPart


def mail_of(arrival: Arrival) -> Mail | None:
    """The mail that brought an arrival, with its parts; None for what came by another door."""
    return Mail.objects.filter(arrivals__arrival=arrival).prefetch_related("parts").first()


def holds(digest: str) -> bool:
    """Whether these bytes are a mail as it came, or something attached to one."""
    return Mail.objects.filter(digest=digest).exists() or MailPart.objects.filter(digest=digest).exists()
