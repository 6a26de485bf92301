"""A raw mail becomes rows: everything in it is kept by its digest, and each package is an arrival of the ledger."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO, BinaryIO

from django.db import DatabaseError
from django.utils import timezone

from kebao.model.text import Text
from ketang.mailroom.answering import answered_to
from ketang.mailroom.contents import Contents, Group, State, contents_of
from ketang.mailroom.joining import whole_archive
from ketang.mailroom.pieces import piece_of
from ketang.mailroom.reading.limits import told
from ketang.mailroom.reading.mail import Attachment, ReadMail, read_mail
from ketang.mailroom.storable import moment, storable
from ketang.platform.storage.actions import put
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import spool
from ketang.platform.storage.releasing import release
from ketang.selection.mail.models import Mail
from ketang.selection.mail.packing import pack
from ketang.selection.mail.taking import TakenMail, TakenPackage, TakenPart, take

log = logging.getLogger(__name__)

_IN_MEMORY = 1 << 20
_PIECE = 1 << 20
_LONGEST_TEXT = 20_000


UNREAD = Text(
    zh="这封邮件没能读出，原件已保存。请在邮箱里打开它，并把收件编号告诉系统管理员。",
    en="This mail could not be read; it is kept as it came. Open it in the mailbox, and tell the administrator its arrival number.",
)


def receive_mail(file: BinaryIO, *, arrived: datetime | None, mailbox: str = "") -> tuple[Mail, bool]:
    """Keep and take one mail; a mail that was taken before brings nothing new.

    Args:
        file: the raw mail, seekable.
        arrived: when the receiving server took it in, where that is known; else what its top Received line says, else now.

    Returns:
        Its row, and whether it is new.

    Effects: the raw mail and each attachment in the store; those of `selection.mail.taking.take`. Of a mail that was taken
    before, the raw bytes are let go: another delivery differs in its headers alone.
    """
    raw = put(_pieces(file))
    file.seek(0)
    when = moment(arrived)
    try:
        taken = _read(file, raw, when)
    except (OSError, DatabaseError):  # the disk or the database, not the mail: it is fetched again
        raise
    except Exception:  # a fault of ours must not keep the mails behind this one from coming in
        log.exception("the mail %s was not read", raw.digest)
        taken = _unread(raw, when)
    made, is_new = take(storable(taken), mailbox=mailbox)
    if not is_new:
        release(raw.digest)
    return made, is_new


def _read(file: BinaryIO, raw: StoredFile, arrived: datetime | None) -> TakenMail:
    spooled: dict[str, IO[bytes]] = {}

    def spool_part(place: str, _name: str, _kind: str) -> IO[bytes]:
        return spooled.setdefault(place, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(spool())))

    try:
        mail = read_mail(file, spool=spool_part)
        parts = tuple(_kept(one, spooled[one.place]) for one in mail.attachments)
    finally:
        for part in spooled.values():
            part.close()
    contents = contents_of(mail)
    packages = tuple(_packages(contents, parts))
    return TakenMail(
        digest=raw.digest, size=raw.size, message_id=mail.message_id, sender_name=mail.sender.name,
        sender_address=mail.sender.address, recipients=_recipients(mail), subject=mail.subject,
        text=mail.text[:_LONGEST_TEXT], links=tuple(_link(mail)), proofs=mail.shown.verbatim,
        automatic="；".join(mail.automatic), faults=tuple(told(remark).zh for remark in mail.remarks),
        said_at=moment(mail.date), received_at=arrived or moment(mail.received_at) or timezone.now(), parts=parts,
        packages=packages, contents=contents.state, answer_to=answered_to(mail), references=mail.references,
        results=tuple((name, word) for name, word in mail.shown.results if word),
    )  # fmt: skip


def _unread(raw: StoredFile, arrived: datetime | None) -> TakenMail:
    """A mail of which nothing is known but that it came."""
    none = TakenPackage(places=(), name="", digest="", size=None, supplier="", title="", reason=UNREAD.zh)
    return TakenMail(
        digest=raw.digest, size=raw.size, message_id="", sender_name="", sender_address="", recipients=(), subject="",
        text="", links=(), proofs=(), automatic="", faults=(UNREAD.zh,), said_at=None,
        received_at=arrived or timezone.now(), parts=(), packages=(none,),
    )  # fmt: skip


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _kept(one: Attachment, content: IO[bytes]) -> TakenPart:
    stored = put(_pieces(content))
    return TakenPart(place=one.place, name=one.name, kind=one.declared, digest=stored.digest, size=stored.size)


def _recipients(mail: ReadMail) -> tuple[str, ...]:
    people = (*(box.address for box in (*mail.to, *mail.cc)), *mail.delivered_to)
    return tuple(dict.fromkeys(address for address in people if address))[:100]


def _link(mail: ReadMail) -> Iterator[str]:
    for link in mail.links:
        words = (link.address, f"提取码 {link.password}" if link.password else "", link.expiry)
        yield " ".join(word for word in words if word)


def _packages(contents: Contents, parts: Sequence[TakenPart]) -> Iterator[TakenPackage]:
    """One for each package; for a mail without any, one that says so."""
    by_place = {part.place: part for part in parts}
    reason = contents.reason.zh
    if not contents.groups:
        named = contents.named
        yield TakenPackage(
            places=tuple(by_place), name="", digest="", size=None, supplier=named.unit if named else "",
            title=named.title if named else "", reason=reason,
        )  # fmt: skip
        return
    alone = len(contents.groups) == 1
    for group in contents.groups:
        mine = [by_place[place] for place in group.places]
        name, stored = _whole(group, mine, contents.state)
        named = group.named or (contents.named if alone else None)
        yield TakenPackage(
            places=(*group.places, *(contents.beside if alone else ())), name=name,
            digest=stored[0] if stored else "", size=stored[1] if stored else None,
            supplier=named.unit if named else "", title=named.title if named else "", reason=reason,
        )  # fmt: skip


def _whole(group: Group, mine: Sequence[TakenPart], state: State) -> tuple[str, tuple[str, int] | None]:
    """Name and (digest, size) of the package's file; no file for a split archive that is not whole or cannot be joined here."""
    if group.split is not None:
        return _joined(mine)
    if state is State.LOOSE:
        name, digest, size = pack(mine)
        return name, (digest, size)
    (part,) = mine
    return part.name, (part.digest, part.size)


def _joined(mine: Sequence[TakenPart]) -> tuple[str, tuple[str, int] | None]:
    first = piece_of(mine[0].name)
    whole = whole_archive(mine)
    if whole is None:
        return first.stem if first is not None else mine[0].name, None
    return whole.name, (whole.digest, whole.size)
