"""A page's ticket: who studies which lesson, and since when by the server's clock. Signed, so that a page can only bring back its own.

A report needs nothing else: no session, no form token. It can only add to the account that the ticket names, and no more than
the time since it was given out.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from django.core import signing

from ketang.classroom.catalogue.models import Lesson
from ketang.people.account.models import Account

GOOD_DAYS = 14
"""So long a page that lost its line may bring what it kept."""
_SALT = "ketang.classroom.learning.ticket"


class NotATicket(ValueError):
    """It was not given out here, or too long ago."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Keys of the account (0: a visitor) and of the lesson, its thread, and the moment in milliseconds."""

    account: int
    lesson: int
    thread: uuid.UUID
    begun: int


def now_ms() -> int:
    """The server's clock."""
    return time.time_ns() // 1_000_000


def ticket_for(account: Account | None, lesson: Lesson, *, now: int | None = None) -> str:
    """A ticket from now on."""
    begun = now_ms() if now is None else now
    return signing.dumps([account.pk if account else 0, lesson.pk, lesson.thread.hex, begun], salt=_SALT)


def read_ticket(text: object, *, now: int) -> Ticket:
    """What a ticket says. Raises NotATicket."""
    try:
        account, lesson, thread, begun = signing.loads(str(text), salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotATicket from None
    if begun < now - GOOD_DAYS * 24 * 3_600_000:
        raise NotATicket
    return Ticket(int(account), int(lesson), uuid.UUID(str(thread)), int(begun))
