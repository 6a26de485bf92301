"""People in a header: names and addresses, decoded after the commas are understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ketang.mailroom.reading.words import header_text

_ADDRESS = re.compile(r"[^\s<>@,;:\"'()（）＜＞]+@[^\s<>@,;:\"'()（）＜＞]+")
_PIECE = re.compile(rb"(?:\"(?:[^\"\\]|\\.)*\"|=\?[^?]*\?[bBqQ]\?[^?]*\?=|<[^>]*>|[^,;\"])+|\"")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A person in a header, as written. `address` is in lower case; either may be empty."""

    name: str
    address: str


def mailboxes(raw: bytes) -> tuple[Mailbox, ...]:
    """Everybody in one header. Never raises; what holds no address is kept as a name."""
    found = (_mailbox(header_text(piece)) for piece in _PIECE.findall(re.sub(rb"\r?\n[ \t]*", b" ", raw)))
    return tuple(one for one in found if one.name or one.address)


def _mailbox(text: str) -> Mailbox:
    addresses = list(_ADDRESS.finditer(text))
    if not addresses:
        return Mailbox(_bare(text.replace("<>", "")), "")
    last = addresses[-1]
    address = last[0].strip(".").lower()
    name = _bare(text[: last.start()] + text[last.end() :])
    return Mailbox("" if name.lower() == address else name, address)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[<＜(（]\s*[>＞)）]|[<＜(（]\s*$", "", text).split()).strip(" \"'“”")
