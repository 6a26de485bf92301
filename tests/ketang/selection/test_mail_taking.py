"""A mail is taken once, with everything in it, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ketang.platform.audit.queries import history
from ketang.selection.calls import actions as calls
from ketang.selection.calls.models import Call
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.mail import taking
from ketang.selection.mail.models import Mail, MailArrival, MailPart
from ketang.selection.mail.taking import TakenMail, TakenPackage, TakenPart, call_of, take

pytestmark = pytest.mark.django_db
AT = datetime(2098, 3, 1, 8, 0, tzinfo=UTC)
PARTS = (TakenPart("2", "课程.zip", "application/zip", "ab" * 32, 9), TakenPart("3", "表.docx", "", "cd" * 32, 5))
PACKAGE = TakenPackage(("2",), "课程.zip", "ab" * 32, 9, "示例培训学校", "饮水照护", "邮件里有一个课程资源包。")
MAIL = TakenMail(
    digest="ef" * 32, size=99, message_id="one@example.org", sender_name="某老师", sender_address="teacher@example.org",
    recipients=("office@example.org",), subject="网络课程+示例培训学校+饮水照护", text="您好", links=(), proofs=("spf=pass",),
    automatic="", faults=(), said_at=None, received_at=AT, parts=PARTS, packages=(PACKAGE,),
)  # fmt: skip


def counts() -> tuple[int, int, int, int]:
    return Mail.objects.count(), MailPart.objects.count(), MailArrival.objects.count(), Arrival.objects.count()


def test_a_mail_brings_its_parts_and_an_arrival(call: Call) -> None:
    made, is_new = take(MAIL, mailbox="INBOX")
    (arrival,) = Arrival.objects.all()
    assert (is_new, counts()) == (True, (1, 2, 1, 1))
    assert (arrival.state, arrival.call, arrival.received_at) == (ArrivalState.UNCLAIMED, call, AT)
    assert (arrival.sender, arrival.supplier, arrival.title, arrival.digest, arrival.reason) == (
        "某老师 <teacher@example.org>", "示例培训学校", "饮水照护", "ab" * 32, "邮件里有一个课程资源包。",
    )  # fmt: skip
    assert [(part.name, part.arrival) for part in made.parts.all()] == [("课程.zip", arrival), ("表.docx", None)]
    assert [entry.action for entry in history(made)] == ["mail.take"]


@pytest.mark.parametrize(
    ("change", "is_new"),
    [
        ({}, False),
        ({"digest": "11" * 32, "size": 120}, False),  # the same mail by another way: other Received lines
        ({"parts": (replace(PARTS[0], digest="22" * 32), PARTS[1])}, True),  # the Message-ID of another mail
        ({"message_id": "two@example.org"}, True),
        ({"message_id": ""}, True),
    ],
    ids=["same", "other way", "other file", "other mail", "no id"],
)
def test_the_same_mail_again_brings_nothing_new(call: Call, change: dict[str, object], is_new: bool) -> None:
    take(MAIL)
    again, new = take(replace(MAIL, **change))  # type: ignore[arg-type]  # of several types
    assert (new, Mail.objects.count(), Arrival.objects.count()) == (is_new, 1 + is_new, 1 + is_new)
    assert again.times_seen == (1 if is_new else 2)


def test_without_a_message_id_the_bytes_tell(call: Call) -> None:
    nameless = replace(MAIL, message_id="")
    assert [take(nameless)[1], take(nameless)[1], take(replace(nameless, digest="33" * 32))[1]] == [True, False, True]


def test_all_or_nothing(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_mail: Mail) -> None:
        raise RuntimeError("cut")

    monkeypatch.setattr(taking, "_taken", [fail])
    with pytest.raises(RuntimeError, match="cut"):
        take(MAIL)
    assert counts() == (0, 0, 0, 0)


def test_the_call_is_the_one_written_to_or_the_only_one_open(call: Call, administrator: object) -> None:
    assert call_of(()) == call
    office = call.content.contact.model_copy(update={"mail": "office@example.org"})
    named = call.content.model_copy(update={"id": "second", "contact": office})
    second = calls.publish(call=calls.create(file=named, actor=administrator), actor=administrator)  # type: ignore[arg-type]
    assert call_of(()) is None
    assert call_of(("someone@example.org", "Office@Example.org")) == second
