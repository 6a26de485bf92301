"""Where an answer to a mail may go."""

from __future__ import annotations

import io

import pytest

from ketang.mailroom.answering import answered_to
from ketang.mailroom.reading.mail import read_mail


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("From: =?gb2312?B?wO4=?= <Li@example.com>\r\nReply-To: Course@example.com", "course@example.com"),
        ("From: li@example.com\r\nReply-To: 没有地址", "li@example.com"),
        ("From: li@example.com\r\nReply-To: a@b", "li@example.com"),
        ("From: 无地址", ""),
        ("From: a@b", ""),
        ("From: 李@example.com", ""),
        ("Subject: x", ""),
    ],
)
def test_reply_to_before_the_sender_and_only_what_can_be_sent_to(head: str, address: str) -> None:
    assert answered_to(read_mail(io.BytesIO(head.encode() + b"\r\n\r\nwords\r\n"))) == address
