"""The desk: a parcel is registered once, counts by its postmark, waits where nothing is known of it, and can be taken back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.actions import erase_account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.desk import actions, own
from ketang.selection.desk.codes import label_code, read
from ketang.selection.desk.models import Delivery, Parcel
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.desk.queries import meant_by
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission, SubmissionState
from ketang.selection.ledger.models import Arrival, ArrivalState, Board, Medium
from ketang.selection.ledger.queries import Chosen, board, list_of_ledger

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    return timezone.now().astimezone(SHANGHAI).date()


def registered(actor: Actor, submission: Submission | None = None, **more: object) -> Parcel:
    fields: dict[str, object] = {
        "key": uuid4(), "delivery": Delivery.POSTED, "courier": "示例快递", "postmark": today(), **more,
    }  # fmt: skip
    return actions.register_parcel(actor=actor, submission=submission, **fields)[0]  # type: ignore[arg-type]  # variations


def received(draft: Submission, supplier: Account) -> Submission:
    intake.receive(actor=supplier, submission=draft, door=Door.WEB, name="课.zip", digest="ab" * 32, size=9)
    return draft


def test_a_parcel_completes_its_electronic_submission(
    draft: Submission, supplier: Account, administrator: Account, call: Call
) -> None:
    parcel = registered(administrator, received(draft, supplier), tracking="sf 1234567890")
    arrival = parcel.arrival
    arrival.refresh_from_db()
    assert (arrival.door, arrival.medium, arrival.state, arrival.submission) == (
        Door.DESK, Medium.PAPER, ArrivalState.ENTERED, draft,
    )  # fmt: skip
    assert (parcel.tracking, parcel.part, parcel.contents, parcel.tallied_at) == ("SF1234567890", 1, [], None)
    assert (arrival.sender, arrival.supplier, arrival.title) == ("示例快递 SF1234567890", "示例培训学校", draft.title)
    assert board(call) == {Board.ELECTRONIC_ONLY: 0, Board.PAPER_ONLY: 0, Board.WHOLE: 1, Board.LACKING: 0}
    assert [entry.action for entry in history(parcel)] == ["desk.register"]
    assert [entry.action for entry in history(arrival)] == ["ledger.register", "ledger.enter"]
    assert [found.number for found in list_of_ledger(Chosen(words="SF1234567890")).part(0, 9)] == [arrival.number]


def test_the_postmark_s_day_counts_whole_and_by_hand_the_moment(administrator: Account, call: Call) -> None:
    posted = registered(administrator, call=call, postmark=date(2024, 2, 29))
    assert posted.arrival.counts_at == datetime(2024, 2, 29, 23, 59, 59, tzinfo=SHANGHAI)
    handed = registered(administrator, call=call, delivery=Delivery.HAND, postmark=None)
    assert (handed.arrival.counts_at, handed.postmark) == (handed.arrival.received_at, None)


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_late_is_told_by_the_day_of_the_postmark(administrator: Account, call: Call, hour: int) -> None:
    Call.objects.filter(pk=call.pk).update(closes_at=datetime(2024, 2, 29, hour, 59, 59, tzinfo=SHANGHAI))
    call.refresh_from_db()
    days = (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1))
    assert [registered(administrator, call=call, postmark=day).arrival.is_late for day in days] == [False, False, True]


def test_the_same_form_twice_registers_once(administrator: Account, call: Call) -> None:
    key = uuid4()
    fields = {"actor": administrator, "key": key, "delivery": Delivery.HAND, "call": call}
    first, second = (actions.register_parcel(**fields) for _ in range(2))  # type: ignore[arg-type]
    assert (first[0], first[1], second[1]) == (second[0], True, False)
    assert (Parcel.objects.count(), Arrival.objects.count()) == (1, 1)


def test_a_tracking_number_is_told_and_not_doubled(administrator: Account, call: Call) -> None:
    first = registered(administrator, call=call, tracking="SF1234567890")
    with pytest.raises(Refused, match=f"已经登记过：{first.arrival.number}"):
        registered(administrator, call=call, tracking="sf-1234567890")
    assert Parcel.objects.count() == 1
    second = registered(administrator, call=call, tracking="SF1234567890", another=True)
    assert (second.tracking, second.part) == ("SF1234567890", 2)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"postmark": None}, "请填写邮戳日期"),
        ({"postmark": date(2999, 1, 1)}, "不能晚于今天"),
        ({"tracking": "单号"}, "只能是字母和数字"),
        ({"tracking": "SJ2026-000012"}, "不是运单号"),
        ({"contents": ["P9"]}, "没有这一项"),
    ],
)
def test_what_is_refused_leaves_nothing(
    administrator: Account, call: Call, wrong: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        registered(administrator, call=call, **wrong)
    assert (Parcel.objects.count(), Arrival.objects.count()) == (0, 0)


def test_what_belongs_nowhere_yet_waits(administrator: Account) -> None:
    parcel = registered(administrator, supplier="另一所学校", title="面点")
    arrival = parcel.arrival
    assert (arrival.state, arrival.call, arrival.supplier, arrival.title) == (
        ArrivalState.UNCLAIMED, None, "另一所学校", "面点",
    )  # fmt: skip
    assert arrival.reason == "窗口登记时没有对上申报。"


def test_a_parcel_for_what_takes_nothing_is_here_all_the_same(
    draft: Submission, supplier: Account, administrator: Account
) -> None:
    intake.withdraw(actor=supplier, submission=draft, reason="")
    parcel = registered(administrator, draft)
    assert (parcel.arrival.state, parcel.arrival.submission) == (ArrivalState.UNCLAIMED, None)
    assert "不能再收材料" in parcel.arrival.reason
    assert draft.state == SubmissionState.WITHDRAWN


def test_tallied_at_once_or_later(administrator: Account, call: Call) -> None:
    parcel = registered(administrator, call=call, contents=["P4(2)", "F1"])
    assert (parcel.contents, parcel.tallied_at is None) == (["F1", "P4(2)"], False)
    actions.tally(actor=administrator, parcel=parcel, contents=["P4(1)"])
    assert parcel.contents == ["P4(1)"]
    with pytest.raises(Refused, match="没有这一项"):
        actions.tally(actor=administrator, parcel=parcel, contents=["P4(1)", "Q"])
    assert [entry.action for entry in history(parcel)] == ["desk.register", "desk.tally"]


def test_undone_it_is_out_of_the_board_and_its_tracking_number_is_free(
    draft: Submission, supplier: Account, administrator: Account, call: Call
) -> None:
    parcel = registered(administrator, received(draft, supplier), tracking="SF1234567890")
    actions.undo(actor=administrator, parcel=parcel)
    arrival = Arrival.objects.get(pk=parcel.arrival_id)
    assert (arrival.state, arrival.reason, arrival.submission) == (ArrivalState.SET_ASIDE, "登记有误，已撤销", None)
    assert board(call)[Board.ELECTRONIC_ONLY] == 1
    with pytest.raises(Refused, match="已经撤销"):
        actions.undo(actor=administrator, parcel=parcel)
    with pytest.raises(Refused, match="已经撤销"):
        actions.tally(actor=administrator, parcel=parcel, contents=[])
    assert registered(administrator, draft, tracking="SF1234567890").part == 1


def test_what_a_scan_finds(draft: Submission, supplier: Account) -> None:
    code = label_code(draft.uuid)
    assert meant_by(read(code)).submissions == (draft,)  # a draft, too: the label is its supplier's word
    assert meant_by(read("饮水")).submissions == ()
    receipt = intake.receive(actor=supplier, submission=draft, door=Door.WEB, name="课.zip", digest="ab" * 32, size=9)
    ways = (
        code, "TIANJIN-2023-0001", receipt.number, f"http://localhost/supplier/receipts/{receipt.uuid}", "饮水",
        "示例培训 饮水", "网络课程+示例培训学校+老年人饮水照护入门",
    )  # fmt: skip
    assert [meant_by(read(way)).submissions for way in ways] == [(draft,)] * len(ways)
    arrival = Arrival.objects.get()
    assert meant_by(read(arrival.number)).arrival == arrival
    for nothing in ("TIANJIN-2023-0002", "面点", "SF1234567890", "SJ2000-000001", label_code(uuid4()), ""):
        assert (meant_by(read(nothing)).submissions, meant_by(read(nothing)).arrival) == ((), None)


@pytest.mark.parametrize("role", Role)
def test_the_desk_is_the_office_s(actors: dict[Role, Actor], role: Role, call: Call, administrator: Account) -> None:
    office = role in {Role.CLERK, Role.ADMINISTRATOR}
    assert may_work_desk(actors[role]) == office
    parcel = registered(administrator, call=call)
    tries = [
        lambda: registered(actors[role], call=call),
        lambda: actions.tally(actor=actors[role], parcel=parcel, contents=[]),
        lambda: actions.begin_trolley(actor=actors[role], delivery=Delivery.HAND),
        lambda: actions.undo(actor=actors[role], parcel=parcel),
    ]
    for attempt in tries:
        if office:
            attempt()
        else:
            with pytest.raises(PermissionDenied):
                attempt()


def test_a_person_s_share(call: Call, administrator: Account) -> None:
    person = open_by_command(login="person", name="赵某").account
    unit = register_organisation(actor=person, kind=OrganisationKind.PERSON, name="赵某某")
    made = intake.start(actor=person, call=call, organisation=unit, title="理发", category="P2(3)")
    registered(administrator, made, tracking="SF1234567890", note="前台放着")
    (row,) = own.export(person)["parcels"]
    assert (row["tracking"], row["courier"], row["note"]) == ("SF1234567890", "示例快递", "前台放着")
    erase_account(actor=person, account=person, reason="本人要求")
    parcel = Parcel.objects.get()
    assert (parcel.tracking, parcel.note, parcel.arrival.sender) == ("", "", "")
    assert own.export(administrator) == {"parcels": [], "covers": [], "disks": [], "calls": []}
