"""Read one mail: `read_mail` gives its `ReadMail`, and its attachments' bytes to whoever wants them, in pieces."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol

from ketang.mailroom.reading.addresses import Mailbox, mailboxes
from ketang.mailroom.reading.automatic import why_automatic
from ketang.mailroom.reading.body import said_charset, text_of_html
from ketang.mailroom.reading.limits import STANDARD, Limits, Remark
from ketang.mailroom.reading.links import Link, package_links
from ketang.mailroom.reading.parameters import file_name
from ketang.mailroom.reading.shown import Shown, received_date, said_date, shown_results
from ketang.mailroom.reading.tnef import Summed, pieces_of, unwrapped
from ketang.mailroom.reading.transfer import bytes_of, from_uuencode, inline_name
from ketang.mailroom.reading.tree import Part, Scan, blocks_between, lines_between, lines_of
from ketang.mailroom.reading.words import decoded, header_text

_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_IN_MEMORY = 1024 * 1024
_NAMES = {"application/ms-tnef": "winmail.dat", "application/vnd.ms-tnef": "winmail.dat"}
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_REPORTS = frozenset(
    {"message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers"}
)


class Writes(Protocol):
    """Anything with `write`."""

    def write(self, piece: bytes, /) -> object:
        """Take the next bytes."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file in a mail. `place` is its part (`2.1`; `~1` a file uuencoded in the text), `mail` the place of the mail it lies in.

    `name` is empty when the mail names none; `size` and `sha256` are of the decoded bytes; `inline` files belong to an HTML body.
    """

    place: str
    name: str
    declared: str
    size: int
    sha256: str
    inline: bool = False
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Inner:
    """A mail inside this one, forwarded or returned."""

    place: str
    subject: str
    sender: Mailbox
    message_id: str
    date: datetime | None


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What one mail says. Ids without angle brackets; `text` is plain text and never markup; times as written."""

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    sender: Mailbox
    reply_to: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    delivered_to: tuple[str, ...]
    subject: str
    date: datetime | None
    received: str
    received_at: datetime | None
    shown: Shown
    automatic: tuple[str, ...]
    text: str
    links: tuple[Link, ...]
    attachments: tuple[Attachment, ...]
    inner: tuple[Inner, ...]
    remarks: tuple[Remark, ...]

    @property
    def is_automatic(self) -> bool:
        """No person wrote it: it must not be answered."""
        return bool(self.automatic)


Spool = Callable[[str, str, str], Writes | None]
"""Called with (place, name, declared type) before an attachment's bytes; gives where they go, or None to measure them only."""


@dataclass(slots=True)
class _Found:
    limits: Limits
    spool: Spool | None
    texts: list[str] = field(default_factory=list)
    written: list[tuple[str, str]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    inner: list[Inner] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, code: str, place: str) -> None:
        if Remark(code, place) not in self.remarks:
            self.remarks.append(Remark(code, place))


def read_mail(file: BinaryIO, *, spool: Spool | None = None, limits: Limits = STANDARD) -> ReadMail:
    """Read the raw mail in a seekable binary file. Bad input never raises; what could not be read stands in `remarks`.

    Memory: headers, text bodies up to the limit, and pieces of 64 KB; attachments go to `spool` as they are decoded.
    """
    found = _Found(limits, spool)
    root = _read_tree(file, found, depth=0, prefix="", mail="")
    sender = next(iter(mailboxes(root.first("from")) or mailboxes(root.first("sender"))), Mailbox("", ""))
    subject = header_text(root.first("subject"))
    text = "\n\n".join(words for words in found.texts if words)
    return ReadMail(
        message_id=_first_id(root.first("message-id")),
        in_reply_to=_first_id(root.first("in-reply-to")),
        references=tuple(_ID.findall(header_text(root.first("references")))),
        sender=sender,
        reply_to=_people(root, "reply-to"),
        to=_people(root, "to"),
        cc=_people(root, "cc"),
        delivered_to=tuple(box.address for name in ("delivered-to", "x-original-to") for box in _people(root, name)),
        subject=subject,
        date=said_date(root.first("date")),
        received=header_text(root.first("received")),
        received_at=received_date(root),
        shown=shown_results(root),
        automatic=why_automatic(root, sender, subject),
        text=text,
        links=package_links(text, tuple(found.written)),
        attachments=tuple(found.attachments),
        inner=tuple(found.inner),
        remarks=tuple(found.remarks),
    )


