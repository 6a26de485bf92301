"""What a package is given out with: for whom, of which edition, and since when by the server's clock. Signed: nobody makes one at home."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core import signing

from ketang.classroom.catalogue.models import Edition
from ketang.people.account.models import Account

GOOD_DAYS = 366
"""So long what was studied with a package may be brought back."""
GOOD_MS = GOOD_DAYS * 24 * 3600 * 1000
TICKET_BYTES = 800
"""Size of the ticket's file in every package: it is filled up with spaces, so that a package's size is known before who takes it."""
_SALT = "ketang.classroom.offline.ticket"


class NotATicket(ValueError):
    """It was not given out here."""


class TooOld(NotATicket):
    """It was, too long ago."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Keys of the account (0: whoever brings it back) and of the edition, and the moment in milliseconds."""

    uuid: uuid.UUID
    account: int
    edition: int
    begun: int


def ticket_for(account: Account | None, edition: Edition, *, now: int) -> str:
    """A ticket from now on; without an account for anybody."""
    return signing.dumps([uuid.uuid4().hex, account.pk if account else 0, edition.pk, now], salt=_SALT)


def read_ticket(text: object, *, now: int) -> Ticket:
    """What a ticket says. Raises NotATicket."""
    try:
        name, account, edition, begun = signing.loads(str(text), salt=_SALT)
        found = Ticket(uuid.UUID(hex=str(name)), int(account), int(edition), int(begun))
    except (signing.BadSignature, ValueError, TypeError):
        raise NotATicket from None
    if found.begun < now - GOOD_MS:
        raise TooOld
    return found


def ticket_file(ticket: str) -> bytes:
    """The script that tells the package's pages their ticket; always of the same size."""
    # A ticket is letters, digits, "-", "_" and ":" alone, which need no escape.
    return f'window.KETANG_OFFLINE = "{ticket}";'.encode().ljust(TICKET_BYTES - 1) + b"\n"
