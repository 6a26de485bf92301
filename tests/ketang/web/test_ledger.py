"""The ledger's pages: found, claimed, merged, set aside and taken back, by the office alone."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime

import openpyxl
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
from ketang.platform.audit.models import AuditEntry
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Door, Submission, SubmissionState
from ketang.selection.ledger import actions
from ketang.selection.ledger.columns import COLUMNS
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium
from ketang.web.office import ledger_list
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


def test_no_filter_costs_more_than_twenty_queries(clerk: Client, open_call: Call) -> None:
    """With a hundred thousand rows `benchmarks/ledger.py` counts the same and takes the time, too."""
    for _ in range(3):
        mailed(open_call)
    costs = {}
    for query in (
        "", "page=2", "state=unclaimed", "door=mail", f"call={open_call.slug}", "medium=paper", "late=late", "since=2015-01-02&until=2024-12-30",
        "supplier=示例", "words=面点", "words=面点&door=mail&late=in-time&since=2016-01-05", "&".join(f"columns={key}" for key in COLUMNS),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            clerk.get(f"{reverse('office-ledger')}?{query}")
        costs[query] = len(asked)
    assert {query: count for query, count in costs.items() if count > 20} == {}


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


def test_filters_by_day_and_what_is_wrong_is_said(clerk: Client, open_call: Call) -> None:
    arrival = mailed(open_call)
    for day in ("2098-03-01", "2098/3/1", "20980301", "2098年3月1日"):
        page = clerk.get(reverse("office-ledger"), {"since": day, "until": day, "late": "in-time"}).content.decode()
        assert (day, arrival.number in page, f'value="{day}"' in page) == (day, True, True)
    page = clerk.get(reverse("office-ledger"), {"until": "2098-02-28"}).content.decode()
    assert (arrival.number in page, "没有找到" in page) == (False, True)
    page = clerk.get(reverse("office-ledger"), {"since": "2098-03-01", "until": "2098-02-01"}).content.decode()
    assert ("结束日期早于开始日期" in page, 'value="2098-02-01"' in page, arrival.number in page) == (True, True, True)
    page = clerk.get(reverse("office-ledger"), {"since": "昨天"}).content.decode()
    assert ("错误：" in page, 'value="昨天"' in page) == (True, True)


def headings(page: str) -> list[str]:
    return re.findall(r'<th scope="col" class="[^"]*">([^<]*)<', page)


def test_columns_are_chosen_remembered_and_kept_in_addresses(clerk: Client, open_call: Call) -> None:
    for _ in range(27):
        mailed(open_call)
    assert headings(clerk.get(reverse("office-ledger")).content.decode()) == [
        "收件编号", "来路", "版本形式", "收到时间", "是否按时", "单位", "课程", "受理编号", "状态",
    ]  # fmt: skip
    page = clerk.get(
        reverse("office-ledger-columns"), {"door": "mail", "page": "2", "columns": "size"}
    ).content.decode()
    assert re.findall(r'value="([a-z]+)" checked', page) == ["size"]
    assert 'name="query" value="door=mail"' in page
    asked = {"columns": ["size", "call", "no-such-column"], "query": "door=mail&page=2"}
    answer = clerk.post(reverse("office-ledger-columns"), asked)
    assert (
        answer.headers["Location"] == f"{reverse('office-ledger')}?door=mail&columns=number&columns=size&columns=call"
    )
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert headings(page) == ["收件编号", "大小（字节）", "征集"]
    assert "?door=mail&amp;columns=number&amp;columns=size&amp;columns=call&amp;page=2" in page
    assert open_call.title in page
    assert headings(clerk.get(reverse("office-ledger")).content.decode()) == ["收件编号", "大小（字节）", "征集"]
    assert headings(clerk.get(reverse("office-ledger"), {"columns": ["digest"]}).content.decode()) == [
        "收件编号",
        "校验值",
    ]


def exported(client: Client, **asked: object) -> list[tuple[object, ...]]:
    answer = client.get(reverse("office-ledger-export", args=["xlsx"]), asked)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%94%B6")
    (sheet,) = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).worksheets  # type: ignore[arg-type]  # a stream
    return [tuple(cell.value for cell in row) for row in sheet]


def test_the_workbook_holds_every_row_of_the_filter_and_is_recorded(clerk: Client, open_call: Call) -> None:
    made = [mailed(open_call, sender=f"=cmd|{index}", name="007.zip") for index in range(30)]
    mailed(None, door=Door.DESK, medium=Medium.PAPER, digest="", size=None)
    columns = ["number", "received", "sender", "size", "late", "call", "file"]
    at = datetime(2098, 3, 1, 16, 0)
    assert exported(clerk, door="mail", columns=columns) == [
        ("收件编号", "收到时间", "是否按时", "寄件人", "文件名", "大小（字节）", "征集"),
        *(
            (one.number, at, "按时", f"=cmd|{index}", "007.zip", 9, open_call.title)
            for index, one in reversed(list(enumerate(made)))
        ),
    ]
    (entry,) = AuditEntry.objects.filter(action="ledger.export")
    assert json.loads(entry.payload or "") == {
        "list": "ledger", "file": "xlsx", "chosen": {"door": "mail"},
        "columns": ["number", "received", "late", "sender", "file", "size", "call"],
    }  # fmt: skip
    body = b"".join(
        clerk.get(reverse("office-ledger-export", args=["csv"]), {"columns": "sender", "words": made[3].number})
    )  # type: ignore[arg-type]
    assert body.decode() == f"\ufeff收件编号,寄件人\r\n{made[3].number},'=cmd|3\r\n"
    assert clerk.get(reverse("office-ledger-export", args=["pdf"])).status_code == 404
    assert clerk.get(reverse("office-ledger-export", args=["xlsx"]), {"since": "x"}).status_code == 302


def test_on_paper_stands_every_row_or_why_none(clerk: Client, open_call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [mailed(open_call) for _ in range(27)]
    page = clerk.get(reverse("office-ledger-print"), {"door": "mail"}).content.decode()
    assert [one.number for one in made if one.number not in page] == []
    assert ("来路：<span data-own-words>电子邮件</span>" in page, "共 27 件" in page, "打印</p>" in page) == (True,) * 3
    monkeypatch.setattr(ledger_list, "PRINTED", 26)
    page = clerk.get(reverse("office-ledger-print")).content.decode()
    assert ("超过 26 件，一次打印不下" in page, made[0].number in page) == (True, False)


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
        client.get(reverse("office-ledger-print")).status_code,
        client.get(reverse("office-ledger-export", args=["xlsx"])).status_code,
        client.post(reverse("office-ledger-columns"), {"columns": "size"}).status_code,
        client.get(reverse("office-ledger-one", args=[arrival.uuid])).status_code,
        client.post(reverse("office-ledger-act", args=[arrival.uuid]), {"how": "aside", "reason": "x"}).status_code,
    ]
    assert statuses == [403] * 6
    arrival.refresh_from_db()
    assert arrival.state == ArrivalState.UNCLAIMED
