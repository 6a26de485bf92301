"""The ledger: everything that arrives has its row and number; what it belongs to is said, taken back, and told to nobody else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.privacy.actions import erase_account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.selection.calls import actions as calls
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission, SubmissionState
from ketang.selection.ledger import actions, permissions
from ketang.selection.ledger.models import NEXT, Arrival, ArrivalState, Board, Medium
from ketang.selection.ledger.queries import Chosen, board, list_of_board, list_of_ledger, unclaimed

pytestmark = pytest.mark.django_db
AT = datetime(2098, 3, 1, 8, 0, tzinfo=UTC)
YEAR = datetime.now(UTC).astimezone().year


def registered(call: Call | None = None, *, actor: Actor | str = SYSTEM, **more: object) -> Arrival:
    fields: dict[str, object] = {
        "door": Door.MAIL, "medium": Medium.ELECTRONIC, "received_at": AT, "call": call, "supplier": "示例培训学校",
        "title": "老年人饮水照护入门", "name": "课程.zip", "digest": "ab" * 32, "size": 9, **more,
    }  # fmt: skip
    return actions.register(actor=actor, **fields)  # type: ignore[arg-type]  # the test's own variations


def parcel(call: Call, actor: Actor, **more: object) -> Arrival:
    return registered(call, actor=actor, door=Door.DESK, medium=Medium.PAPER, digest="", size=None, name="", **more)


def numbers(**chosen: object) -> list[str]:
    return [found.number for found in list_of_ledger(Chosen(**chosen)).part(0, 50)]  # type: ignore[arg-type]  # of several types


def test_what_comes_by_the_web_is_entered_by_its_receipt(draft: Submission, supplier: Account) -> None:
    receipt = intake.receive(
        actor=supplier, submission=draft, door=Door.WEB, name="课程.zip", digest="ab" * 32, size=9, received_at=AT
    )
    (arrival,) = Arrival.objects.all()
    assert (arrival.number[:3], arrival.state, arrival.door, arrival.medium) == ("SJ2", "entered", "web", "electronic")
    assert (arrival.submission, arrival.receipt, arrival.call, arrival.received_at) == (draft, receipt, draft.call, AT)
    assert (arrival.registered_by, arrival.supplier, arrival.title) == (supplier, "示例培训学校", "老年人饮水照护入门")
    assert board(draft.call) == {
        Board.ELECTRONIC_ONLY: 1, Board.PAPER_ONLY: 0, Board.WHOLE: 0, Board.LACKING: 0,
    }  # fmt: skip


def test_every_arrival_has_the_next_number_and_waits(call: Call) -> None:
    made = [registered(call) for _ in range(3)]
    assert [one.number[6:] for one in made] == ["-000001", "-000002", "-000003"]
    assert {one.state for one in made} == {ArrivalState.UNCLAIMED}
    assert (unclaimed(9), unclaimed(2)) == (3, 2)
    assert [entry.action for entry in history(made[0])] == ["ledger.register"]


def test_a_mail_s_package_becomes_a_version_at_the_time_it_was_here(
    draft: Submission, administrator: Account, call: Call
) -> None:
    arrival = registered(None)
    actions.enter(actor=administrator, arrival=arrival, submission=draft, reason="主题写明单位和课程")
    draft.refresh_from_db()
    version = draft.latest
    assert version is not None
    assert (version.door, version.digest, version.received_at) == (Door.MAIL, "ab" * 32, AT)
    assert (arrival.state, arrival.submission, arrival.call) == (ArrivalState.ENTERED, draft, call)
    assert arrival.receipt == version.receipts.get()
    assert (arrival.receipt.issued_at, arrival.is_late) == (AT, False)
    assert Arrival.objects.count() == 1
    assert [entry.action for entry in history(arrival)] == ["ledger.register", "ledger.enter"]
    with pytest.raises(Refused, match="已归入申报"):
        actions.take_back(actor=administrator, arrival=arrival, reason="看错了")


def test_paper_alone_gives_the_number_and_the_electronic_copy_completes_it(
    draft: Submission, administrator: Account, call: Call
) -> None:
    paper = parcel(call, administrator)
    actions.enter(actor=administrator, arrival=paper, submission=draft)
    draft.refresh_from_db()
    assert (draft.number, draft.state, draft.latest, draft.submitted_at) == (
        "TIANJIN-2023-0001", SubmissionState.SUBMITTED, None, AT,
    )  # fmt: skip
    assert board(call)[Board.PAPER_ONLY] == 1
    actions.enter(actor=administrator, arrival=registered(call), submission=draft)
    assert board(call) == {Board.ELECTRONIC_ONLY: 0, Board.PAPER_ONLY: 0, Board.WHOLE: 1, Board.LACKING: 0}
    assert [held.submission for held in list_of_board(call, Board.WHOLE).part(0, 9)] == [draft]
    intake.find_incomplete(actor=administrator, submission=draft, reason="缺承诺书")
    assert board(call)[Board.LACKING] == 1


def test_paper_that_was_entered_by_mistake_is_taken_back(draft: Submission, administrator: Account, call: Call) -> None:
    paper = parcel(call, administrator)
    actions.enter(actor=administrator, arrival=paper, submission=draft)
    actions.take_back(actor=administrator, arrival=paper, reason="是另一门课的")
    assert (paper.state, paper.submission, paper.reason) == (ArrivalState.UNCLAIMED, None, "是另一门课的")
    assert sum(board(call).values()) == 0


def test_what_has_no_file_is_no_package(draft: Submission, administrator: Account) -> None:
    arrival = registered(digest="", size=None)
    with pytest.raises(Refused, match="没有文件"):
        actions.enter(actor=administrator, arrival=arrival, submission=draft)
    arrival.refresh_from_db()
    draft.refresh_from_db()
    assert (arrival.state, draft.state, draft.number) == (ArrivalState.UNCLAIMED, SubmissionState.DRAFT, "")


def test_a_piece_goes_into_another_one_and_reasons_are_asked_for(call: Call, administrator: Account) -> None:
    first, second, third = (registered(call) for _ in range(3))
    with pytest.raises(Refused, match="写明理由"):
        actions.merge(actor=administrator, arrival=second, into=first, reason=" ")
    actions.merge(actor=administrator, arrival=second, into=first, reason="同一个包的第二卷")
    assert (second.state, second.merged_into) == (ArrivalState.MERGED, first)
    for arrival, into in ((first, third), (third, third), (third, second)):
        with pytest.raises(Refused, match="不能并入"):
            actions.merge(actor=administrator, arrival=arrival, into=into, reason="再并")
    actions.set_aside(actor=administrator, arrival=third, reason="广告")
    assert (third.state, third.reason) == (ArrivalState.SET_ASIDE, "广告")
    actions.take_back(actor=administrator, arrival=third, reason="不是广告")
    actions.say_answered(actor=SYSTEM, arrival=third, reason="已请对方用上传链接补交")
    assert third.state == ArrivalState.ANSWERED


def test_the_table_of_states_is_what_the_actions_allow(call: Call, administrator: Account, draft: Submission) -> None:
    other = registered(call)
    moves = {
        ArrivalState.ENTERED: lambda one: actions.enter(actor=administrator, arrival=one, submission=draft),
        ArrivalState.ANSWERED: lambda one: actions.say_answered(actor=administrator, arrival=one, reason="信"),
        ArrivalState.MERGED: lambda one: actions.merge(actor=administrator, arrival=one, into=other, reason="卷"),
        ArrivalState.SET_ASIDE: lambda one: actions.set_aside(actor=administrator, arrival=one, reason="广告"),
        ArrivalState.UNCLAIMED: lambda one: actions.take_back(actor=administrator, arrival=one, reason="再看"),
    }
    allowed: dict[ArrivalState, set[ArrivalState]] = {}
    for now in ArrivalState:
        for then, move in moves.items():
            one = parcel(call, administrator)
            Arrival.objects.filter(pk=one.pk).update(state=now)
            one.refresh_from_db()
            try:
                move(one)
            except Refused:
                continue
            allowed.setdefault(now, set()).add(then)
    assert allowed == {state: set(then) for state, then in NEXT.items()}


def test_found_by_whatever_stands_on_it_and_within_filters(
    draft: Submission, administrator: Account, call: Call
) -> None:
    mail = registered(call, sender="某老师 <teacher@example.org>")
    paper = parcel(call, administrator, supplier="另一所学校", title="面点")
    other = registered(None, title="电工")
    actions.enter(actor=administrator, arrival=mail, submission=draft)
    assert numbers() == [other.number, paper.number, mail.number]
    assert numbers(words="饮水") == [mail.number]
    assert numbers(words="teacher") == [mail.number]
    assert numbers(words="TIANJIN-2023-0001") == [mail.number]
    assert numbers(words=f"SJ{YEAR}") == [other.number, paper.number, mail.number]
    assert numbers(words="学校", medium=Medium.PAPER) == [paper.number]
    assert numbers(words="学校", state=ArrivalState.ENTERED, call=call) == [mail.number]
    assert numbers(words="学校", state=ArrivalState.SET_ASIDE) == []
    assert numbers(door=Door.DESK) == numbers(medium=Medium.PAPER) == [paper.number]
    assert numbers(state=ArrivalState.UNCLAIMED) == [other.number, paper.number]
    assert numbers(call=call) == [paper.number, mail.number]


def test_found_by_day_lateness_and_supplier(draft: Submission, administrator: Account, call: Call) -> None:
    late = call.closes_at + timedelta(seconds=1)
    first = registered(call, received_at=AT)  # 2098-03-01 16:00 by the wall
    evening = registered(call, received_at=AT + timedelta(hours=8))  # midnight: the day after
    other = registered(call, received_at=late, supplier="另一所示例培训学校", title="示例培训学校的课")
    no_call = registered(None, received_at=AT - timedelta(days=400))
    day = date(2098, 3, 1)
    with_range = {"since": day, "until": day}
    assert numbers(**with_range) == [first.number]
    assert numbers(until=day) == [no_call.number, first.number]
    assert numbers(since=date(2098, 3, 2), until=date(2098, 12, 31)) == [evening.number]
    assert numbers(since=date(2097, 2, 1), until=date(2098, 3, 2)) == [evening.number, first.number]
    assert numbers(since=date(2098, 4, 1), until=date(2098, 4, 30)) == []
    assert numbers(late="late") == [other.number]
    assert numbers(late="in-time") == [evening.number, first.number]
    assert numbers(late="late", words="饮水") == []
    assert numbers(supplier="示例培训") == [no_call.number, evening.number, first.number]
    assert numbers(supplier="另一所", late="late", state="unclaimed", door=Door.MAIL, call=call) == [other.number]
    assert numbers(supplier="。") == numbers(words="。", late="late") == []
    actions.enter(actor=administrator, arrival=other, submission=draft)
    assert numbers(supplier="示例培训", late="late") == numbers(supplier="另一所") == [other.number]


def test_one_call_is_not_another_whose_number_begins_alike(call: Call) -> None:
    same = {"file": call.file, "closes_at": call.closes_at, "state": call.state}
    longer = Call.objects.create(pk=int(f"{call.pk}2"), slug="longer", **same)
    there = registered(longer)
    assert (numbers(call=longer, words="饮水"), numbers(call=call, words="饮水")) == ([there.number], [])


def test_who_was_late_is_in_time_when_the_deadline_moves(call: Call, administrator: Account) -> None:
    soon, later = (registered(call, received_at=call.closes_at + timedelta(days=days)) for days in (1, 30))
    assert numbers(late="late") == [later.number, soon.number]
    file = call.content.model_copy(update={"closes": call.content.closes + timedelta(days=2)})
    calls.edit(call=call, file=file, actor=administrator)
    assert (numbers(late="late"), numbers(late="in-time")) == ([later.number], [soon.number])


def test_late_is_told_by_the_moment_that_counts(call: Call) -> None:
    late = timedelta(seconds=1)
    assert registered(call, received_at=call.closes_at).is_late is False
    assert registered(call, received_at=call.closes_at + late).is_late is True
    assert registered(call, received_at=call.closes_at + late, counts_at=call.closes_at).is_late is False
    assert registered(None, received_at=call.closes_at + late).is_late is None


@pytest.mark.parametrize("role", Role)
def test_the_ledger_is_the_office_s(actors: dict[Role, Actor], role: Role, call: Call, unit: Organisation) -> None:
    office = role in {Role.CLERK, Role.ADMINISTRATOR}
    actor = actors[role]
    assert (permissions.may_see_ledger(actor), permissions.may_keep_ledger(actor)) == (office, office)
    arrival = registered(call)
    tries = [
        lambda: registered(call, actor=actor),
        lambda: actions.set_aside(actor=actor, arrival=arrival, reason="广告"),
        lambda: actions.take_back(actor=actor, arrival=arrival, reason="再看"),
        lambda: intake.open_for(actor=actor, call=call, organisation=unit, title="课", category="P2(1)"),
    ]
    for attempt in tries:
        if office:
            attempt()
        else:
            with pytest.raises(PermissionDenied):
                attempt()


def test_a_body_that_recommends_supplies_nothing(actors: dict[Role, Actor], call: Call) -> None:
    body = Organisation.objects.get(name="示例人社局")
    with pytest.raises(Refused, match="推荐单位不能作为报送者"):
        intake.open_for(actor=actors[Role.CLERK], call=call, organisation=body, title="课", category="P2(1)")
    assert Submission.objects.count() == 0


def test_a_person_s_name_leaves_the_ledger_with_the_account(call: Call) -> None:
    person = open_by_command(login="person", name="赵某").account
    own = register_organisation(actor=person, kind=OrganisationKind.PERSON, name="赵某某")
    made = intake.start(actor=person, call=call, organisation=own, title="理发", category="P2(3)")
    intake.receive(
        actor=person, submission=made, door=Door.WEB, name="课.zip", digest="ab" * 32, size=9, received_at=AT
    )
    (arrival,) = Arrival.objects.all()
    assert numbers(words="赵某某") == [arrival.number]
    erase_account(actor=person, account=person, reason="本人要求")
    arrival.refresh_from_db()
    assert (numbers(words="赵某某"), numbers(words="理发")) == ([], [arrival.number])
    assert ("赵" in arrival.supplier, "赵" in arrival.passage.text) == (False, False)
