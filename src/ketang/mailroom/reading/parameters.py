"""Values with parameters: Content-Type and Content-Disposition, with RFC 2231 pieces and every wrong form of a file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from ketang.mailroom.reading.words import decoded, header_text

_PARAMETER = re.compile(
    rb";\s*([A-Za-z0-9_.\-]+)(\*(?:(\d+)\*?)?)?\s*=\s*(?:\"((?:[^\"\\]|\\.)*)(?:\"|$)|((?:=\?[^;]*?\?=\s*)+|[^;]*))",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([\"\\])")
_DRIVE = re.compile(r"^(?:[A-Za-z]:)?.*[\\/](?=[^\\/])")


@dataclass(frozen=True, slots=True)
class Valued:
    """A header's bare value in lower case, and its parameters with lower-case names, decoded."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)


def valued(raw: bytes) -> Valued:
    """Read `text/plain; charset=...`. Never raises; the first of two parameters of one name counts, RFC 2231 before both."""
    bare = raw.split(b";", 1)[0]
    value = decoded(bare, "").strip().strip('"').lower()
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, bytes]]] = {}
    for match in _PARAMETER.finditer(raw, len(bare)):
        name = match[1].decode("ascii").lower()
        content = _ESCAPE.sub(rb"\1", match[4]) if match[4] is not None else match[5].strip()
        star = match[2] or b""
        if star:
            number = int(match[3][:6]) if match[3] else 0
            pieces.setdefault(name, []).append((number, star.endswith(b"*"), content))
        else:
            plain.setdefault(name, header_text(content).strip("\"' "))
    return Valued(value, plain | {name: _joined(found) for name, found in pieces.items()})


def _joined(pieces: list[tuple[int, bool, bytes]]) -> str:
    """RFC 2231: pieces in order, percent signs taken out as bytes first, so that a character cut between two is whole again."""
    charset, whole = "", b""
    for position, (_, extended, content) in enumerate(sorted(pieces, key=lambda piece: piece[0])):
        rest = re.sub(rb"\r?\n[ \t]*", b"", content)
        if extended:
            if position == 0 and rest.count(b"'") >= 2:
                said, _, rest = rest.split(b"'", 2)
                charset = said.decode("ascii", "replace")
            rest = unquote_to_bytes(rest)
        whole += rest
    return header_text(whole) if b"=?" in whole else decoded(whole, charset)


def file_name(disposition: Valued, kind: Valued) -> str:
    """A part's file name: Content-Disposition first, then Content-Type; folders of the sender's disk are dropped. Empty: none."""
    for found in (disposition.parameters.get("filename", ""), kind.parameters.get("name", "")):
        name = _DRIVE.sub("", found).strip().rstrip("\\/")
        if name:
            return name
    return ""
