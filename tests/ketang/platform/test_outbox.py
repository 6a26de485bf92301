"""Letters over a real SMTP server: once, with their files; refused, away and cut are told apart, and nothing goes twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from ketang.platform.audit.actions import SYSTEM
from ketang.platform.audit.queries import history
from ketang.platform.outbox.actions import post, send_again
from ketang.platform.outbox.models import Letter, LetterState
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.holding import is_held
from ketang_postman import Postman, delivering

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def postman() -> Iterator[Postman]:
    with delivering() as keeps:
        yield keeps


def letter(**more: Any) -> Letter:
    fields = {
        "key": "receipt:1",
        "recipient": "teacher@example.org",
        "subject": "收到 SJ2098-000001",
        "text": "已收到。",
    }
    return post(actor=SYSTEM, **{**fields, **more})


def work() -> list[str]:
    """Run whatever waits, due or not, once each; the states of the jobs."""
    for job in list(Job.objects.filter(state=JobState.WAITING)):
        Job.objects.filter(pk=job.pk).update(not_before=job.created_at)
        run(str(job.uuid))
    return list(Job.objects.order_by("id").values_list("state", flat=True))


def test_a_letter_goes_once_with_its_files(postman: Postman) -> None:
    paper = put_bytes(b"%PDF")
    made = letter(files=[("回执.pdf", "application/pdf", paper.digest)], headers={"Auto-Submitted": "auto-replied"})
    assert letter(text="别的话") == made
    assert work() == [JobState.DONE]
    work()
    (mail,) = postman.mails
    made.refresh_from_db()
    assert (made.state, made.tries, made.fault) == (LetterState.SENT, 1, "")
    assert (mail["To"], mail["Message-ID"], mail["Auto-Submitted"]) == (
        "teacher@example.org", made.message_id, "auto-replied",
    )  # fmt: skip
    text, file = mail.get_payload()
    assert (text.get_payload(decode=True).decode(), file.get_filename(), file.get_payload(decode=True)) == (
        "已收到。", "回执.pdf", b"%PDF",
    )  # fmt: skip
    assert [entry.action for entry in history(made)] == ["outbox.post"]


def test_a_refusal_is_final_and_somebody_may_send_it_again(postman: Postman) -> None:
    postman.answer = "550 no such person"
    made = letter()
    assert work() == [JobState.DONE]
    made.refresh_from_db()
    assert (made.state, "no such person" in made.fault) == (LetterState.FAILED, True)
    postman.answer = "250 OK"
    send_again(actor=SYSTEM, letter=made)
    work()
    made.refresh_from_db()
    assert (made.state, len(postman.mails)) == (LetterState.SENT, 2)
    with pytest.raises(Refused, match="不用再发"):
        send_again(actor=SYSTEM, letter=made)


def test_a_server_that_falls_silent_may_have_it(postman: Postman) -> None:
    postman.hangs_up = True
    made = letter()
    work()
    work()
    made.refresh_from_db()
    assert (made.state, len(postman.mails)) == (LetterState.UNCERTAIN, 1)


def test_a_worker_that_died_while_sending_does_not_send_again(postman: Postman) -> None:
    made = letter()
    Letter.objects.filter(pk=made.pk).update(state=LetterState.SENDING)
    work()
    made.refresh_from_db()
    assert (made.state, postman.mails) == (LetterState.UNCERTAIN, [])


def test_a_server_that_is_away_is_tried_again_and_given_up_in_the_end() -> None:
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9
    ):
        made = letter()
        assert work() == [JobState.WAITING]
        made.refresh_from_db()
        assert (made.state, made.tries) == (LetterState.WAITING, 0)
        for _ in range(6):
            work()
    made.refresh_from_db()
    assert (made.state, "refused" in made.fault) == (LetterState.FAILED, True)


def test_a_letter_holds_its_files_until_it_has_left(postman: Postman) -> None:
    paper = put_bytes(b"%PDF")
    letter(files=[("回执.pdf", "application/pdf", paper.digest)])
    letter(key="receipt:2")
    assert (is_held(paper.digest), is_held("ab" * 32)) == (True, False)
    work()
    assert is_held(paper.digest) is False


def test_no_address_no_letter() -> None:
    with pytest.raises(Refused, match="邮件地址不能用"):
        letter(recipient="某老师")
    assert Letter.objects.count() == Job.objects.count() == 0


def test_nothing_in_a_subject_makes_another_header(postman: Postman) -> None:
    letter(subject="收到\r\nBcc: all@example.org")
    work()
    assert [(mail["Bcc"], mail["To"]) for mail in postman.mails] == [(None, "teacher@example.org")]
