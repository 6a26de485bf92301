"""Raw bytes of headers, names and parts as mail programs write them. Imports nothing of the product, nor of Python's `email`."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

CRLF = b"\r\n"


def b_word(text: str, charset: str, codec: str = "") -> bytes:
    """The whole text in one encoded word, however long."""
    return b"=?%s?B?%s?=" % (charset.encode(), base64.b64encode(text.encode(codec or charset)))


def q_word(text: str, charset: str, codec: str = "") -> bytes:
    quoted = b"".join(
        bytes([c]) if chr(c).isalnum() and c < 128 else b"=%02X" % c for c in text.encode(codec or charset)
    )
    return b"=?%s?Q?%s?=" % (charset.encode(), quoted)


def folded_words(text: str, charset: str, codec: str = "", each: int = 10) -> bytes:
    """Whole characters, some in each word, folded between."""
    pieces = [text[at : at + each] for at in range(0, len(text), each)] or [""]
    return b"\r\n ".join(b_word(piece, charset, codec) for piece in pieces)


def cut_words(text: str, charset: str, codec: str = "", each: int = 15) -> bytes:
    """Folded by bytes, so that characters are cut between two words."""
    content = text.encode(codec or charset)
    pieces = [content[at : at + each] for at in range(0, len(content), each)] or [b""]
    return b"\r\n\t".join(b"=?%s?B?%s?=" % (charset.encode(), base64.b64encode(piece)) for piece in pieces)


def unpadded_word(text: str, charset: str, codec: str = "") -> bytes:
    return b_word(text, charset, codec).replace(b"=?=", b"?=").replace(b"=?=", b"?=")


def broken_word(text: str, charset: str, codec: str = "") -> bytes:
    """One word, with the line folded inside of it."""
    word = b_word(text, charset, codec)
    return word if len(word) < 40 else word[:36] + b"\r\n " + word[36:]


def extended(name: str, text: str, charset: str = "utf-8", each: int = 0) -> bytes:
    """RFC 2231; with `each`, in continuations of so many bytes, which cut characters."""
    content = text.encode(charset)

    def percent(piece: bytes) -> bytes:
        return b"".join(bytes([c]) if chr(c).isalnum() and c < 128 else b"%%%02X" % c for c in piece)

    if not each:
        return b"%s*=%s''%s" % (name.encode(), charset.encode(), percent(content))
    pieces = [content[at : at + each] for at in range(0, len(content), each)]
    said = [
        b"%s*%d*=%s%s" % (name.encode(), n, charset.encode() + b"''" if n == 0 else b"", percent(piece))
        for n, piece in enumerate(pieces)
    ]
    return b";\r\n ".join(said)


def base64_lines(content: bytes, width: int = 76, *, padded: bool = True) -> bytes:
    whole = base64.b64encode(content)
    whole = whole if padded else whole.rstrip(b"=")
    return CRLF.join(whole[at : at + width] for at in range(0, len(whole), width)) + CRLF


def quoted_lines(content: bytes, width: int = 72) -> bytes:
    lines = []
    for line in content.split(b"\n"):
        now = b""
        for c in line:
            now += bytes([c]) if 33 <= c < 127 and c != 61 else b"=%02X" % c
            if len(now) > width:
                lines.append(now + b"=")
                now = b""
        lines.append(now)
    return CRLF.join(lines) + CRLF


def uu_lines(content: bytes, name: bytes) -> bytes:
    lines = [binascii.b2a_uu(content[at : at + 45]).rstrip(b"\n") for at in range(0, len(content), 45)]
    return CRLF.join([b"begin 644 " + name, *lines, b"`", b"end"]) + CRLF


@dataclass(frozen=True)
class Said:
    """A part that is already written."""

    headers: tuple[bytes, ...]
    body: bytes

    def raw(self) -> bytes:
        return b"".join(line + CRLF for line in self.headers) + CRLF + self.body


def multipart(kind: str, parts: list[Said], boundary: bytes, *, ended: bool = True, named: bool = True) -> Said:
    said = b"Content-Type: multipart/%s" % kind.encode() + (b';\r\n\tboundary="%s"' % boundary if named else b"")
    body = b"This is a multi-part message in MIME format.\r\n"
    for part in parts:
        body += CRLF + b"--" + boundary + CRLF + part.raw()
    return Said((said,), body + (CRLF + b"--" + boundary + b"--" + CRLF if ended else b""))
