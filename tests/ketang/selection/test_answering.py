"""Answers to mails: once for each mail, never to machines or to ourselves, as a real SMTP server takes them in."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from ketang.mailroom.receiving import receive_mail
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.outbox.models import Letter
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.selection.answering import actions
from ketang.selection.answering.links import MARK, digest_of, link_of, token_of
from ketang.selection.answering.models import Answer, AnswerKind, Unanswered, UploadLink
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Receipt
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.mail.models import Mail
from ketang.selection.mail.taking import TakenMail, TakenPackage, TakenPart, take
from ketang_postman import Postman, delivering
from mailroom.quirks.mails import mails

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PART = TakenPart("2", "课程.zip", "application/zip", "ab" * 32, 2048)
WITH = TakenPackage(("2",), "课程.zip", "ab" * 32, 2048, "示例培训学校", "饮水照护", "邮件里有一个课程资源包。")
WITHOUT = TakenPackage((), "", "", None, "", "", "邮件里没有附件，只有下载链接。")
MAIL = TakenMail(
    digest="ef" * 32, size=99, message_id="m2@example.com", sender_name="某老师", sender_address="teacher@example.com",
    recipients=("box@example.org",), subject="网络课程+示例培训学校+饮水照护", text="您好", links=(), proofs=(), automatic="",
    faults=(), said_at=None, received_at=AT, parts=(PART,), packages=(WITH,), contents="package",
    answer_to="course@example.com", references=("m0@example.com", "m1@example.com"),
)  # fmt: skip
LINKS = replace(MAIL, message_id="m3@example.com", parts=(), packages=(WITHOUT,), contents="links")


@pytest.fixture
def postman() -> Iterator[Postman]:
    with delivering() as keeps:
        yield keeps


def work() -> None:
    """Send whatever waits, twice over."""
    for _ in range(2):
        for job in Job.objects.filter(state=JobState.WAITING, name="outbox.send"):
            run(str(job.uuid))


def body(mail: Message) -> str:
    content = mail.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode().replace("\r\n", "\n")


def answers() -> list[tuple[str, str, bool]]:
    return [(one.kind, one.unanswered, one.letter is not None) for one in Answer.objects.all()]


RECEIVED = """您的邮件已收到。

主题：网络课程+示例培训学校+饮水照护
收到时间：2026-03-01 16:00:00

收件编号：{number}
文件：课程.zip（2.0 KB）
校验值（SHA-256）：{digest}

工作人员核对并归入申报后，会再发正式回执。
这封信是自动发出的。

----

Your mail has arrived.

Subject: 网络课程+示例培训学校+饮水照护
Received: 2026-03-01 16:00:00

Arrival number: {number}
File: 课程.zip (2.0 KB)
Digest (SHA-256): {digest}

