"""Rankings from rows: what is kept, that it can be made again to the last digit, who sees what, and the meeting's record."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner, Result
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from ketang.command.rank import rank
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Conflict, Ground, PanelSeat
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.ranking import actions, meeting, permissions
from ketang.selection.ranking.models import Choice, RankedRow, Ranking, Remark, Vote
from ketang.selection.ranking.queries import final_ranking, list_of_rows, shown_ranking, votes_of
from ketang.selection.scoring.models import SubmittedSheet
from ketang_sheets import accepted, scored, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def packages(call: Call, unit: Organisation) -> list[Submission]:
    return [accepted(call, unit, number) for number in range(1, 5)]


@pytest.fixture
def seats(call: Call) -> list[PanelSeat]:
    return [seated(call, name) for name in ("评审员甲", "评审员乙", "评审员丙")]


@pytest.fixture
def sheets(packages: list[Submission], seats: list[PanelSeat]) -> list[SubmittedSheet]:
    """Seat 0 is severe by 2 beside seat 1, who scores every package; seat 2 scores two of them."""
    given = (("6", "8", None), ("5", "7", "6"), (None, "6", "5"), ("2", "4", None))
    return [
        scored(seat, package, score)
        for package, row in zip(packages, given, strict=True)
        for seat, score in zip(seats, row, strict=True)
        if score is not None
    ]


def computed(actor: Actor, call: Call, **asked: object) -> Ranking:
    made = actions.ask_ranking(actor=actor, call=call, **asked)  # type: ignore[arg-type]
    job = Job.objects.get(name="ranking.compute", arguments__ranking=str(made.uuid))
    run(str(job.uuid))
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.DONE, "")
    made.refresh_from_db()
    return made


def test_a_ranking_that_fails_as_often_as_it_may_says_so(
    administrator: Account, call: Call, sheets: list[SubmittedSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_rows: object) -> None:
        raise MemoryError("planted")

    monkeypatch.setattr("ketang.selection.ranking.result.ranked", breaks)
    made = actions.ask_ranking(actor=administrator, call=call)
    for _attempt in range(3):
        Job.objects.filter(name="ranking.compute").update(not_before=made.asked_at)
        run(str(Job.objects.get(name="ranking.compute").uuid))
    made.refresh_from_db()
    assert (made.failed, Job.objects.get(name="ranking.compute").state) == ("", JobState.FAILED)
    run(str(Job.objects.get(name="ranking.not_computed").uuid))
    made.refresh_from_db()
    assert (made.made_at, made.failed.startswith("计算程序出错")) == (None, True)


def verified(call: Call) -> Result:
    return CliRunner().invoke(rank, [call.slug, "--verify"])


def test_a_ranking_is_computed_and_kept_whole(
    administrator: Account, call: Call, packages: list[Submission], sheets: list[SubmittedSheet]
) -> None:
    made = computed(administrator, call, line=2)
    assert [(row["submission"], row["place"], row["raw"], row["sheets"]) for row in made.result["rows"]] == [
        (str(packages[0].uuid), 1, "7.0000", 2),
        (str(packages[1].uuid), 2, "6.0000", 3),
        (str(packages[2].uuid), 3, "5.5000", 2),
        (str(packages[3].uuid), 4, "3.0000", 2),
    ]
    assert [
        (row.submission_id, row.order, row.place, f"{row.raw:.4f}", f"{row.adjusted:.4f}", row.sheets)
        for row in RankedRow.objects.filter(ranking=made)
    ] == [
        (packages[k].pk, k + 1, row["place"], row["raw"], row["adjusted"], row["sheets"])
        for k, row in enumerate(made.result["rows"])
    ]
    assert made.basis["sheets"] == sorted([str(sheet.uuid), sheet.digest] for sheet in sheets)
    assert shown_ranking(call) == made
    assert final_ranking(call) is None
    assert [entry.action for entry in history(made)] == ["ranking.ask"]


def test_the_command_makes_the_final_ranking_again_to_the_last_digit(
    administrator: Account, call: Call, sheets: list[SubmittedSheet]
) -> None:
    assert verified(call).exit_code == 2
    made = computed(administrator, call, line=2)
    actions.make_final(actor=administrator, ranking=made, reason="评审会通过")
    said = verified(call)
    assert (said.exit_code, said.output.splitlines()[-1]) == (
        0,
        "相同：4 行，9 份评分表 · the same: 4 rows of 9 sheets",
    )
    assert [entry.action for entry in history(made)] == ["ranking.ask", "ranking.make_final"]


def test_a_digit_that_was_touched_is_told(
    administrator: Account, call: Call, packages: list[Submission], sheets: list[SubmittedSheet]
) -> None:
    made = computed(administrator, call)
    actions.make_final(actor=administrator, ranking=made, reason="评审会通过")
    result = made.result
    was = result["rows"][1]["adjusted"]
    result["rows"][1]["adjusted"] = "6.4999"
    Ranking.objects.filter(pk=made.pk).update(result=result)
    said = verified(call)
    row = f"不同 · differs: {packages[1].uuid}: 2 6.4999 6.0000 3 → 2 {was} 6.0000 3"
    assert (said.exit_code, said.stderr.splitlines()) == (1, [row])


def test_a_sheet_that_was_touched_below_the_trigger_is_told(
    administrator: Account, call: Call, sheets: list[SubmittedSheet]
) -> None:
    """A note does not move a place: the sheet's own digest tells."""
    made = computed(administrator, call)
    actions.make_final(actor=administrator, ranking=made, reason="评审会通过")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER submitted_sheet_stays")
    SubmittedSheet.objects.filter(pk=sheets[0].pk).update(overall="后来添上的话")
    said = verified(call)
    line = f"评分表被改动 · sheet changed: {sheets[0].uuid}"
    assert (said.exit_code, said.stderr.splitlines()) == (1, [line])


