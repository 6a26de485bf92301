"""意见和投诉 in the office: only the office reads it; what is due first comes first; the answer reaches who asked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.feedback.actions import send_feedback
from ketang.people.feedback.models import Feedback
from ketang.platform.audit.queries import history
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(administrator: Account) -> Client:
    return signed_in(administrator)


def said(*words: str, kind: str = "opinion") -> list[Feedback]:
    return [send_feedback(actor=None, words=one, page="/courses/", kind=kind) for one in words]  # type: ignore[arg-type]


def numbers(page: str) -> list[str]:
    return re.findall(r'<a class="govuk-link" href="[^"]*">((?:YJ|TS)[^<]+)</a>', page)


def test_answered_and_read_by_who_asked(office: Client, client: Client) -> None:
    first, second = said("字幕太小", "按钮太多")
    address = reverse("office-feedback-one", args=[first.uuid])
    assert "字幕太小" in office.get(address).content.decode()
    assert "请写下答复。" in office.post(address, {"answer": " "}).content.decode()
    answer = office.post(address, {"answer": "下周改大。"}, follow=True).content.decode()
    assert (f"已答复 {first.number}。" in answer, numbers(answer)) == (True, [second.number, first.number])
    assert "下周改大。" in client.get(reverse("feedback-received", args=[first.uuid])).content.decode()
    assert [(entry.action, "下周" in str(entry.payload)) for entry in history(first)] == [
        ("people.send_feedback", False),
        ("people.answer_feedback", False),
    ]


def test_found_by_words_and_by_answer(office: Client) -> None:
    first, second = said("字幕太小", "按钮太多")
    office.post(reverse("office-feedback-one", args=[first.uuid]), {"answer": "下周改大。"})
    found = [
        numbers(office.get(reverse("office-feedback"), asked).content.decode())
        for asked in ({"words": "按钮"}, {"answered": "yes"}, {"answered": "no"}, {"words": "没有人说过"})
    ]
    assert found == [[second.number], [first.number], [second.number], []]


def test_what_is_due_first_comes_first_and_what_is_overdue_is_marked(office: Client) -> None:
    opinion, complaint, late = *said("字幕太小"), *said("没有人接电话", kind="complaint"), *said("按钮太多")
    Feedback.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    page = office.get(reverse("office-feedback")).content.decode()
    assert (numbers(page), len(re.findall(r"已超过期限\s*</strong>", page))) == (
        [late.number, complaint.number, opinion.number],
        1,
    )
    found = [
        numbers(office.get(reverse("office-feedback"), asked).content.decode())
        for asked in ({"answered": "overdue"}, {"kind": "complaint"}, {"kind": "complaint", "answered": "overdue"})
    ]
    assert found == [[late.number], [complaint.number], []]
    office.post(reverse("office-feedback-one", args=[late.uuid]), {"answer": "改好了。"})
    assert "超过期限才答复" in office.get(reverse("office-feedback-one", args=[late.uuid])).content.decode()


def test_nobody_but_the_office_reads_it(client: Client) -> None:
    (one,) = said("字幕太小")
    addresses = [reverse("office-feedback"), reverse("office-feedback-one", args=[one.uuid])]
    assert [client.get(address).status_code for address in addresses] == [302, 302]
    stranger = signed_in(open_by_command(login="stranger", name="外人").account)
    assert [stranger.get(address).status_code for address in addresses] == [403, 403]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    office: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    said(*("字幕太小" for _ in range(rows)))
    office.get(reverse("office-feedback"))
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        office.get(reverse("office-feedback"))
