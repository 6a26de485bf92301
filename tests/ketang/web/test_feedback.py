"""意见反馈: said, numbered, answered, limited."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from ketang.people.feedback.actions import answer_feedback
from ketang.people.feedback.models import Feedback
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.web.public.feedback import HOURLY


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
    assert "<title>错误：意见反馈 · 课堂</title>" in page
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
