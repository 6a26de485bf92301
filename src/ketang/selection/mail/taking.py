"""Taking a mail that was read: its row, its parts, and an arrival for each package in it, all at once or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.selection.calls.models import Call, CallState
from ketang.selection.intake.models import Door
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import ArrivalState, Medium
from ketang.selection.mail.models import Mail, MailArrival, MailPart


@dataclass(frozen=True, slots=True)
class TakenPart:
    """Something attached, already kept under its digest; `place` is where it stands in the mail."""

    place: str
    name: str
    kind: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class TakenPackage:
    """What of a mail is one arrival.

    Attributes:
        places: of the parts it is made of; none for a mail without a package.
        name, digest, size: of the package's file, which is kept; an empty digest where there is none (yet).
        supplier, title: as the subject or the file's name has them.
        reason: why a person has to look.
    """

    places: tuple[str, ...]
    name: str
    digest: str
    size: int | None
    supplier: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class TakenMail:
    """A mail as it was read; see `Mail` for each field."""

    digest: str
    size: int
    message_id: str
    sender_name: str
    sender_address: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    links: tuple[str, ...]
    proofs: tuple[str, ...]
    automatic: str
    faults: tuple[str, ...]
    said_at: datetime | None
    received_at: datetime
    parts: tuple[TakenPart, ...]
    packages: tuple[TakenPackage, ...]
    contents: str = ""
    answer_to: str = ""
    references: tuple[str, ...] = ()
    results: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What makes two deliveries one mail, in hex of SHA-256."""
        if not self.message_id:
            return self.digest
        words = "\n".join([self.message_id, *sorted(part.digest for part in self.parts)])
        return hashlib.sha256(words.encode()).hexdigest()


_MOST_REFERENCES, _LONGEST_ID = 20, 250


_taken: list[Callable[[Mail], None]] = []


def on_taken(act: Callable[[Mail], None]) -> None:
    """Have `act` called for each new mail, inside the transaction that took it: how it is answered without being known here."""
    if act not in _taken:
        _taken.append(act)


def take(mail: TakenMail, *, mailbox: str = "") -> tuple[Mail, bool]:
    """Take a mail, once: the same mail delivered again is counted and brings nothing new.

    Returns:
        Its row, and whether it is new.

    Effects: the mail, its parts, at least one arrival (`ledger.register`), `mail.take`; the job `mail.gather` where pieces of an
    archive wait; whoever asked by `on_taken` is called.
    """
    if standing := _again(mail):
        return standing, False
    try:
        with audited():
            made = _row(mail, mailbox)
            parts = {part.place: _part(made, part) for part in mail.parts}
            for package in mail.packages:
                _arrive(made, package, parts)
            record(actor=SYSTEM, action="mail.take", of=made, payload={"arrivals": len(mail.packages)})
            if _may_complete(made):
                enqueue("mail.gather", key=f"mail.gather:{made.uuid}", mail=str(made.uuid))
            for act in _taken:
                act(made)
    except IntegrityError:
        if standing := _again(mail):  # another process took it at the same moment
            return standing, False
        raise
    return made, True


def _may_complete(mail: Mail) -> bool:
    """Whether pieces of split archives of this sender wait, its own among them."""
    waits = (ArrivalState.UNCLAIMED, ArrivalState.ANSWERED)
    of_sender = Mail.objects.filter(sender_address=mail.sender_address, contents="pieces")
    return bool(mail.sender_address) and of_sender.filter(arrivals__arrival__state__in=waits).exists()


def _again(mail: TakenMail) -> Mail | None:
    with transaction.atomic():
        found = Mail.objects.filter(key=mail.key)
        return found.get() if found.update(times_seen=F("times_seen") + 1) else None


def _row(mail: TakenMail, mailbox: str) -> Mail:
    if not mail.packages:
        raise ValueError("every mail brings at least one arrival")
    return Mail.objects.create(
        key=mail.key, message_id=mail.message_id[:998], digest=mail.digest, size=mail.size, mailbox=mailbox,
        call=call_of(mail.recipients), sender_name=mail.sender_name[:200], sender_address=mail.sender_address[:254],
        recipients=list(mail.recipients), subject=mail.subject[:998], text=mail.text, links=list(mail.links),
        proofs=list(mail.proofs), automatic=mail.automatic[:200], faults=list(mail.faults), said_at=mail.said_at,
        received_at=mail.received_at, contents=mail.contents, results={name: word[:40] for name, word in mail.results}, answer_to=mail.answer_to[:254],
        references=[one for one in mail.references if len(one) <= _LONGEST_ID][-_MOST_REFERENCES:],
    )  # fmt: skip


def _part(mail: Mail, part: TakenPart) -> MailPart:
    return MailPart.objects.create(
        mail=mail, place=part.place, name=part.name[-255:], kind=part.kind[:100], digest=part.digest, size=part.size
    )


def _arrive(mail: Mail, package: TakenPackage, parts: dict[str, MailPart]) -> None:
    sender = f"{mail.sender_name} <{mail.sender_address}>" if mail.sender_name else mail.sender_address
    arrival = ledger.register(
        actor=SYSTEM, door=Door.MAIL, medium=Medium.ELECTRONIC, received_at=mail.received_at, call=mail.call,
        sender=sender, supplier=package.supplier, title=package.title or mail.subject, name=package.name,
        digest=package.digest, size=package.size, reason=package.reason,
    )  # fmt: skip
    MailArrival.objects.create(mail=mail, arrival=arrival)
    MailPart.objects.filter(pk__in=[parts[place].pk for place in package.places]).update(arrival=arrival)


def call_of(recipients: Sequence[str]) -> Call | None:
    """The call whose mail address is among the recipients; else the only one that was published and has begun; None where it is not clear."""
    known = list(Call.objects.filter(state__in=(CallState.PUBLISHED, CallState.CLOSED)))
    there = {address.casefold() for address in recipients}
    named = [call for call in known if call.content.contact.mail.casefold() in there]
    if len(named) == 1:
        return named[0]
    running = [call for call in named or known if call.state == CallState.PUBLISHED and not call.is_coming()]
    return running[0] if len(running) == 1 else None
