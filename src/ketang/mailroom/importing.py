"""Mails out of files: `.eml`, and `.mbox` as Thunderbird, Apple Mail and servers write it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ketang.mailroom.reading.shown import said_date

Take = Callable[[BinaryIO, int, int, datetime | None], None]
"""What every door calls: the raw mail (seekable, at 0, closed afterwards), its UID, the UIDVALIDITY, the time the server took it in.

From a file the UID is the mail's number in it, from 1, and UIDVALIDITY is 0: such a mail is known by its Message-ID and digest alone.
"""

_FROM = re.compile(rb"^From (\S+|.*?@.*?)? ?.*\d{1,2}:\d{2}(?::\d{2})?.*\d{4}")
_QUOTED = re.compile(rb"^>+From ")
_HEADER = re.compile(rb"^[!-9;-~]+[ \t]*:")
_IN_MEMORY = 4 * 1024 * 1024
_PIECE = 64 * 1024


def import_file(path: Path, take: Take) -> int:
    """Give every mail in the file to `take`, in order; the number of mails. An empty file holds none.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        first = file.read(5)
        file.seek(0)
        if first == b"From ":
            return import_mbox(file, take)
        if not first:
            return 0
        take(file, 1, 0, None)
        return 1


def import_mbox(file: BinaryIO, take: Take) -> int:
    """Give every mail of an mbox to `take` in one pass, holding one at a time (on disk above 4 MB); the number of mails.

    A line `From … time … year` after a blank line begins a mail when a header follows. One `>` is taken off `>From `, `>>From ` …,
    as mboxrd writes them; an mboxo file does not tell whether the `>` was the sender's own.
    """
    count = 0
    line = file.readline(_PIECE)
    while line:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as mail:
            arrived = _arrived(line)
            line = _copy_one(file, mail)
            mail.seek(0)
            count += 1
            take(mail, count, 0, arrived)  # type: ignore[arg-type]  # a file in all but name
    return count


def _copy_one(file: BinaryIO, mail: tempfile.SpooledTemporaryFile[bytes]) -> bytes:
    """Copy up to the next mail's `From ` line, which is returned; empty at the end."""
    blank, fresh, held = False, True, b""
    while line := file.readline(_PIECE):
        if fresh and blank and _FROM.match(line) and _header_follows(file):
            return line  # the blank line before it belongs to the mbox
        mail.write(held)
        held = b""
        blank = fresh and line in {b"\n", b"\r\n"}
        if blank:
            held = line
        else:
            mail.write(line[1:] if fresh and _QUOTED.match(line) else line)
        fresh = line.endswith(b"\n")
    return b""


def _header_follows(file: BinaryIO) -> bool:
    at = file.tell()
    line = file.readline(_PIECE)
    file.seek(at)
    return _HEADER.match(line) is not None or line.startswith(b">From ")


def _arrived(line: bytes) -> datetime | None:
    """The time in a `From ` line: `From a@b Thu Nov 26 09:00:00 2026`, without a zone as it is written."""
    match = re.search(
        rb"([A-Z][a-z]{2}) ([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}:\d{2})(?: ([+-]\d{4}))? (\d{4})(?: ([+-]\d{4}))?",
        line,
    )
    if not match:
        return None
    zone = match[5] or match[7] or b""
    return said_date(b" ".join((match[1] + b",", match[3], match[2], match[6], match[4], zone)))
