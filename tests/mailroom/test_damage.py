"""Cut, flipped and shuffled mails: no exception, whatever the bytes, and all bytes of every attachment accounted for."""

from __future__ import annotations

import hashlib
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketang.mailroom.contents import contents_of
from ketang.mailroom.reading.limits import REMARKS, Limits, Remark
from ketang.mailroom.reading.mail import ReadMail, read_mail
from mailroom.quirks.mails import mails

MAILS = tuple(mails())
_PIECES = (
    b"--",
    b"\r\n",
    b"\n",
    b"=?",
    b"?=",
    b"boundary=",
    b'"',
    b"\xc4\xe3",
    b"\x00",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"=",
    b"begin 644 a\n",
    b"*0*=",
)


def read_whole(raw: bytes, limits: Limits | None = None) -> ReadMail:
    kept: list[tuple[str, io.BytesIO]] = []

    def spool(place: str, name: str, declared: str) -> io.BytesIO:
        kept.append((place, io.BytesIO()))
        return kept[-1][1]

    read = read_mail(io.BytesIO(raw), spool=spool, limits=limits or Limits())
    found = sorted((one.place, one.size, one.sha256) for one in read.attachments)
    assert found == sorted((p, len(b.getvalue()), hashlib.sha256(b.getvalue()).hexdigest()) for p, b in kept)
    assert {remark.code for remark in read.remarks} <= set(REMARKS)
    assert contents_of(read).reason.zh
    return read


def damaged(raw: bytes, chance: random.Random) -> bytes:
    content = bytearray(raw)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(content) + 1)
        match chance.randrange(4):
            case 0:
                del content[at:]
            case 1:
                content[at : at + 1] = chance.randbytes(1)
            case 2:
                content[at:at] = chance.choice(_PIECES)
            case _:
                del content[at : at + chance.randrange(1, 80)]
    return bytes(content)


def _survive(count: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        read_whole(damaged(chance.choice(MAILS).raw, chance))


def test_damaged_mails_are_read_as_far_as_they_go() -> None:
    _survive(400, 1)


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(2, 12))
def test_many_damaged_mails_are_read_as_far_as_they_go(seed: int) -> None:
    _survive(5000, seed)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail(raw: bytes) -> None:
    read_whole(raw)


@given(
    st.lists(
        st.sampled_from(
            [*_PIECES, b"Content-Type: multipart/mixed; boundary=x\r\n", b"--x\r\n", b"--x--\r\n", b"\r\n", b"abc"]
        ),
        max_size=30,
    )
)
def test_any_structure_is_a_mail(pieces: list[bytes]) -> None:
    read_whole(b"".join(pieces))


def nested(depth: int) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" * depth + b"Subject: deepest\r\n\r\nwords"


def test_what_is_beyond_the_limits_is_told() -> None:
    many = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\na\r\n" * 30 + b"--x--\r\n"
    assert read_whole(nested(40)).remarks == (Remark("too-deep", ".".join("1" * 12)),)
    assert read_whole(many, Limits(parts=20)).remarks == (Remark("too-many-parts"),)
    assert read_whole(b"X: " + b"a\r\n b" * 1000 + b"\r\n\r\n", Limits(header_bytes=100)).remarks == (
        Remark("long-header"),
    )
    cut = read_whole(MAILS[0].raw, Limits(total_bytes=1500))
    assert [remark.code for remark in cut.remarks][:2] == ["too-large", "no-end"]
    assert contents_of(cut).state.value == "oversize"
    assert read_whole(b"\r\n" + b"a" * 50, Limits(text_bytes=10)).text == "a" * 10
