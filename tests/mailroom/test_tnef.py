"""What is read of a winmail.dat: every file, whole, under its name, or a remark."""

from __future__ import annotations

import hashlib
import io
import random
import struct

import pytest

from ketang.mailroom.contents import State, contents_of
from ketang.mailroom.reading.mail import ReadMail, read_mail
from mailroom.wrapping import LETTER, PACKAGE, TITLE, WHOLE, attached, mail_of, narrow, wide, wrapped


def read(raw: bytes) -> tuple[ReadMail, dict[str, bytes]]:
    kept: dict[str, io.BytesIO] = {}

    def spool(place: str, name: str, declared: str) -> io.BytesIO:
        return kept.setdefault(place, io.BytesIO())

    return read_mail(io.BytesIO(raw), spool=spool), {place: one.getvalue() for place, one in kept.items()}


@pytest.mark.parametrize("kind", ['application/ms-tnef; name="winmail.dat"', "application/vnd.ms-tnef", 'application/octet-stream; name="WINMAIL.DAT"'])  # fmt: skip
def test_every_file_is_taken_out_and_nothing_else(kind: str) -> None:
    mail, kept = read(mail_of(WHOLE, kind))
    assert [(one.place, one.name, one.sha256) for one in mail.attachments] == [
        (place, name, hashlib.sha256(content).hexdigest())
        for place, name, content in (
            ("2", "WINMAIL.DAT" if "WINMAIL" in kind else "winmail.dat", WHOLE),
            ("2~1", f"{TITLE}.zip", PACKAGE), ("2~2", "推荐函.pdf", LETTER),
        )
    ]  # fmt: skip
    assert (kept, mail.remarks) == ({"2": WHOLE, "2~1": PACKAGE, "2~2": LETTER}, ())
    contents = contents_of(mail)
    assert (contents.state, contents.named and contents.named.title, [group.places for group in contents.groups], contents.beside) == (
        State.PACKAGE, "老年人饮水照护入门", [("2~1",)], ("2~2",),
    )  # fmt: skip


def test_a_long_name_in_the_senders_code_page() -> None:
    mail, _kept = read(mail_of(wrapped(attached(b"A~1.ZIP", b"PK", narrow("课程包.zip")))))
    assert ([one.name for one in mail.attachments], mail.remarks) == (["winmail.dat", "课程包.zip"], ())


def test_a_text_alone_is_no_attachment() -> None:
    mail, _kept = read(mail_of(wrapped()))
    assert (len(mail.attachments), mail.remarks, contents_of(mail).state) == (1, (), State.NOTHING)


def test_a_mail_inside_is_told_and_the_files_beside_it_are_there() -> None:
    mail, _kept = read(mail_of(wrapped(attached(b"", None), attached(b"b.zip", PACKAGE))))
    assert [one.name for one in mail.attachments] == ["winmail.dat", "b.zip"]
    assert [remark.code for remark in mail.remarks] == ["broken-tnef"]


def test_a_flipped_byte_is_told() -> None:
    at = WHOLE.index(PACKAGE) + 5000
    mail, kept = read(mail_of(WHOLE[:at] + bytes([WHOLE[at] ^ 1]) + WHOLE[at + 1 :]))
    assert [remark.code for remark in mail.remarks] == ["broken-tnef"]
    assert (len(kept["2~1"]), kept["2~2"]) == (len(PACKAGE), LETTER)


def test_wherever_it_is_cut_that_is_told() -> None:
    small = wrapped(attached(b"A.ZIP", b"PK" * 20, wide("课程包.zip")), attached(b"b.pdf", LETTER))
    silent = []
    for end in range(len(small)):
        mail, kept = read(mail_of(small[:end]))
        assert kept["2"] == small[:end]
        assert all(one.size <= len(small) for one in mail.attachments)
        if not mail.remarks:
            silent.append(end)
    whole_attributes = []
    at = 6
    while at < len(small):
        whole_attributes.append(at)
        at += 9 + struct.unpack_from("<I", small, at + 5)[0] + 2
    # Where one attribute ends and before the next begins nothing tells that more should come, unless a file is begun.
    assert set(silent) <= set(whole_attributes)
    assert len(silent) < len(whole_attributes)


def test_bytes_at_random_raise_nothing() -> None:
    chance = random.Random(20261126)
    for _ in range(400):
        broken = bytearray(WHOLE[:2000])
        for _change in range(chance.randrange(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        mail, kept = read(mail_of(bytes(broken)))
        assert kept["2"] == bytes(broken)
        assert sum(one.size for one in mail.attachments[1:]) <= len(broken)


def test_never_more_files_than_parts_of_a_mail() -> None:
    mail, _kept = read(mail_of(wrapped(*[attached(b"a.txt", b"x")] * 600)))
    assert (len(mail.attachments), [remark.code for remark in mail.remarks]) == (501, ["broken-tnef"])
