"""Answers as a real SMTP server takes them in, and none to machines."""

from __future__ import annotations

import io
import smtplib
import socket
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from kebao.model.text import Text
from ketang.mailroom.answering import compose_answer, why_not_answered
from ketang.mailroom.reading.mail import ReadMail, read_mail
from mailroom.quirks.mails import mails

OFFICE = "office@example.org"
WORDS = Text(zh="您的邮件已收到。\n请用链接上传：https://example.org/u/1", en="Your mail has arrived.")


class Kept:
    """What the server was given."""

    def __init__(self) -> None:
        self.raw: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.raw.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


def mail(head: str) -> ReadMail:
    return read_mail(io.BytesIO(head.encode() + b"\r\n\r\nwords\r\n"))


def answer(read: ReadMail) -> Any:
    return compose_answer(read, WORDS, sender=OFFICE, office="市残联培训办公室", message_id="a1@example.org")


def test_an_answer_as_it_arrives() -> None:
    kept = Kept()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        read = mail(
            "From: =?gb2312?B?wO4=?= <li@example.com>\r\nReply-To: course@example.com\r\nSubject: 网络课程+某校+急救\r\n"
            "Message-ID: <m2@example.com>\r\nReferences: <m0@example.com> <m1@example.com>"
        )
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            client.send_message(answer(read))
    finally:
        controller.stop()
    ((sender, recipients, raw),) = kept.raw
    received = message_from_bytes(raw, policy=default)
    assert (sender, recipients) == (OFFICE, ["course@example.com"])
    assert {name: str(value) for name, value in received.items()} == {
        "From": "市残联培训办公室 <office@example.org>",
        "To": "course@example.com",
        "Subject": "回复：网络课程+某校+急救",
        "Message-ID": "<a1@example.org>",
        "In-Reply-To": "<m2@example.com>",
        "References": "<m0@example.com> <m1@example.com> <m2@example.com>",
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "base64",
        "MIME-Version": "1.0",
    }
    assert received.get_content().replace("\r\n", "\n") == f"{WORDS.zh}\n\n----\n\n{WORDS.en}\n"


def test_our_answer_is_automatic_and_is_not_answered_again() -> None:
    again = read_mail(io.BytesIO(answer(mail("From: a@example.com\r\nSubject: x")).as_bytes()))
    assert again.automatic == ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All")
    assert why_not_answered(again, {OFFICE}) is not None


def test_every_mail_of_the_generator_is_answered_or_not_as_it_should_be() -> None:
    for one in mails():
        read = read_mail(io.BytesIO(one.raw))
        assert (why_not_answered(read, {OFFICE}) is not None) is one.automatic, one.label
        if not one.automatic:
            assert read_mail(io.BytesIO(answer(read).as_bytes())).in_reply_to == read.message_id


@pytest.mark.parametrize(
    "head",
    [
        "Subject: x",
        "From: 无地址\r\nSubject: x",
        f"From: {OFFICE}",
        "From: a@example.com\r\nAuto-Submitted: auto-generated",
        "From: MAILER-DAEMON@example.com",
        "From: a@b",
    ],
)
def test_who_is_not_answered(head: str) -> None:
    assert why_not_answered(mail(head), {OFFICE}) is not None
    with pytest.raises(ValueError):
        answer(mail(head))


@pytest.mark.parametrize(
    "subject",
    [
        "a\r\nBcc: x@example.com",
        "=?utf-8?B?YQ0KQmNjOiB4QGV4YW1wbGUuY29t?=",
        "急" * 900,
        "\udce4".encode("utf-8", "surrogateescape").decode("latin-1"),
    ],
)
def test_a_subject_writes_no_header(subject: str) -> None:
    made = answer(mail(f"From: a@example.com\r\nSubject: {subject}"))
    assert message_from_bytes(made.as_bytes(), policy=default)["Bcc"] is None
    assert made["To"] == "a@example.com"