def test_sheets_that_come_later_are_told_and_do_not_change_what_was_ranked(
    administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat], sheets: list[SubmittedSheet]
) -> None:
    made = computed(administrator, call)
    actions.make_final(actor=administrator, ranking=made, reason="评审会通过")
    scored(seats[0], packages[0], "9")  # supersedes
    said = verified(call)
    assert said.exit_code == 0
    assert "此后有 2 份评分表变化 · 2 sheets came or went since" in said.output
    later = computed(administrator, call)
    with pytest.raises(Refused, match="写明理由"):
        actions.make_final(actor=administrator, ranking=later, reason=" ")
    scored(seats[2], packages[3], "5")
    with pytest.raises(Refused, match="请重新计算"):
        actions.make_final(actor=administrator, ranking=later, reason="有人改了评分")
    assert final_ranking(call) == made


def test_another_final_ranking_takes_the_place_of_the_first(
    administrator: Account, call: Call, sheets: list[SubmittedSheet]
) -> None:
    first, second = computed(administrator, call), computed(administrator, call, line=3)
    actions.make_final(actor=administrator, ranking=first, reason="评审会通过")
    actions.make_final(actor=administrator, ranking=second, reason="入选线改了")
    assert list(Ranking.objects.order_by("pk").values_list("is_final", flat=True)) == [False, True]
    assert json.loads(list(history(second))[-1].payload or "") == {
        "inputs": second.inputs,
        "reason": "入选线改了",
        "before": str(first.uuid),
    }


def test_what_is_withdrawn_or_ended_does_not_count(
    administrator: Account, call: Call, packages: list[Submission], sheets: list[SubmittedSheet]
) -> None:
    Submission.objects.filter(pk=packages[0].pk).update(state=SubmissionState.WITHDRAWN)
    ended = sheets[-1].assignment
    ended.ended_at, ended.ended_because = call.created_at, "退出"
    ended.save()
    rows = computed(administrator, call).result["rows"]
    assert [(row["submission"], row["sheets"]) for row in rows] == [
        (str(packages[1].uuid), 3),
        (str(packages[2].uuid), 2),
        (str(packages[3].uuid), 1),
    ]


def test_what_cannot_be_ranked_is_refused(administrator: Account, call: Call, sheets: list[SubmittedSheet]) -> None:
    with pytest.raises(Refused, match="至少是 1"):
        actions.ask_ranking(actor=administrator, call=call, line=0)
    with pytest.raises(Refused, match="至少一个权重"):
        actions.ask_ranking(actor=administrator, call=call, weights={"standard": Decimal(0)})
    with pytest.raises(Refused, match="0 到 1000"):
        actions.ask_ranking(actor=administrator, call=call, weights={"standard": Decimal("0.001")})
    assert not Ranking.objects.exists()


def test_pages_read_rows_in_any_order(
    administrator: Account, call: Call, packages: list[Submission], sheets: list[SubmittedSheet]
) -> None:
    made = computed(administrator, call)
    listed = {
        order: [row.submission_id - packages[0].pk for row in list_of_rows(made, order).part(0, 9)]
        for order in ("place", "raw", "sheets", "nonsense")
    }
    assert listed == {"place": [0, 1, 2, 3], "raw": [0, 1, 2, 3], "sheets": [0, 2, 3, 1], "nonsense": [0, 1, 2, 3]}


