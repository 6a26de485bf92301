"""Mails with the habits of real programs, written by a generator that knows nothing of the reader."""

from __future__ import annotations

import ast
import io
from collections import Counter
from pathlib import Path

import pytest

from ketang.mailroom.contents import contents_of
from ketang.mailroom.reading.mail import read_mail
from mailroom.quirks.mails import CLIENTS, SHAPES, Mail, mails

MAILS = tuple(mails())


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.label)
def test_every_mail_is_read_as_it_was_meant(mail: Mail) -> None:
    spooled: dict[str, io.BytesIO] = {}
    read = read_mail(io.BytesIO(mail.raw), spool=lambda place, _name, _kind: spooled.setdefault(place, io.BytesIO()))
    contents = contents_of(read)
    assert (
        read.subject,
        contents.named and (contents.named.unit, contents.named.title),
        tuple((one.name, one.sha256) for one in read.attachments),
        contents.state.value,
        read.is_automatic,
        tuple(remark.code for remark in read.remarks),
        tuple((link.address, link.password) for link in read.links),
        (read.sender.name, read.to[0].address),
    ) == (
        mail.subject, mail.named, mail.files, mail.state, mail.automatic, mail.remarks, mail.links, ("示例发件人珺", "office@example.org"),
    )  # fmt: skip
    assert {place: len(kept.getvalue()) for place, kept in spooled.items()} == {
        one.place: one.size for one in read.attachments
    }


def test_three_hundred_different_mails_in_every_state() -> None:
    assert len({mail.raw for mail in MAILS}) == len(MAILS) == len(CLIENTS) * len(SHAPES) == 364
    assert tuple(mails()) == MAILS
    counted = Counter(mail.state for mail in MAILS)
    assert counted == {
        "package": 168,
        "packages": 14,
        "pieces": 14,
        "loose": 14,
        "links": 28,
        "nothing": 28,
        "unreadable": 42,
        "automatic": 56,
    }  # fmt: skip


def test_the_generator_knows_neither_the_reader_nor_a_library_of_mail() -> None:
    imported = set()
    for path in (Path(__file__).parent / "quirks").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").split(".")[0])
    assert imported == {
        "__future__", "base64", "binascii", "collections", "dataclasses", "hashlib", "random", "mailroom",
    }  # fmt: skip
