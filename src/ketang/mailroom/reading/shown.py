"""What the receiving server wrote: when the mail came in, and its results of SPF, DKIM and DMARC, in its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from ketang.mailroom.reading.tree import Part
from ketang.mailroom.reading.words import header_text

_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([A-Za-z]+)", re.IGNORECASE)
_ZONE_WORD = re.compile(r"\(.*?\)")


@dataclass(frozen=True, slots=True)
class Shown:
    """Results as the receiving server shows them: the words only; empty where it says nothing.

    `verbatim` keeps the headers whole. Lines further down may be written by the sender; only those above the first Received count.
    """

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    verbatim: tuple[str, ...] = ()

    @property
    def results(self) -> tuple[tuple[str, str], ...]:
        """The three as (name, word); an empty word where the server says nothing."""
        return (("spf", self.spf), ("dkim", self.dkim), ("dmarc", self.dmarc))


def shown_results(root: Part) -> Shown:
    """Read what stands with the top Received line: above it, or between it and the second one."""
    found: dict[str, str] = {}
    verbatim: list[str] = []
    received = 0
    for name, raw in root.headers:
        received += name == "received"
        if received > 1:
            break
        if name == "authentication-results":
            words = header_text(raw)
            verbatim.append(f"Authentication-Results: {words}")
            for match in _RESULT.finditer(_ZONE_WORD.sub("", words)):
                found.setdefault(match[1].lower(), match[2].lower())
        elif name == "received-spf":
            words = header_text(raw)
            verbatim.append(f"Received-SPF: {words}")
            found.setdefault("spf", words.split(" ", 1)[0].strip(";:").lower())
    return Shown(found.get("spf", ""), found.get("dkim", ""), found.get("dmarc", ""), tuple(verbatim))


def said_date(raw: bytes) -> datetime | None:
    """The time a header states; None when it states none that can be read. Without a zone it stays without one."""
    try:
        return parsedate_to_datetime(header_text(raw))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def received_date(root: Part) -> datetime | None:
    """The time in the top Received line, which the receiving server wrote."""
    top = root.first("received")
    return said_date(top.rsplit(b";", 1)[-1]) if b";" in top else None