def _people(root: Part, name: str) -> tuple[Mailbox, ...]:
    return tuple(box for raw in root.all(name) for box in mailboxes(raw))


def _first_id(raw: bytes) -> str:
    words = header_text(raw)
    match = _ID.search(words)
    return match[1] if match else (words.split() or [""])[0]


def _read_tree(file: BinaryIO, found: _Found, *, depth: int, prefix: str, mail: str) -> Part:
    scan = Scan(file, found.limits, depth=depth, prefix=prefix)
    found.remarks.extend(scan.remarks)
    _visit(file, scan.root, found, mail)
    return scan.root


def _visit(file: BinaryIO, part: Part, found: _Found, mail: str) -> None:
    """Depth is bounded by the scan's limit."""
    kind = part.kind.value
    if kind == "multipart/signed":
        found.remark("signed", part.place)
    elif kind == "multipart/encrypted":
        found.remark("encrypted", part.place)
    if part.is_message and part.children:
        inside = part.children[0]
        _tell_inner(inside, found)
        _visit(file, inside, found, inside.place)
        return
    children = part.children
    if kind == "multipart/alternative":
        children = _alternatives(children)
    for child in children:
        _visit(file, child, found, mail)
    if not part.children and (not part.is_container or part.body_end > part.body_start):
        _leaf(file, part, found, mail)


def _alternatives(children: list[Part]) -> list[Part]:
    """One of the texts that say the same: plain words unless HTML alone is there; whatever is no text stays."""
    texts = [child for child in children if child.kind.value in {"text/plain", "text/html"} and not _is_file(child)]
    plain = [child for child in texts if child.kind.value == "text/plain" and child.body_end > child.body_start]
    rest = [child for child in children if child not in texts]
    if any(child.kind.value.startswith("multipart/") for child in rest) or not plain:
        return children  # HTML with its pictures: both are read, `_leaf` keeps equal words once
    return [*texts, *rest]


def _tell_inner(inside: Part, found: _Found) -> None:
    sender = next(iter(mailboxes(inside.first("from"))), Mailbox("", ""))
    subject, message_id = header_text(inside.first("subject")), _first_id(inside.first("message-id"))
    found.inner.append(Inner(inside.place, subject, sender, message_id, said_date(inside.first("date"))))


def _is_file(part: Part) -> bool:
    return part.disposition.value == "attachment" or bool(file_name(part.disposition, part.kind))


def _leaf(file: BinaryIO, part: Part, found: _Found, mail: str) -> None:
    kind = part.kind.value
    name = file_name(part.disposition, part.kind)
    if kind in _REPORTS or (kind in _SIGNATURES and not name):
        return
    if kind in {"message/partial", "message/external-body"}:
        found.remark(kind.split("/")[1].split("-")[0], part.place)
    elif kind in _NAMES or name.lower() == "winmail.dat":
        _wrapped(file, part, name or _NAMES.get(kind, ""), found, mail)
        return
    elif kind in _SEALED:
        signed = part.kind.parameters.get("smime-type", "").startswith("signed")
        found.remark("wrapped-in-signature" if signed else "encrypted", part.place)
    elif not _is_file(part) and (kind in {"text/plain", "text/html", "text", "plain", ""} or part.is_container):
        _text(file, part, found, mail)
        return
    if kind in {"message/rfc822", "message/global"} or name.lower().endswith(".eml"):
        _mail_inside(file, part, name, found, mail)
        return
    _attachment(_undecoded(file, part), part, name or _NAMES.get(kind, ""), found, mail)


def _undecoded(file: BinaryIO, part: Part) -> Iterable[bytes]:
    """Lines, or blocks of lines where lines mean nothing."""
    if part.encoding == "base64":
        return blocks_between(file, part.body_start, part.body_end)
    return lines_of(file, part)


def _attachment(lines: Iterable[bytes], part: Part, name: str, found: _Found, mail: str) -> None:
    kind = part.kind.value
    inline = part.disposition.value != "attachment" and bool(part.first("content-id")) and kind.startswith("image/")
    remarks: set[str] = set()
    _keep(bytes_of(lines, part.encoding, remarks), Attachment(part.place, name, kind, 0, "", inline, mail), found)
    for code in sorted(remarks):
        found.remark(code, part.place)


