"""Bytes of a header as text: RFC 2047 in the forms that programs really write, and bytes without any declaration.

Python's `email` decodes each encoded word by itself, so a character cut between two words is lost, and it refuses words that
hold spaces or lack their end; Chinese programs write all of these.
"""

from __future__ import annotations

import binascii
import re

_WORD = re.compile(
    rb"=\?([A-Za-z0-9_.:\-]{2,40})(?:\*[A-Za-z\-]*)?\?"
    rb"(?:([bB])\?([A-Za-z0-9+/=\s]*?)|([qQ])\?([^?\r\n]*(?:\?(?!=)[^?\r\n]*)*?))(?:\?=|$)"
)
_FOLD = re.compile(rb"\r?\n[ \t]*")
_GB = frozenset(
    {"gb2312", "gbk", "gb18030", "xgbk", "cp936", "ms936", "gb231280", "euccn", "csgb2312", "chinese", "hzgb2312"}
)
_UTF8 = frozenset({"utf8", "unicode11utf8", "utf8mb4", "utf"})
_BIG5 = frozenset({"big5", "cp950", "big5hkscs", "xbig5", "csbig5"})
_NOTHING_SAID = frozenset(
    {
        "",
        "usascii",
        "ascii",
        "iso88591",
        "latin1",
        "windows1252",
        "cp1252",
        "unknown8bit",
        "unknown",
        "default",
        "xunknown",
        "8bit",
        "binary",
    }
)


def header_text(raw: bytes) -> str:
    """One header's value, unfolded and decoded. Never raises; what no character set explains is shown as U+FFFD."""
    pieces: list[tuple[str | None, bytes]] = []
    at = 0
    for match in _WORD.finditer(raw):
        between = raw[at : match.start()]
        if between.strip() or (pieces and pieces[-1][0] is None and between):
            pieces.append((None, between))
        elif not pieces and between:
            pieces.append((None, between.lstrip()))
        charset = plain_charset(match[1].decode("ascii"))
        content = _base64(match[3]) if match[2] else _quoted(match[5])
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + content)
        else:
            pieces.append((charset, content))
        at = match.end()
    if raw[at:]:
        pieces.append((None, raw[at:]))
    text = "".join(
        decoded(_FOLD.sub(b" ", content), "") if charset is None else decoded(content, charset)
        for charset, content in pieces
    )
    return "".join(c if c.isprintable() or c == "\u3000" else " " if c in "\t\r\n" else "" for c in text).strip()


def plain_charset(name: str) -> str:
    """A character set's name without case, dashes and blanks."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def decoded(content: bytes, charset: str) -> str:
    """Bytes as text. `charset` is believed unless the bytes contradict it: gb2312 is read as GB18030, which holds it.

    Nothing said, or a name for western text: UTF-8 if the bytes are, else GB18030. Declared GB but surely UTF-8: UTF-8.
    """
    said = plain_charset(charset)
    order: tuple[str, ...]
    if said.startswith("hzgb") and b"~{" in content:
        return content.decode("hz", "replace")
    if said in _GB:
        order = ("utf-8", "gb18030") if _surely_utf8(content) else ("gb18030", "utf-8")
    elif said in _BIG5:
        order = ("cp950", "big5hkscs", "utf-8", "gb18030")
    elif said in _UTF8 or said in _NOTHING_SAID:
        order = ("utf-8", "gb18030")
    else:
        try:
            return content.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            order = ("utf-8", "gb18030")
    for name in order:
        try:
            return content.decode(name)
        except UnicodeError:
            continue
    if said in _NOTHING_SAID and said not in {"", "usascii", "ascii"} and not _half_chinese(content):
        return content.decode("cp1252", "replace")
    return content.decode(order[0], "replace")


def _half_chinese(content: bytes) -> bool:
    return sum(byte >= 0x80 for byte in content) * 2 > len(content)


def _surely_utf8(content: bytes) -> bool:
    """Twelve high bytes that form characters of three bytes: in GB text that happens once in some ten million times."""
    if sum(byte >= 0x80 for byte in content) < 12:
        return False
    try:
        return all(c < "\x80" or c >= "\u0800" for c in content.decode("utf-8"))
    except UnicodeError:
        return False


def _base64(content: bytes) -> bytes:
    """Base64 with blanks, missing or early padding; a lone last character is dropped."""
    found = b""
    for piece in re.sub(rb"\s", b"", content).split(b"="):
        whole = piece[: len(piece) - 1] if len(piece) % 4 == 1 else piece
        found += binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    return found


def _quoted(content: bytes) -> bytes:
    return binascii.a2b_qp(content.replace(b"_", b" "), header=True)
