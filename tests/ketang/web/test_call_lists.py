"""Lists of calls: a page at a time, open ones first for the public, found by words and by state in the office, at one cost."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.selection.calls import actions
from ketang.selection.calls.callfile import CallFile, read_call
from ketang.selection.calls.models import Call
from ketang.selection.calls.shipped import shipped_call
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(administrator: Account) -> Client:
    return signed_in(administrator)


def file_of(number: int, title: str = "") -> CallFile:
    """A call that closes the later, the higher its number."""
    shipped = read_call(shipped_call("tianjin-2023"))
    name = shipped.title.model_copy(update={"zh": title or f"第{number}期征集", "en": f"Round {number}"})
    closes = datetime(2050 + number, 8, 31, 23, 59, 59)
    return shipped.model_copy(update={"id": f"round-{number}", "title": name, "closes": closes})


def made(administrator: Account, *numbers: int, publish: bool = False) -> list[Call]:
    calls = [actions.create(file=file_of(number), actor=administrator) for number in numbers]
    return [actions.publish(call=call, actor=administrator) if publish else call for call in calls]


def shown(client: Client, name: str, **asked: str) -> list[str]:
    """Titles in the list, from top to bottom."""
    page = client.get(reverse(name), asked).content.decode()
    return re.findall(r'<a class="govuk-link" href="[^"]*">(第\d+期征集|家政[^<]*)</a>', page)


def test_the_office_turns_pages(office: Client, administrator: Account) -> None:
    made(administrator, *range(1, 29))
    titles = [f"第{number}期征集" for number in range(28, 0, -1)]
    assert [shown(office, "office-calls", page=page) for page in ("1", "2", "3", "x")] == [
        titles[:25], titles[25:], titles[25:], titles[:25],
    ]  # fmt: skip
    second = office.get(reverse("office-calls"), {"state": "draft", "page": "2"}).content.decode()
    assert ("共 28 个征集" in second, "?state=draft&amp;page=1" in second) == (True, True)


def test_the_office_finds_by_words_and_by_state(office: Client, administrator: Account) -> None:
    made(administrator, 1, 2)
    made(administrator, 3, publish=True)
    actions.create(file=file_of(4, title="家政服务征集"), actor=administrator)
    found = [
        shown(office, "office-calls", **asked)
        for asked in (
            {"words": "家政"}, {"words": "round-2"}, {"words": "ROUND 征集", "state": "draft"}, {"state": "open"},
            {"words": "家政", "state": "open"}, {"state": "no-such-state"},
        )
    ]  # fmt: skip
    first, second, third, fourth = "第1期征集", "第2期征集", "第3期征集", "家政服务征集"
    everything = [fourth, third, second, first]
    assert found == [[fourth], [second], [fourth, second, first], [third], [], everything]


def test_an_empty_list_says_why(office: Client, administrator: Account) -> None:
    def said(**asked: str) -> tuple[bool, bool, bool]:
        page = office.get(reverse("office-calls"), asked).content.decode()
        return "还没有征集" in page, "没有找到" in page, 'role="search"' in page

    before = said()
    made(administrator, 1)
    assert (before, said(words="没有这样的")) == ((True, False, False), (False, True, True))


def test_the_public_turns_pages_with_open_calls_first(client: Client, administrator: Account) -> None:
    over, *_others = made(administrator, *range(1, 23), publish=True)[::-1]
    actions.close(call=over, actor=administrator)
    made(administrator, 30)
    pages = [shown(client, "calls", page=page) for page in ("1", "2")]
    titles = [f"第{number}期征集" for number in range(21, 0, -1)]
    assert pages == [titles[:20], [titles[20], "第22期征集"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_for_one_and_three(
    client: Client, office: Client, administrator: Account, rows: int, django_assert_num_queries: object
) -> None:
    made(administrator, *range(1, rows + 1), publish=True)
    for who, name, queries in ((client, "calls", 3), (office, "office-calls", 7)):
        who.get(reverse(name))
        with django_assert_num_queries(queries):  # type: ignore[operator]
            assert len(shown(who, name)) == rows
