"""The board of completeness: counts, what is missing under each place, the same as a workbook; the office's alone."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission
from ketang.selection.ledger import actions
from ketang.selection.ledger.models import Medium
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2098, 3, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Client:
    account = actors[Role.CLERK]
    assert isinstance(account, Account)
    return signed_in(account)


def sent(call: Call, unit: Organisation, actor: Account, title: str, *media: Medium) -> Submission:
    made = intake.open_for(actor=actor, call=call, organisation=unit, title=title, category="P2(3)")
    for medium in media:
        paper = medium == Medium.PAPER
        arrival = actions.register(
            actor=actor, door=Door.DESK if paper else Door.MAIL, medium=medium, received_at=AT, call=call,
            digest="" if paper else "ab" * 32, size=None if paper else 9,
        )  # fmt: skip
        actions.enter(actor=actor, arrival=arrival, submission=made)
    made.refresh_from_db()
    return made


def rows(client: Client, place: str) -> list[tuple[object, ...]]:
    answer = client.get(reverse("office-ledger-board-export", args=["xlsx"]), {"place": place})
    (sheet,) = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).worksheets  # type: ignore[arg-type]  # a stream
    return [tuple(cell.value for cell in row) for row in sheet][1:]


def test_each_place_lists_what_is_missing(
    clerk: Client, open_call: Call, unit: Organisation, administrator: Account
) -> None:
    one = sent(open_call, unit, administrator, "一", Medium.ELECTRONIC)
    two = sent(open_call, unit, administrator, "二", Medium.PAPER)
    both = sent(open_call, unit, administrator, "三", Medium.ELECTRONIC, Medium.PAPER)
    asked = sent(open_call, unit, administrator, "四", Medium.ELECTRONIC)
    intake.find_incomplete(actor=administrator, submission=asked, reason="缺承诺书")
    at, who = datetime(2098, 3, 1, 16, 0), "示例培训学校"
    assert {place: rows(clerk, place) for place in ("electronic", "paper", "whole", "lacking")} == {
        "electronic": [(one.number, "一", who, at, None, "书面版", None)],
        "paper": [(two.number, "二", who, None, at, "电子版", None)],
        "whole": [(both.number, "三", who, at, at, None, None)],
        "lacking": [(asked.number, "四", who, at, None, "书面版", "缺承诺书")],
    }
    page = clerk.get(reverse("office-ledger-board"), {"place": "lacking"}).content.decode()
    assert [f"<strong>1</strong> {words}" in page for words in ("仅电子", "仅书面", "齐全", "缺件")] == [True] * 4
    assert (asked.number in page, "缺承诺书" in page, one.number in page) == (True, True, False)
    first = AuditEntry.objects.filter(action="ledger.export").order_by("pk")[0]
    assert (first.object_kind, json.loads(first.payload or "")) == (
        "selection.call", {"list": "board", "file": "xlsx", "columns": [], "chosen": {"place": "electronic"}},
    )  # fmt: skip


def test_without_anything_it_says_what_will_stand_there(clerk: Client) -> None:
    assert "还没有征集" in clerk.get(reverse("office-ledger-board")).content.decode()
    assert clerk.get(reverse("office-ledger-board-export", args=["xlsx"])).status_code == 404


def test_the_board_costs_the_same_with_one_row_and_with_three(
    clerk: Client, open_call: Call, unit: Organisation, administrator: Account
) -> None:
    assert "这里没有申报" in clerk.get(reverse("office-ledger-board")).content.decode()
    costs = []
    for count in (1, 2):
        for index in range(count):
            sent(open_call, unit, administrator, f"课 {count} {index}", Medium.ELECTRONIC)
        with CaptureQueriesContext(connection) as asked:
            clerk.get(reverse("office-ledger-board"))
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 20


@pytest.mark.parametrize("role", [Role.LEARNER, Role.SUPPLIER, Role.RECOMMENDER, Role.EXPERT, Role.FINANCE])
def test_the_board_is_the_office_s(actors: dict[Role, Actor], role: Role, open_call: Call) -> None:
    account = actors[role]
    assert isinstance(account, Account)
    client = signed_in(account)
    addresses = [reverse("office-ledger-board"), reverse("office-ledger-board-export", args=["xlsx"])]
    assert [client.get(address).status_code for address in addresses] == [403, 403]
