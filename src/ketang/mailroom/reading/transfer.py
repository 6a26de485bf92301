"""Content-Transfer-Encoding taken off, line by line, with what real programs get wrong."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator

_STRAY = re.compile(rb"[^A-Za-z0-9+/=\s]+")
_CLEAN = re.compile(rb"[A-Za-z0-9+/\r\n]*")
_BEGIN = re.compile(rb"^begin [0-7]{3,4} (\S.*?)\s*$")


def bytes_of(lines: Iterable[bytes], encoding: str, remarks: set[str]) -> Iterator[bytes]:
    """The decoded bytes in pieces; what was wrong is added to `remarks`. Unknown encodings are kept as they stand."""
    if encoding == "base64":
        yield from _from_base64(lines, remarks)
    elif encoding == "quotedprintable":
        yield from _from_quoted(lines)
    elif encoding in {"xuuencode", "uuencode", "xuue", "uue"}:
        yield from from_uuencode(lines, remarks)
    else:
        if encoding not in {"", "7bit", "8bit", "binary", "8bits", "7bits"}:
            remarks.add("unknown-encoding")
        yield from lines


def _from_base64(blocks: Iterable[bytes], remarks: set[str]) -> Iterator[bytes]:
    """Blocks of whole lines are decoded at once while nothing is odd in them; the line that is odd is looked at by itself."""
    rest, padded = b"", False
    for line in _odd_lines_apart(blocks):
        stray = _STRAY.search(line) is not None
        if padded and (stray or b" " in line.strip()):
            remarks.add("text-after-base64")
            break
        if stray:
            remarks.add("broken-base64")
            line = _STRAY.sub(b"", line)
        pieces = line.translate(None, b" \t\r\n\v\f").split(b"=")
        for piece in pieces[:-1]:
            rest += piece
            if rest:
                yield _last_of(rest, remarks)
                rest = b""
                padded = True
        rest += pieces[-1]
        whole = len(rest) - len(rest) % 4
        if whole:
            yield binascii.a2b_base64(rest[:whole])
            rest = rest[whole:]
    if rest:
        last = _last_of(rest, remarks)
        # Some writers leave the padding away; bits left over that are not zero tell that the end is lost.
        if not binascii.b2a_base64(last).startswith(rest):
            remarks.add("broken-base64")
        yield last


def _odd_lines_apart(blocks: Iterable[bytes]) -> Iterator[bytes]:
    for block in blocks:
        if _CLEAN.fullmatch(block):
            yield block
        else:
            yield from block.splitlines(keepends=True)


def _last_of(rest: bytes, remarks: set[str]) -> bytes:
    """The end of a run: its padding completed; a lone character is six bits of nothing."""
    whole = len(rest) - 1 if len(rest) % 4 == 1 else len(rest)
    if whole != len(rest):
        remarks.add("broken-base64")
    return binascii.a2b_base64(rest[:whole] + b"=" * (-whole % 4))


def _from_quoted(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        ending = b"\r\n" if line.endswith(b"\r\n") else b"\n" if line.endswith(b"\n") else b""
        bare = line.rstrip(b" \t\r\n") if ending else line
        soft = bare.endswith(b"=") and ending
        yield binascii.a2b_qp(bare[:-1] if soft else bare) + (b"" if soft else ending)


def from_uuencode(lines: Iterable[bytes], remarks: set[str]) -> Iterator[bytes]:
    """What stands between `begin` and `end`; lines whose length does not fit their first character are read as far as they go."""
    inside = ended = False
    for line in lines:
        bare = line.rstrip(b"\r\n")
        if not inside:
            inside = _BEGIN.match(bare) is not None
        elif bare.strip() == b"end":
            ended = True
            break
        elif bare:
            yield _uu_line(bare, remarks)
    if not ended:
        remarks.add("broken-uuencode")


def _uu_line(bare: bytes, remarks: set[str]) -> bytes:
    try:
        return binascii.a2b_uu(bare)
    except binascii.Error:
        # Some writers count one group too many, or lose blanks at the end of a line.
        meant = (bare[0] - 32) & 63
        body = bare[1 : 1 + (meant * 4 + 2) // 3 + 2]
        try:
            return binascii.a2b_uu(bare[:1] + body[: -(-meant // 3) * 4].ljust(-(-meant // 3) * 4))
        except binascii.Error:
            remarks.add("broken-uuencode")
            return b""


def inline_name(line: bytes) -> bytes | None:
    """The raw name when a line of text begins a uuencoded file."""
    match = _BEGIN.match(line.rstrip(b"\r\n"))
    return match[1] if match else None