A formal receipt follows once the office has entered it in a submission.
This letter was sent automatically.
"""


def test_a_receipt_as_it_arrives_once(call: Call, postman: Postman) -> None:
    take(MAIL)
    take(MAIL)
    work()
    (mail,) = postman.mails
    (arrival,) = Arrival.objects.all()
    headers = {name: str(make_header(decode_header(str(value)))) for name, value in mail.items()}
    del headers["Date"], headers["Message-ID"]
    assert headers == {
        "Content-Type": 'text/plain; charset="utf-8"',
        "MIME-Version": "1.0",
        "Content-Transfer-Encoding": "8bit",
        "From": "ketang@127.0.0.1",
        "To": "course@example.com",
        "Subject": "回复：网络课程+示例培训学校+饮水照护",
        "In-Reply-To": "<m2@example.com>",
        "References": "<m0@example.com> <m1@example.com> <m2@example.com>",
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        **({"Reply-To": call.content.contact.mail} if "@" in call.content.contact.mail else {}),
    }
    assert body(mail) == RECEIVED.format(number=arrival.number, digest="ab" * 32)
    assert answers() == [(AnswerKind.RECEIPT, "", True)]
    assert arrival.state == ArrivalState.UNCLAIMED
    assert [entry.action for entry in history(Answer.objects.get())] == ["answering.answer"]


def test_a_request_brings_a_link_that_is_nowhere_in_the_database(call: Call, postman: Postman) -> None:
    take(LINKS)
    work()
    (mail,) = postman.mails
    tokens = re.findall(r"http://127\.0\.0\.1:8000/u/([A-Za-z0-9_-]{43})\n", body(mail))
    link = UploadLink.objects.get()
    assert [digest_of(token) for token in tokens] == [link.digest] * 2
    assert (link_of(tokens[0]), link_of(tokens[0][:-1])) == (link, None)
    letter = Letter.objects.get()
    assert (letter.text.count(MARK), tokens[0] in letter.text, letter == link.letter) == (2, False, True)
    assert "邮件里没有附件，只有下载链接。下载链接会过期" in body(mail)
    arrival = Arrival.objects.get()
    assert (arrival.state, link.arrival, answers()) == (
        ArrivalState.ANSWERED, arrival, [(AnswerKind.REQUEST, "", True)],
    )  # fmt: skip
    assert timedelta(days=13, hours=23) < link.expires_at - timezone.now() < timedelta(days=14)


def test_a_mark_in_a_strangers_subject_is_no_link(call: Call, postman: Postman) -> None:
    take(LINKS)
    take(replace(MAIL, message_id="m9@example.com", subject=f"x {MARK}"))
    work()
    assert [body(mail).count("/u/") for mail in postman.mails] == [2, 0]


@pytest.mark.parametrize(
    ("contents", "state"),
    [
        ("links", ArrivalState.ANSWERED),
        ("oversize", ArrivalState.ANSWERED),
        ("unreadable", ArrivalState.ANSWERED),
        ("nothing", ArrivalState.UNCLAIMED),
    ],
)
def test_a_mail_without_anything_may_be_a_question(call: Call, contents: str, state: ArrivalState) -> None:
    take(replace(LINKS, contents=contents))
    assert (Arrival.objects.get().state, answers()) == (state, [(AnswerKind.REQUEST, "", True)])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"automatic": "Precedence: bulk"}, Unanswered.AUTOMATIC),
        ({"answer_to": ""}, Unanswered.NO_ADDRESS),
        ({"answer_to": "a..b@example.com"}, Unanswered.NO_ADDRESS),
        ({"answer_to": "ketang@127.0.0.1"}, Unanswered.OWN),
        ({"answer_to": "box@example.org"}, Unanswered.OWN),
        ({"sender_address": "Box@example.org"}, Unanswered.OWN),
    ],
)
@pytest.mark.parametrize("given", [MAIL, LINKS], ids=["package", "links"])
def test_who_is_not_answered(
    call: Call, postman: Postman, given: TakenMail, change: dict[str, Any], why: Unanswered
) -> None:
    with override_settings(IMAP="imaps://box%40example.org:secret@imap.example.org/INBOX"):
        take(replace(given, **change))
    work()
    kind = AnswerKind.RECEIPT if given is MAIL else AnswerKind.REQUEST
    assert (answers(), postman.mails) == ([(kind, why, False)], [])
    if why == Unanswered.NO_ADDRESS and change["answer_to"]:
        return  # only the outbox knew
    assert (Arrival.objects.get().state, UploadLink.objects.count()) == (ArrivalState.UNCLAIMED, 0)


def test_an_instance_without_a_server_writes_down_that_it_said_nothing(call: Call) -> None:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend"):
        take(LINKS)
    assert answers() == [(AnswerKind.REQUEST, Unanswered.CANNOT_SEND, False)]
    assert (Letter.objects.count(), Arrival.objects.get().state) == (0, ArrivalState.UNCLAIMED)


def test_so_many_in_a_day_to_one_address(call: Call) -> None:
    with override_settings(MAIL_ANSWERS_DAILY=3):
        for number in range(5):
            take(replace(MAIL, message_id=f"{number}@example.com"))
        take(replace(MAIL, message_id="other@example.com", answer_to="other@example.com"))
        Answer.objects.update(made_at=timezone.now() - timedelta(days=1, minutes=1))
        take(replace(MAIL, message_id="tomorrow@example.com"))
    assert [why for _kind, why, _letter in answers()] == ["", "", "", "too-many", "too-many", "", ""]


def test_a_fault_of_ours_keeps_no_mail_out(
    call: Call, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_given: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(actions.words, "receipt_of", fail)
    take(MAIL)
    assert (Mail.objects.count(), Arrival.objects.count(), answers(), Letter.objects.count()) == (1, 1, [], 0)
    assert "a fault of ours" in caplog.text


def test_the_formal_receipt_when_it_is_entered(
    call: Call, unit: Organisation, actors: dict[Role, Actor], postman: Postman
) -> None:
    take(MAIL)
    clerk = actors[Role.CLERK]
    arrival = Arrival.objects.get()
    submission = intake.open_for(actor=clerk, call=call, organisation=unit, title="饮水照护", category="P2(3)")
    ledger.enter(actor=clerk, arrival=arrival, submission=submission)
    work()
    receipt = Receipt.objects.get()
    assert answers() == [(AnswerKind.RECEIPT, "", True), (AnswerKind.FORMAL, "", True)]
    chinese = body(postman.mails[1]).split("\n\n----\n\n")[0]
    assert chinese == (
        "您报送的课程包已归入申报。这是正式回执，请保存。\n\n"
        f"回执编号：{receipt.number}\n受理编号：{submission.number}\n征集：{call.title}\n课程名称：饮水照护\n"
        f"供应单位：示例培训学校\n文件：课程.zip（2.0 KB，第 1 版）\n校验值（SHA-256）：{'ab' * 32}\n"
        "收到时间：2026-03-01 16:00:00\n\n"
        f"查结果：http://127.0.0.1:8000/lookup，填回执编号和查询码 {receipt.code}。查询码请不要公开。"
    )


def test_the_office_answers_in_its_own_words(call: Call, actors: dict[Role, Actor], postman: Postman) -> None:
    take(MAIL)
    clerk, arrival = actors[Role.CLERK], Arrival.objects.get()
    made = actions.answer_by_hand(actor=clerk, arrival=arrival, text="缺版权清单。", with_link=True, reason="打过电话")
    work()
    arrival.refresh_from_db()
    words = body(postman.mails[1])
    assert (words.startswith("缺版权清单。\n\n请在 "), words.count("/u/"), made.made_by) == (True, 2, clerk)
    assert (postman.mails[1]["Auto-Submitted"], arrival.state, arrival.reason) == (
        None,
        ArrivalState.ANSWERED,
        "打过电话",
    )
    assert history(made)[0].details == {"kind": "by-hand", "reason": "打过电话"}
    with pytest.raises(Refused, match="要答复的话"):
        actions.answer_by_hand(actor=clerk, arrival=arrival, text=" ", with_link=False)
    Mail.objects.update(automatic="Precedence: bulk")
    with pytest.raises(Refused, match="自动发出的邮件"):
        actions.answer_by_hand(actor=clerk, arrival=arrival, text="x", with_link=False)


def test_what_is_handed_in_takes_the_place_of_what_lacked_it(call: Call) -> None:
    take(LINKS)
    link, first = UploadLink.objects.get(), Arrival.objects.get()
    when = timezone.now()
    made = actions.hand_in(link=link, name="课.zip", digest="cd" * 32, size=7, at=when)
    first.refresh_from_db()
    assert (first.state, first.merged_into) == (ArrivalState.MERGED, made)
    assert (made.state, made.digest, made.size, made.received_at, made.call, made.sender) == (
        ArrivalState.UNCLAIMED, "cd" * 32, 7, when, call, "某老师 <teacher@example.com>",
    )  # fmt: skip
    assert (made.by_mail.mail, link.used_at, link.brought) == (Mail.objects.get(), when, made)
    with pytest.raises(Refused, match="已经用过"):
        actions.hand_in(link=link, name="课.zip", digest="cd" * 32, size=7, at=when)
    assert [(entry.action, entry.actor) for entry in history(link)] == [("answering.hand_in", "visitor")]


def test_a_link_whose_time_is_over_takes_nothing(call: Call) -> None:
    take(LINKS)
    link = UploadLink.objects.get()
    with pytest.raises(Refused, match="已经过期"):
        actions.hand_in(link=link, name="课.zip", digest="cd" * 32, size=7, at=link.expires_at)
    assert Arrival.objects.count() == 1


def test_every_mail_of_the_generator_is_answered_or_not_as_it_should_be(call: Call, postman: Postman) -> None:
    some = list(mails())[::7]
    with override_settings(MAIL_ANSWERS_DAILY=1000):
        for one in some:
            receive_mail(io.BytesIO(one.raw), arrived=AT)
            receive_mail(io.BytesIO(one.raw), arrived=AT)
    work()
    lacking = {"links", "nothing", "oversize", "unreadable"}
    wanted = Counter(
        ("request" if one.state in lacking else "receipt", "automatic" if one.automatic else "") for one in some
    )
    assert Counter((kind, why) for kind, why, _letter in answers()) == wanted
    assert len(postman.mails) == sum(count for (_kind, why), count in wanted.items() if not why)
    assert len({token_of(str(link.uuid)) for link in UploadLink.objects.all()}) == UploadLink.objects.count()
