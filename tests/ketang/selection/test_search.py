"""Searching arrivals in Chinese and reading them in pages, on both columns' own engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.privacy.actions import erase_account
from ketang.platform import listing as platform_listing
from ketang.platform.search.words import phrases, spaced
from ketang.selection.calls import actions as calls
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions
from ketang.selection.intake.models import Door, Passage, Submission
from ketang.selection.intake.queries import list_of, list_of_arrivals
from ketang.web.paging import page_of
from ketang_accounts import credit_code, signed_in
from ketang_columns import Column

from .conftest import call_file

BEGAN = datetime(2098, 1, 1, tzinfo=UTC)


def arrive(call: Call, supplier: Account, unit: Organisation, title: str, minute: int = 0) -> Submission:
    made = actions.start(actor=supplier, call=call, organisation=unit, title=title, category="P2(3)")
    at = BEGAN + timedelta(minutes=minute)
    actions.receive(
        actor=supplier,
        submission=made,
        door=Door.WEB,
        name="课程包.zip",
        digest=f"{minute:064x}",
        size=9,
        received_at=at,
    )
    return made


def titles(words: str, state: str = "") -> list[str]:
    return [found.title for found in list_of_arrivals(words=words, state=state).part(0, 50)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("老年人护理", "老 年 人 护 理"),
        ("TIANJIN-2023-0001", "tianjin 2023 0001"),
        ("ＷＰＳ表格（上）", "wps 表 格 上"),
        ('"; DROP -- *', "drop"),
        ("", ""),
    ],
)
def test_every_hanzi_is_a_word(text: str, words: str) -> None:
    assert spaced(text) == words


def test_what_stands_between_spaces_is_a_phrase() -> None:
    assert phrases(" 护理  TIANJIN-2023 ！") == [["护", "理"], ["tianjin", "2023"]]


SEARCHES = {
    "护理": ["婴儿护理", "老年人护理入门"],
    "理": ["婴儿护理", "老年人护理入门", "理发"],
    "护 理": ["婴儿护理", "老年人护理入门"],
    "护理 老年": ["老年人护理入门"],
    "理护": [],
    "示例培训": ["婴儿护理", "老年人护理入门", "理发"],
    "TIANJIN-2023-0002": ["老年人护理入门"],
    "tianjin-2023-000": ["婴儿护理", "老年人护理入门", "理发"],
    "tianj": ["婴儿护理", "老年人护理入门", "理发"],
    "没有的": [],
    '" OR 1 --': [],
    "！": [],
}


def test_arrivals_are_found_by_parts_of_number_title_and_supplier(column: Column) -> None:
    from ketang.people.account.actions import open_by_command
    from ketang.people.role.actions import appoint_first_administrator

    administrator = open_by_command(login="administrator", name="管理员甲").account
    appoint_first_administrator(account=administrator)
    supplier = open_by_command(login="manager", name="单位管理员").account
    unit = register_organisation(
        actor=supplier, kind=OrganisationKind.UNIT, name="示例培训学校", credit_code=credit_code(1)
    )
    call = calls.publish(call=calls.create(file=call_file(), actor=administrator), actor=administrator)
    for minute, title in enumerate(("理发", "老年人护理入门", "婴儿护理")):
        last = arrive(call, supplier, unit, title, minute)
    assert {words: titles(words) for words in SEARCHES} == SEARCHES
    assert {words: list_of_arrivals(words=words).count(2) for words in ("理", "护理 老年", "没有的")} == {
        "理": 2, "护理 老年": 1, "没有的": 0,
    }  # fmt: skip
    actions.find_complete(actor=administrator, submission=last)
    assert (titles("护理", "complete"), titles("护理", "submitted")) == (["婴儿护理"], ["老年人护理入门"])
    actions.describe(actor=supplier, submission=last, title="婴儿照护", category="P2(3)")
    assert (titles("护理"), titles("照护")) == (["老年人护理入门"], ["婴儿照护"])
    last.passage.delete()
    assert titles("照护") == []


@pytest.mark.django_db
def test_a_person_s_name_leaves_the_search_with_the_account(call: Call) -> None:
    from ketang.people.account.actions import open_by_command

    person = open_by_command(login="person", name="赵某").account
    own = register_organisation(actor=person, kind=OrganisationKind.PERSON, name="赵某某")
    arrive(call, person, own, "理发")
    assert titles("赵某某") == ["理发"]
    erase_account(actor=person, account=person, reason="本人要求")
    assert (titles("赵某某"), titles("理发")) == ([], ["理发"])
    assert "赵" not in Passage.objects.get().text


@pytest.mark.django_db
def test_pages_hold_every_row_once_in_order(call: Call, supplier: Account, unit: Organisation) -> None:
    made = [arrive(call, supplier, unit, f"第 {minute} 课", minute) for minute in range(7)]
    newest_first = [one.title for one in reversed(made)]
    for listing in (list_of_arrivals(), list_of_arrivals(words="课"), list_of(supplier)):
        pages = [page_of(listing, str(number), 3) for number in (1, 2, 3)]
        assert [one.title for page in pages for one in page] == newest_first
        assert [(page.number, page.has_next(), page.paginator.count) for page in pages] == [
            (1, True, 7), (2, True, 7), (3, False, 7),
        ]  # fmt: skip
        numbers = [page_of(listing, asked, 3).number for asked in (None, "0", "x", "４", "9", "-1", "9" * 99)]
        assert numbers == [1, 1, 1, 1, 3, 1, 1]


@pytest.mark.django_db
def test_a_list_that_is_too_long_to_count_can_be_read_to_its_end(
    call: Call, supplier: Account, unit: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_listing, "COUNTED", 4)
    monkeypatch.setattr(platform_listing, "WALKED", 2)
    for minute in range(9):
        arrive(call, supplier, unit, f"第 {minute} 课", minute)

    def told(**asked: str) -> list[tuple[int, int, int, int | None]]:
        pages = [page_of(list_of_arrivals(**asked), str(number), 2) for number in range(1, 7)]
        return [
            (page.number, len(page), page.paginator.num_pages, getattr(page.paginator, "least", 0)) for page in pages
        ]

    further = [(3, 2, 4, 6), (4, 2, 5, 8), (5, 1, 5, None), (5, 1, 5, None)]
    assert told() == [(1, 2, 3, 4), (2, 2, 3, 4), *further]
    assert told(words="课") == [(1, 2, 2, 2), (2, 2, 3, 4), *further]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("asked", [{}, {"words": "课"}, {"state": "submitted"}, {"words": "课", "state": "submitted"}])
def test_a_search_costs_the_same_for_one_row_and_three(
    call: Call, supplier: Account, unit: Organisation, administrator: Account, rows: int, asked: dict[str, str],
    django_assert_num_queries: object,
) -> None:  # fmt: skip
    for minute in range(rows):
        arrive(call, supplier, unit, f"第 {minute} 课", minute)
    office: Client = signed_in(administrator)
    office.get(reverse("office"))
    with django_assert_num_queries(7):  # type: ignore[operator]
        page = office.get(reverse("office"), asked).content.decode()
    assert page.count("TIANJIN-2023-000") == rows
