"""Mails out of .eml and .mbox files arrive as they were."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from ketang.mailroom.importing import import_file
from mailroom.quirks.mails import mails


def taken(path: Path) -> list[tuple[bytes, int, int, datetime | None]]:
    found: list[tuple[bytes, int, int, datetime | None]] = []

    def take(file: BinaryIO, uid: int, uidvalidity: int, arrived: datetime | None) -> None:
        found.append((file.read(), uid, uidvalidity, arrived))

    assert import_file(path, take) == len(found)
    return found


def test_an_eml_is_one_mail(tmp_path: Path) -> None:
    raw = next(mails()).raw
    (tmp_path / "a.eml").write_bytes(raw)
    assert taken(tmp_path / "a.eml") == [(raw, 1, 0, None)]
    (tmp_path / "b.eml").write_bytes(b"")
    assert taken(tmp_path / "b.eml") == []


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_every_mail_of_an_mbox_is_whole(tmp_path: Path, ending: bytes) -> None:
    raws = [mail.raw.replace(b"\r\n", b"\n").replace(b"\n", ending) for mail in list(mails())[:60]]
    raws.append(ending.join((b"Subject: x", b"", b"From here on", b"", b"From the start", b">From me", b"end", b"")))
    with (tmp_path / "a.mbox").open("wb") as file:
        for raw in raws:
            file.write(b"From a@example.com Thu Nov 26 09:00:00 2026" + ending)
            for line in raw.splitlines(keepends=True):
                file.write(b">" + line if line.lstrip(b">").startswith(b"From ") else line)
            file.write(ending)
    arrived = datetime(2026, 11, 26, 9, 0)
    assert taken(tmp_path / "a.mbox") == [(raw, n + 1, 0, arrived) for n, raw in enumerate(raws)]


def test_a_sentence_that_begins_with_from_begins_no_mail(tmp_path: Path) -> None:
    body = b"Subject: x\n\nFrom 9:00 on 26 November 2026 we are open\nand so on\n"
    (tmp_path / "a.mbox").write_bytes(b"From a@b Thu Nov  6 09:00:00 2026\n" + body)
    assert taken(tmp_path / "a.mbox") == [(body, 1, 0, datetime(2026, 11, 6, 9, 0))]
