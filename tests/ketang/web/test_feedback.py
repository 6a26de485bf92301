"""意见和投诉: said, numbered, due, answered, found again, limited."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.feedback.actions import answer_feedback, send_feedback
from ketang.people.feedback.models import Feedback
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.platform.outbox.models import Letter
from ketang.web.public.feedback import HOURLY, WRONG_HOURLY


@pytest.mark.django_db
def test_what_is_said_is_kept_with_its_page(client: Client) -> None:
    answer = client.post("/feedback", {"words": " 字幕太小 ", "reply_to": "", "page": "/lessons/1"})
    kept = Feedback.objects.get()
    assert answer.headers["Location"] == f"/feedback/{kept.uuid}"
    assert (kept.words, kept.page, kept.reply_to, kept.account) == ("字幕太小", "/lessons/1", "", None)
    page = client.get(answer.headers["Location"]).content.decode()
    assert kept.number in page
    assert "还没有答复" in page
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, "字幕" in str(entry.payload)) == ("people.send_feedback", "visitor", False)


@pytest.mark.django_db
def test_nothing_said_is_told(client: Client) -> None:
    page = client.post("/feedback", {"words": "  "}).content.decode()
    assert "<title>错误：意见和投诉 · 课堂</title>" in page
    assert page.count("请写下您想说的话。") == 2  # in the summary and by the field
    assert Feedback.objects.count() == 0


@pytest.mark.django_db
def test_one_address_cannot_flood(client: Client) -> None:
    for _number in range(HOURLY):
        client.post("/feedback", {"words": "好"})
    answer = client.post("/feedback", {"words": "好"})
    assert (Feedback.objects.count(), answer.status_code) == (HOURLY, 200)
    assert "一小时内已经提交了很多条" in answer.content.decode()


def test_the_office_answers_and_nobody_else(client: Client, actors: dict[Role, Actor]) -> None:
    client.post("/feedback", {"words": "好"})
    feedback = Feedback.objects.get()
    with pytest.raises(PermissionDenied):
        answer_feedback(actor=actors[Role.EXPERT], feedback=feedback, answer="谢谢")
    answer_feedback(actor=actors[Role.CLERK], feedback=feedback, answer="谢谢")
    assert "谢谢" in client.get(f"/feedback/{feedback.uuid}").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "number", "due"), [("", "YJ", 9), ("opinion", "YJ", 9), ("complaint", "TS", 2)])
def test_each_kind_has_its_day(client: Client, settings: Any, kind: str, number: str, due: int) -> None:
    """The office works on every day of this month but three, from the day after tomorrow on."""
    settings.OPINION_DAYS, settings.COMPLAINT_DAYS = 6, 2
    today = timezone.localdate()
    settings.MADE_UP_DAYS = frozenset(today + timedelta(days=n) for n in range(1, 30))
    settings.HOLIDAYS = frozenset()
    settings.MADE_UP_DAYS -= {today + timedelta(days=n) for n in (3, 4, 5)}
    settings.HOLIDAYS |= {today + timedelta(days=n) for n in (3, 4, 5)}
    client.post("/feedback", {"words": "好"} | ({"kind": kind} if kind else {}))
    kept = Feedback.objects.get()
    assert (kept.number[:2], (kept.due_on - today).days, kept.is_overdue) == (number, due, False)
    page = client.get(f"/feedback/{kept.uuid}").content.decode()
    assert f"我们会在 {kept.due_on:%Y-%m-%d} 以前答复" in page


@pytest.mark.django_db
def test_found_again_by_number_and_code(client: Client) -> None:
    client.post("/feedback", {"words": "好", "kind": "complaint"})
    kept = Feedback.objects.get()
    assert f"编号 {kept.number}，查询码 {kept.code}" in client.get(f"/feedback/{kept.uuid}").content.decode()
    typed = {"number": f" {kept.number.lower()} ", "code": f"{kept.code[:4]} {kept.code[4:].upper()}"}
    assert client.post("/feedback/find", typed).headers["Location"] == f"/feedback/{kept.uuid}"
    wrong = [
        {**typed, "code": "0" * 8},
        {**typed, "number": "YJ" + kept.number[2:]},
        {**typed, "number": "TS2026-99999"},
        {**typed, "number": "一"},
    ]
    for pair in wrong:
        assert client.post("/feedback/find", pair).content.decode().count("两样都要一致。") == 1
    assert "查询码是 8 位" in client.post("/feedback/find", {**typed, "code": "z"}).content.decode()
    for _again in range(WRONG_HOURLY):
        client.post("/feedback/find", wrong[0])
    assert "查错的次数太多了" in client.post("/feedback/find", typed).content.decode()


def test_the_answer_goes_by_mail_to_who_left_an_address(administrator: Account) -> None:
    by_mail, by_phone, nowhere = (
        send_feedback(actor=None, words="字幕太小", reply_to=address, kind="complaint")  # type: ignore[arg-type]
        for address in ("someone@example.org", "022-0000 0000", "")
    )
    for one in (by_mail, by_phone, nowhere):
        answer_feedback(actor=administrator, feedback=one, answer="下周改大。")
    answer_feedback(actor=administrator, feedback=by_mail, answer="下周改大。")
    letter = Letter.objects.get()
    assert (letter.recipient, letter.subject) == ("someone@example.org", f"您反映的情况已答复（{by_mail.number}）")
    assert [words in letter.text for words in ("下周改大。", "字幕太小", f"/feedback/{by_mail.uuid}")] == [True] * 3
    answer_feedback(actor=administrator, feedback=by_mail, answer="已经改大。")
    assert Letter.objects.count() == 2


@pytest.mark.django_db
def test_overdue_is_told(client: Client) -> None:
    client.post("/feedback", {"words": "好"})
    Feedback.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    kept = Feedback.objects.get()
    assert (kept.is_overdue, kept.was_late) == (True, False)
    assert "现在已经超过期限" in client.get(f"/feedback/{kept.uuid}").content.decode()
