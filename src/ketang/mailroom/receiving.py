"""A raw mail becomes rows: everything in it is kept by its digest, and each package is an arrival of the ledger."""

from __future__ import annotations

import logging
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from django.db import DatabaseError
from django.utils import timezone

from kebao.model.text import Text
from ketang.mailroom.contents import Contents, Group, State, contents_of
from ketang.mailroom.pieces import piece_of
from ketang.mailroom.reading.limits import told
from ketang.mailroom.reading.mail import Attachment, ReadMail, read_mail
from ketang.mailroom.storable import moment, storable
from ketang.platform.storage.actions import put, put_written
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import read, spool
from ketang.platform.storage.releasing import release
from ketang.selection.mail.models import Mail
from ketang.selection.mail.taking import TakenMail, TakenPackage, TakenPart, take

log = logging.getLogger(__name__)

_IN_MEMORY = 1 << 20
_PIECE = 1 << 20
_LONGEST_TEXT = 20_000
_JOINED = frozenset({"zip.001", "7z.001", "tar.001"})
"""Split archives whose pieces one after another are the archive. The others want their own program."""
_STAMP = (1980, 1, 1, 0, 0, 0)
"""Files that were put together carry no time: the same files are the same package."""


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
    packages = tuple(_packages(contents_of(mail), parts))
    return TakenMail(
        digest=raw.digest, size=raw.size, message_id=mail.message_id, sender_name=mail.sender.name,
        sender_address=mail.sender.address, recipients=_recipients(mail), subject=mail.subject,
        text=mail.text[:_LONGEST_TEXT], links=tuple(_link(mail)), proofs=mail.shown.verbatim,
        automatic="；".join(mail.automatic), faults=tuple(told(remark).zh for remark in mail.remarks),
        said_at=moment(mail.date), received_at=arrived or moment(mail.received_at) or timezone.now(), parts=parts,
        packages=packages,
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
        return _joined(group, mine)
    if state is State.LOOSE:
        stored = put_written(lambda file: _zip(file, mine))
        return "邮件附件.zip", (stored.digest, stored.size)
    (part,) = mine
    return part.name, (part.digest, part.size)


def _joined(group: Group, mine: Sequence[TakenPart]) -> tuple[str, tuple[str, int] | None]:
    split = group.split
    first = piece_of(mine[0].name)
    name = first.stem if first is not None else mine[0].name
    if split is None or first is None or not split.complete or first.family not in _JOINED:
        return name, None
    ending = first.family.partition(".")[0]
    once = {piece.number: part for part in mine if (piece := piece_of(part.name)) is not None}
    stored: StoredFile = put(piece for number in split.numbers for piece in read(once[number].digest))
    return f"{name}.{ending}", (stored.digest, stored.size)


def _zip(file: IO[bytes], parts: Sequence[TakenPart]) -> None:
    """The loose files as one archive, each under its own name; a second file of a name gets a number."""
    used: dict[str, int] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for part in parts:
            plain = PurePosixPath(part.name.replace("\\", "/")).name or f"附件{part.place}"
            count = used[plain] = used.get(plain, 0) + 1
            path = PurePosixPath(plain)
            name = plain if count == 1 else f"{path.stem}({count}){path.suffix}"
            info = zipfile.ZipInfo(name, _STAMP)
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=part.size > (1 << 31)) as entry:
                for piece in read(part.digest):
                    entry.write(piece)
