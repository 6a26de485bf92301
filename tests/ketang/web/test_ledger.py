"""The ledger's pages: found, claimed, merged, set aside and taken back, by the office alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Door, Submission, SubmissionState
from ketang.selection.ledger import actions
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium
from ketang_accounts import credit_code, signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2098, 3, 1, 8, 0, tzinfo=UTC)
REASON = {"reason": "主题写明"}


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Client:
    account = actors[Role.CLERK]
    assert isinstance(account, Account)
    return signed_in(account)


def mailed(call: Call | None, **more: object) -> Arrival:
    fields: dict[str, object] = {
        "door": Door.MAIL, "medium": Medium.ELECTRONIC, "received_at": AT, "supplier": "另一所学校", "title": "面点",
        "sender": "teacher@example.org", "name": "课.zip", "digest": "ab" * 32, "size": 9, **more,
    }  # fmt: skip
    return actions.register(actor=SYSTEM, call=call, **fields)  # type: ignore[arg-type]  # the test's own variations


def told(client: Client, arrival: Arrival, how: str, **words: str) -> str:
    """What the page says after it was sent."""
    return client.post(
        reverse("office-ledger-act", args=[arrival.uuid]), {"how": how, **words}, follow=True
    ).content.decode()


def test_the_list_costs_the_same_with_one_row_and_with_three(clerk: Client, open_call: Call) -> None:
    costs = []
    for count in (1, 2):
        for _ in range(count):
            mailed(open_call)
        clerk.get(reverse("office-ledger"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = clerk.get(reverse("office-ledger")).content.decode()
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 20
    assert all(one.number in page for one in Arrival.objects.all())
    assert "3 件待认领" in page


def test_found_by_words_and_filters(clerk: Client, open_call: Call) -> None:
    mail = mailed(open_call)
    paper = mailed(None, door=Door.DESK, medium=Medium.PAPER, digest="", size=None, title="电工")

    def found(**asked: str) -> list[str]:
        page = clerk.get(reverse("office-ledger"), asked).content.decode()
        return [one.number for one in (mail, paper) if one.number in page]

    assert found() == [mail.number, paper.number]
    assert (
        found(words="面点")
        == found(call=open_call.slug)
        == found(door="mail")
        == found(words="学校", door="mail")
        == [mail.number]
    )
    assert found(medium="paper") == [paper.number]
    assert found(state="entered") == found(words="没有这样的") == []
    assert found(state="no-such-state") == [mail.number, paper.number]


def test_claimed_for_a_supplier_who_has_no_account(clerk: Client, open_call: Call) -> None:
    arrival = mailed(open_call)
    page = told(
        clerk,
        arrival,
        "claim",
        call_slug=open_call.slug,
        supplier="另一所学校",
        kind="unit",
        title="面点",
        category="P2(3)",
    )
    assert "已处理：已归入申报。" in page
    arrival.refresh_from_db()
    (submission,) = Submission.objects.all()
    assert (submission.organisation.name, submission.organisation.kind) == ("另一所学校", OrganisationKind.UNIT)
    assert (submission.state, submission.number, submission.title) == (
        SubmissionState.SUBMITTED, "TIANJIN-2023-0001", "面点",
    )  # fmt: skip
    assert (arrival.submission, arrival.state) == (submission, ArrivalState.ENTERED)
    assert arrival.receipt is not None
    assert arrival.receipt.number in page
    second = mailed(open_call, digest="cd" * 32)
    told(
        clerk,
        second,
        "claim",
        call_slug=open_call.slug,
        supplier=" 另一所学校 ",
        kind="unit",
        title="面点二",
        category="P2(3)",
    )
    assert Organisation.objects.filter(name="另一所学校").count() == 1


def test_two_suppliers_of_one_name_are_not_confused(clerk: Client, open_call: Call, administrator: Account) -> None:
    for number in (2, 3):
        register_organisation(
            actor=administrator, kind=OrganisationKind.UNIT, name="另一所学校", credit_code=credit_code(number)
        )
    arrival = mailed(open_call)
    page = told(
        clerk,
        arrival,
        "claim",
        call_slug=open_call.slug,
        supplier="另一所学校",
        kind="unit",
        title="面点",
        category="P2(3)",
    )
    assert "有几个供应单位都叫这个名称" in page
    assert Submission.objects.count() == 0


def test_entered_by_number_and_a_wrong_number_loses_nothing(clerk: Client, open_call: Call) -> None:
    first, second = mailed(open_call), mailed(open_call, digest="cd" * 32)
    told(
        clerk,
        first,
        "claim",
        call_slug=open_call.slug,
        supplier="另一所学校",
        kind="unit",
        title="面点",
        category="P2(3)",
    )
    page = told(clerk, second, "enter", number="TIANJIN-2023-9999", **REASON)
    assert ("没有这个受理编号" in page, 'value="TIANJIN-2023-9999"' in page) == (True, True)
    told(clerk, second, "enter", number=" tianjin-2023-0001 ", **REASON)
    second.refresh_from_db()
    assert (second.state, second.reason) == (ArrivalState.ENTERED, "主题写明")
    assert second.receipt is not None
    assert second.receipt.version.index == 2


def test_merged_set_aside_and_taken_back(clerk: Client, open_call: Call) -> None:
    first, second = mailed(open_call), mailed(open_call)
    told(clerk, second, "merge", number=first.number, reason="")
    second.refresh_from_db()
    assert second.state == ArrivalState.UNCLAIMED
    told(clerk, second, "merge", number=first.number, **REASON)
    told(clerk, first, "aside", reason="广告")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.state, second.merged_into, first.state) == (ArrivalState.MERGED, first, ArrivalState.SET_ASIDE)
    page = clerk.get(reverse("office-ledger-one", args=[second.uuid])).content.decode()
    assert [how for how in ("enter", "claim", "merge", "aside", "back") if f'name="how" value="{how}"' in page] == [
        "back"
    ]
    told(clerk, second, "back", reason="另一门课")
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (ArrivalState.UNCLAIMED, None)


def test_without_a_package_it_is_not_entered(clerk: Client, open_call: Call) -> None:
    arrival = mailed(open_call, digest="", size=None)
    page = clerk.get(reverse("office-ledger-one", args=[arrival.uuid])).content.decode()
    assert "这一件没有课程包文件，不能归入申报。" in page
    assert [how for how in ("enter", "claim", "merge", "aside") if f'name="how" value="{how}"' in page] == [
        "merge",
        "aside",
    ]
    told(clerk, arrival, "no-such-thing")
    arrival.refresh_from_db()
    assert arrival.state == ArrivalState.UNCLAIMED


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CLERK, Role.ADMINISTRATOR, Role.VISITOR)])
def test_the_pages_are_the_office_s(actors: dict[Role, Actor], role: Role, open_call: Call) -> None:
    account = actors[role]
    assert isinstance(account, Account)
    arrival, client = mailed(open_call), signed_in(account)
    statuses = [
        client.get(reverse("office-ledger")).status_code,
        client.get(reverse("office-ledger-one", args=[arrival.uuid])).status_code,
        client.post(reverse("office-ledger-act", args=[arrival.uuid]), {"how": "aside", "reason": "x"}).status_code,
    ]
    assert statuses == [403, 403, 403]
    arrival.refresh_from_db()
    assert arrival.state == ArrivalState.UNCLAIMED