def _keep(pieces: Iterable[bytes], stub: Attachment, found: _Found, also: Writes | None = None) -> None:
    target = found.spool(stub.place, stub.name, stub.declared) if found.spool else None
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        for one in (target, also):
            if one is not None:
                one.write(piece)
    found.attachments.append(
        Attachment(stub.place, stub.name, stub.declared, size, digest.hexdigest(), stub.inline, stub.mail)
    )


def _wrapped(file: BinaryIO, part: Part, name: str, found: _Found, mail: str) -> None:
    """winmail.dat: kept as it came, and so is every file that lies in it."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled:
        remarks: set[str] = set()
        stub = Attachment(part.place, name, part.kind.value, 0, "", inline=False, mail=mail)
        _keep(bytes_of(_undecoded(file, part), part.encoding, remarks), stub, found, spooled)
        inside = unwrapped(spooled, found.limits.parts)  # type: ignore[arg-type]  # a file in all but name
        damaged = bool(remarks) or not inside.whole
        for number, one in enumerate(inside.files, 1):
            summed = Summed()
            stub = Attachment(f"{part.place}~{number}", one.name, "", 0, "", inline=False, mail=mail)
            _keep(pieces_of(spooled, one), stub, found, summed)  # type: ignore[arg-type]  # the same
            damaged = damaged or summed.sum != one.sum
        if damaged:
            remarks.add("broken-tnef" if inside.files else "tnef")
        for code in sorted(remarks):
            found.remark(code, part.place)


def _mail_inside(file: BinaryIO, part: Part, name: str, found: _Found, mail: str) -> None:
    """A mail that is attached as a file or encoded: kept as a file, and read."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled:
        remarks: set[str] = set()
        stub = Attachment(part.place, name, part.kind.value, 0, "", inline=False, mail=mail)
        _keep(bytes_of(_undecoded(file, part), part.encoding, remarks), stub, found, spooled)
        for code in sorted(remarks):
            found.remark(code, part.place)
        if part.depth + 1 > found.limits.depth:
            found.remark("too-deep", part.place)
            return
        at = len(found.inner)
        place = f"{part.place}.1" if part.place else "1"
        root = _read_tree(spooled, found, depth=part.depth + 1, prefix=place, mail=place)  # type: ignore[arg-type]  # a file in all but name
        _tell_inner(root, found)
        found.inner.insert(at, found.inner.pop())


def _text(file: BinaryIO, part: Part, found: _Found, mail: str) -> None:
    """A text body, and files that are uuencoded in it."""
    start = part.body_start
    content = bytearray()
    remarks: set[str] = set()
    if part.encoding in {"", "7bit", "8bit", "binary"}:
        count = 0
        at = start
        for line in lines_of(file, part):
            if at < start:  # inside a file that was taken out
                at += len(line)
                continue
            raw_name = inline_name(line)
            if raw_name is not None and (end := _uu_end(file, at, part.body_end)):
                count += 1
                stub = Attachment(f"{part.place}~{count}", header_text(raw_name), "", 0, "", inline=False, mail=mail)
                _keep(from_uuencode(lines_between(file, at, end), remarks), stub, found)
                start = end
            elif len(content) <= found.limits.text_bytes:
                content += line
            at += len(line)
    else:
        for piece in bytes_of(lines_of(file, part), part.encoding, remarks):
            if len(content) > found.limits.text_bytes:
                break
            content += piece
    if len(content) > found.limits.text_bytes:
        found.remark("long-text", part.place)
        del content[found.limits.text_bytes :]
    for code in sorted(remarks):
        found.remark(code, part.place)
    _words(bytes(content), part, found)


def _uu_end(file: BinaryIO, at: int, limit: int) -> int:
    """Where the line `end` of a file begun at `at` stops; 0 without one: then it is only a sentence that begins so."""
    for line in lines_between(file, at, limit):
        at += len(line)
        if line.strip() == b"end":
            return at
    return 0


def _words(content: bytes, part: Part, found: _Found) -> None:
    charset = part.kind.parameters.get("charset", "")
    if part.kind.value == "text/html":
        words, links = text_of_html(decoded(content, charset or said_charset(content)))
        found.written.extend(links)
    else:
        words = decoded(content, charset).replace("\r\n", "\n").replace("\x00", "").strip()
    if _squeezed(words) not in {_squeezed(text) for text in found.texts}:
        found.texts.append(words)


def _squeezed(words: str) -> str:
    return "".join(words.split())