OFFICE = {Role.CLERK, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", ["may_see_ranking", "may_rank", "may_hold_meeting"])
def test_the_office_alone_ranks(actors: dict[Role, Actor], role: Role, permission: str) -> None:
    assert getattr(permissions, permission)(actors[role]) is (role in OFFICE)


@pytest.mark.parametrize("role", Role)
def test_without_a_seat_nobody_sits_in_the_meeting(
    actors: dict[Role, Actor], role: Role, call: Call, unit: Organisation, administrator: Account
) -> None:
    package = accepted(call, unit, 1)
    meeting.open_meeting(actor=administrator, call=call)
    actor = actors[role]
    found = (
        permissions.may_attend(actor, call),
        permissions.may_vote(actor, package),
        permissions.may_read_others(actor, package),
    )
    assert found == (False, False, role in OFFICE)


@pytest.fixture
def member(call: Call, actors: dict[Role, Actor]) -> tuple[Account, PanelSeat]:
    expert = actors[Role.EXPERT]
    assert isinstance(expert, Account)
    return expert, seated(call, "评审员丁", expert)


def test_members_read_others_from_the_opening_on_and_never_with_a_conflict(
    administrator: Account, call: Call, packages: list[Submission], member: tuple[Account, PanelSeat]
) -> None:
    actor, seat = member

    def allowed() -> list[tuple[bool, bool]]:
        return [(permissions.may_read_others(actor, one), permissions.may_vote(actor, one)) for one in packages[:2]]

    assert (permissions.may_attend(actor, call), allowed()) == (False, [(False, False)] * 2)
    opened = meeting.open_meeting(actor=administrator, call=call)
    assert (permissions.may_attend(actor, call), allowed()) == (True, [(True, True)] * 2)
    Conflict.objects.create(expert=seat.expert, submission=packages[0], ground=Ground.DECLARED)
    assert allowed() == [(False, False), (True, True)]
    with pytest.raises(PermissionDenied):
        meeting.vote(actor=actor, meeting=opened, submission=packages[0], choice=Choice.FOR)
    with pytest.raises(PermissionDenied):
        meeting.remark(actor=actor, meeting=opened, submission=packages[0], words="很好")
    Conflict.objects.update(lifted_at=call.created_at)
    assert allowed() == [(True, True)] * 2
    PanelSeat.objects.filter(pk=seat.pk).update(declared_at=None)
    assert (permissions.may_attend(actor, call), allowed()) == (False, [(False, False)] * 2)
    PanelSeat.objects.filter(pk=seat.pk).update(declared_at=call.created_at, left_at=call.created_at)
    assert (permissions.may_attend(actor, call), allowed()) == (False, [(False, False)] * 2)


def test_the_record_is_only_added_to(
    administrator: Account, call: Call, packages: list[Submission], member: tuple[Account, PanelSeat]
) -> None:
    actor, seat = member
    opened = meeting.open_meeting(actor=administrator, call=call)
    with pytest.raises(Refused, match="已经开始过"):
        meeting.open_meeting(actor=administrator, call=call)
    with pytest.raises(Refused, match="请写下发言"):
        meeting.remark(actor=actor, meeting=opened, words="  ")
    meeting.remark(actor=actor, meeting=opened, submission=packages[0], words=" 实操完整。 ")
    meeting.remark(actor=administrator, meeting=opened, words="开始表决。")
    for choice in (Choice.AGAINST, Choice.FOR):
        meeting.vote(actor=actor, meeting=opened, submission=packages[0], choice=choice)
    assert list(Remark.objects.values_list("submission", "signed_as", "words")) == [
        (packages[0].pk, actor.name, "实操完整。"),
        (None, "管理员甲", "开始表决。"),
    ]
    assert votes_of(opened, packages)[packages[0].pk].counts == {Choice.FOR: 1, Choice.AGAINST: 0, Choice.ABSTAIN: 0}
    assert list(Vote.objects.values_list("seat", "choice")) == [(seat.pk, "against"), (seat.pk, "for")]
    meeting.close_meeting(actor=administrator, meeting=opened)
    for late in (
        lambda: meeting.remark(actor=actor, meeting=opened, words="还有"),
        lambda: meeting.vote(actor=actor, meeting=opened, submission=packages[0], choice=Choice.FOR),
    ):
        with pytest.raises(Refused, match="已经结束"):
            late()
    assert (Remark.objects.count(), Vote.objects.count()) == (2, 2)
    assert permissions.may_read_others(actor, packages[0])
    assert [(entry.action, json.loads(entry.payload or "")) for entry in history(opened)] == [
        ("ranking.open_meeting", {"call": call.slug}),
        ("ranking.close_meeting", {"remarks": 2, "votes": 2}),
    ]


@pytest.mark.parametrize("change", [{"words": "不"}, {"signed_as": "别人"}])
def test_the_database_itself_keeps_what_was_said(administrator: Account, call: Call, change: dict[str, str]) -> None:
    opened = meeting.open_meeting(actor=administrator, call=call)
    made = meeting.remark(actor=administrator, meeting=opened, words="同意。")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Remark.objects.filter(pk=made.pk).update(**change)
    Remark.objects.filter(pk=made.pk).update(said_by=None)  # an account that was erased leaves its line
    assert connection.in_atomic_block
    assert Remark.objects.values("words", "said_by").get() == {"words": "同意。", "said_by": None}
