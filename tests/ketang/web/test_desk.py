"""The desk's pages: scanned, registered with Enter alone, told twice, paired, tallied, undone; a trolley; the slip and the label."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.selection.calls.models import Call
from ketang.selection.desk.actions import register_parcel
from ketang.selection.desk.codes import label_code
from ketang.selection.desk.models import Delivery, Parcel, Trolley
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.web.office.desk_forms import day_of
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
DESK = "/office/desk/"


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Client:
    account = actors[Role.CLERK]
    assert isinstance(account, Account)
    return signed_in(account)


@pytest.fixture
def arrived(supplier_draft: Submission) -> Submission:
    manager = Account.objects.get(login="manager")
    intake.receive(actor=manager, submission=supplier_draft, door=Door.WEB, name="课.zip", digest="ab" * 32, size=9)
    return supplier_draft


def form_of(page: str, action: str = "register") -> dict[str, str]:
    """What the page's form sends when nobody changes anything."""
    form = re.search(rf'<form method="post" action="[^"]*{action}".*?</form>', page, re.DOTALL)
    assert form is not None
    found: dict[str, str] = {}
    for tag in re.findall(r"<input\s[^>]*>", form[0]):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        found[attributes["name"]] = attributes.get("value", "")
    for name, options in re.findall(r'<select [^>]*name="(\w+)">(.*?)</select>', form[0], re.DOTALL):
        found[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    return found


def scan(clerk: Client, text: str, **more: str) -> str:
    return clerk.get(DESK, {"q": text, **more}).content.decode()


def test_scanned_and_registered_with_enter_alone(clerk: Client, arrived: Submission) -> None:
    page = scan(clerk, label_code(arrived.uuid))
    assert (arrived.title in page, re.findall(r"<input\s[^>]*autofocus[^>]*>", page)[0].count('name="tracking"')) == (
        True,
        1,
    )
    answer = clerk.post(f"{DESK}register", form_of(page), follow=True)
    parcel = Parcel.objects.get()
    assert answer.redirect_chain == [(f"{DESK}?done={parcel.uuid}", 302)]
    assert (parcel.arrival.submission, parcel.arrival.state, parcel.delivery) == (
        arrived,
        ArrivalState.ENTERED,
        "posted",
    )
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    assert (parcel.postmark, parcel.tallied_at) == (today, None)
    shown = answer.content.decode()
    assert f"已登记 {parcel.arrival.number}" in shown
    assert re.findall(r"<input\s[^>]*autofocus[^>]*>", shown)[0].count('name="q"') == 1


def test_the_form_that_is_sent_twice_registers_once(clerk: Client, arrived: Submission) -> None:
    sent = form_of(scan(clerk, arrived.number)) | {"tracking": "SF1234567890"}
    first, second = (clerk.post(f"{DESK}register", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Parcel.objects.count() == 1


def test_a_tracking_number_again_is_told_and_a_further_course_can_be_said(clerk: Client, arrived: Submission) -> None:
    for _ in range(2):
        sent = form_of(scan(clerk, arrived.number)) | {"tracking": "SF1234567890", "note": "湿了一角"}
        page = clerk.post(f"{DESK}register", sent).content.decode()
    assert "运单号 SF1234567890 已经登记过" in page
    assert ('value="湿了一角"' in page, 'name="another"' in page, Parcel.objects.count()) == (True, True, 1)
    clerk.post(f"{DESK}register", form_of(page) | {"another": "on"})
    assert [(one.tracking, one.part) for one in Parcel.objects.order_by("id")] == [
        ("SF1234567890", 1),
        ("SF1234567890", 2),
    ]
    assert "已经登记过" in scan(clerk, "sf1234567890")


def test_nobody_is_late_by_a_day_that_stood_there_by_itself(clerk: Client, arrived: Submission) -> None:
    Call.objects.update(closes_at=datetime(2024, 2, 29, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai")))
    sent = form_of(scan(clerk, arrived.number))
    page = clerk.post(f"{DESK}register", sent).content.decode()
    assert ("已经逾期。请核对邮戳" in page, Parcel.objects.count()) == (True, 0)
    clerk.post(f"{DESK}register", form_of(page) | {"postmark": "2024-02-29"})
    assert Parcel.objects.get().arrival.is_late is False
    clerk.post(f"{DESK}register", form_of(page) | {"late": "on", "key": str(uuid4())})
    assert [one.arrival.is_late for one in Parcel.objects.order_by("id")] == [False, True]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)), ("20260302", date(2026, 3, 2)), ("2026年3月2日", date(2026, 3, 2)),
        ("0302", date(2026, 3, 2)), ("3-2", date(2026, 3, 2)), ("３月２日", date(2026, 3, 2)), ("1231", date(2025, 12, 31)),
        ("0229", date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_quickest_to_type(typed: str, day: date) -> None:
    assert day_of(typed, date(2026, 3, 5)) == day


@pytest.mark.parametrize("typed", ["", "昨天", "0230", "2026-13-01", "2", "1 2 3 4", "9999999999-1-1"])
def test_what_is_no_day_is_told(typed: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        day_of(typed, date(2026, 3, 5))


def test_several_are_chosen_from_and_none_waits_to_be_claimed(clerk: Client, arrived: Submission) -> None:
    manager = Account.objects.get(login="manager")
    other = intake.start(
        actor=manager, call=arrived.call, organisation=arrived.organisation, title="面点", category="P2(3)"
    )
    intake.receive(actor=manager, submission=other, door=Door.WEB, name="课.zip", digest="cd" * 32, size=9)
    page = scan(clerk, "示例培训学校")
    assert [str(one.uuid) in page for one in (arrived, other)] == [True, True]
    assert "登记这一件" not in page
    assert "面点</strong>" in scan(clerk, "示例培训学校", to=str(other.uuid))
    page = scan(clerk, "示例培训学校", to="none")
    assert form_of(page)["supplier"] == "示例培训学校"
    clerk.post(f"{DESK}register", form_of(page) | {"title": "又一门"})
    arrival = Parcel.objects.get().arrival
    assert (arrival.state, arrival.supplier, arrival.title, arrival.call) == (
        ArrivalState.UNCLAIMED, "示例培训学校", "又一门", arrived.call,
    )  # fmt: skip


def test_a_draft_is_reached_by_its_label_alone(clerk: Client, supplier_draft: Submission) -> None:
    sent = form_of(scan(clerk, "没有这样的课")) | {"submission": str(supplier_draft.uuid)}
    clerk.post(f"{DESK}register", sent)
    assert Parcel.objects.get().arrival.submission is None
    clerk.post(f"{DESK}register", form_of(scan(clerk, label_code(supplier_draft.uuid))))
    assert Parcel.objects.order_by("-id")[0].arrival.submission == supplier_draft


def test_a_wrong_sign_of_a_label_is_told(clerk: Client, arrived: Submission) -> None:
    code = label_code(arrived.uuid)
    wrong = code[:-1] + ("7" if code[-1] != "7" else "8")
    page = scan(clerk, wrong)
    assert ("有一位读错或输错了" in page, 'action="/office/desk/register"' in page) == (True, False)


def test_a_slip_that_is_scanned_opens_its_parcel(clerk: Client, arrived: Submission) -> None:
    clerk.post(f"{DESK}register", form_of(scan(clerk, arrived.number)))
    parcel = Parcel.objects.get()
    assert clerk.get(DESK, {"q": parcel.arrival.number})["Location"] == reverse(
        "office-desk-parcel", args=[parcel.uuid]
    )
    web = Arrival.objects.get(door=Door.WEB)
    assert clerk.get(DESK, {"q": web.number})["Location"] == reverse("office-ledger-one", args=[web.uuid])


def test_a_waiting_parcel_is_paired_tallied_and_undone_on_its_page(clerk: Client, arrived: Submission) -> None:
    clerk.post(f"{DESK}register", form_of(scan(clerk, "没有这样的课")))
    parcel = Parcel.objects.get()
    at = reverse("office-desk-parcel", args=[parcel.uuid])
    assert "没有找到申报" in clerk.post(f"{at}/pair", {"q": "面点"}).content.decode()
    clerk.post(f"{at}/pair", {"q": "饮水"})
    clerk.post(f"{at}/tally", {"contents": ["P4(1)", "F1"]})
    page = clerk.get(at).content.decode()
    assert (arrived.number in page, "网络课程资源基本情况表（附件2）；网络课程资源自主版权证明或承诺书" in page) == (
        True,
        True,
    )
    assert clerk.post(f"{at}/tally", {"contents": ["x"]}).status_code == 200
    assert Parcel.objects.get().contents == ["F1", "P4(1)"]
    slip = clerk.get(f"{at}/slip").content.decode()
    assert [word in slip for word in (parcel.arrival.number, arrived.number, 'class="bars"', 'class="qr"')] == [
        True
    ] * 4
    clerk.post(f"{at}/undo")
    assert Arrival.objects.get(pk=parcel.arrival_id).state == ArrivalState.SET_ASIDE
    assert "回执作废" in clerk.get(f"{at}/slip").content.decode()


def test_a_trolley(clerk: Client, arrived: Submission) -> None:
    answer = clerk.post(f"{DESK}trolleys/", {"delivery": "posted", "courier": "示例快递", "postmark": "0302"})
    at = answer["Location"]
    code = label_code(arrived.uuid)

    def sent(**fields: str) -> str:
        key = str(uuid4())
        return clerk.post(at, {"key": key, **fields}, follow=True).content.decode()

    page = sent(code=code)
    assert ("扫快递面单上的运单号" in page, arrived.title in page, Parcel.objects.count()) == (True, True, 0)
    sent(code=code, tracking="SF1234567890")
    sent(code="SF1234567891")
    assert "已经登记过" in sent(code="SF1234567891")
    assert "没有认出这一件" in sent(code="饮水")
    assert "请扫标签" in sent(code="")
    assert "有一位读错" in sent(code="KT-1234-5678-9")
    assert "的回执，已经登记过" in sent(code=Arrival.objects.latest("id").number)
    page = sent(code=code, tracking="")
    rows = list(Parcel.objects.order_by("id").values_list("tracking", "courier", "arrival__state"))
    assert rows == [
        ("SF1234567890", "示例快递", "entered"), ("SF1234567891", "示例快递", "unclaimed"), ("", "示例快递", "entered"),
    ]  # fmt: skip
    assert ("共 3 件" in page, "对上 2 件，待认领 1 件" in page) == (True, True)
    last = Parcel.objects.latest("id")
    page = clerk.post(reverse("office-desk-undo", args=[last.uuid]), follow=True).content.decode()
    assert ("共 2 件" in page, f"撤销最后一件 {last.arrival.number}" in page) == (True, False)


def test_a_trolley_handed_over_takes_one_scan_each_and_a_late_postmark_none(clerk: Client, arrived: Submission) -> None:
    code = label_code(arrived.uuid)
    at = clerk.post(f"{DESK}trolleys/", {"delivery": "hand"})["Location"]
    clerk.post(at, {"key": str(uuid4()), "code": code})
    assert Parcel.objects.get().delivery == "hand"
    assert "请填写邮戳日期" in clerk.post(f"{DESK}trolleys/", {"delivery": "posted"}).content.decode()
    at = clerk.post(f"{DESK}trolleys/", {"delivery": "posted", "postmark": "2024-03-01"})["Location"]
    Call.objects.update(closes_at=datetime(2024, 2, 29, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai")))
    page = clerk.post(at, {"key": str(uuid4()), "code": code, "tracking": ""}).content.decode()
    assert ("这一件已经逾期" in page, Parcel.objects.count()) == (True, 1)


def test_queries_do_not_grow_with_rows(clerk: Client, arrived: Submission, administrator: Account) -> None:
    trolley = Trolley.objects.create(delivery=Delivery.HAND)
    counts = []
    for rows in (1, 3):
        while Parcel.objects.count() < rows:
            register_parcel(
                actor=administrator, key=uuid4(), delivery=Delivery.HAND, submission=arrived, trolley=trolley
            )
        for address in (DESK, reverse("office-desk-trolley", args=[trolley.uuid])):
            clerk.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                clerk.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_the_label_is_the_supplier_s_own(clerk: Client, supplier_draft: Submission) -> None:
    address = reverse("submission-label", args=[supplier_draft.uuid])
    page = signed_in(Account.objects.get(login="manager")).get(address).content.decode()
    wanted = (label_code(supplier_draft.uuid), "职业技能培训网络课程资源申报材料", 'class="bars"', supplier_draft.title)
    assert [word in page for word in wanted] == [True] * 4
    assert clerk.get(address).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CLERK, Role.ADMINISTRATOR, Role.VISITOR)])
def test_the_pages_are_the_office_s(
    actors: dict[Role, Actor], role: Role, open_call: Call, administrator: Account
) -> None:
    account: Any = actors[role]
    parcel, _ = register_parcel(actor=administrator, key=uuid4(), delivery=Delivery.HAND, call=open_call)
    trolley = Trolley.objects.create(delivery=Delivery.HAND)
    client, one = signed_in(account), reverse("office-desk-parcel", args=[parcel.uuid])
    gets = (DESK, one, f"{one}/slip", f"{DESK}trolleys/", reverse("office-desk-trolley", args=[trolley.uuid]))
    posts = (f"{DESK}register", f"{one}/tally", f"{one}/pair", f"{one}/undo", f"{DESK}trolleys/", gets[-1])
    statuses = {client.get(address).status_code for address in gets} | {
        client.post(address).status_code for address in posts
    }
    assert statuses == {403}
