"""Reading mails. Whoever shows them asks `ledger.permissions` first."""

from __future__ import annotations

from django.db.models import QuerySet

from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.mail.models import Mail, MailboxMark, MailPart


def mail_of(arrival: Arrival) -> Mail | None:
    """The mail that brought an arrival, with its parts; None for what came by another door."""
    return Mail.objects.filter(arrivals__arrival=arrival).prefetch_related("parts").first()


def parts_of(arrival: Arrival) -> QuerySet[MailPart]:
    """The attachments that an arrival is made of, in the mail's order."""
    return MailPart.objects.filter(arrival=arrival).order_by("id")


def waiting_parts(address: str) -> QuerySet[MailPart]:
    """Attachments of one sender whose arrivals wait, the latest mail first."""
    waits = (ArrivalState.UNCLAIMED, ArrivalState.ANSWERED)
    found = MailPart.objects.filter(mail__sender_address=address, arrival__state__in=waits)
    return found.order_by("-mail__received_at", "-pk")


def mailboxes() -> QuerySet[MailboxMark]:
    """Every mailbox that was read, with what stood in the way the last time."""
    return MailboxMark.objects.order_by("mailbox")


def holds(digest: str) -> bool:
    """Whether these bytes are a mail as it came, or something attached to one."""
    return Mail.objects.filter(digest=digest).exists() or MailPart.objects.filter(digest=digest).exists()
