"""Lists of awards: proposed exactly, edited within the limits, approved by two, written as decisions, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.selection.awarding import permissions
from ketang.selection.awarding.actions import confirm, reject, select, undo
from ketang.selection.awarding.approving import approve, withdraw_award
from ketang.selection.awarding.bands import Band, kept_bands, read_bands, suggested_bands
from ketang.selection.awarding.lists import ask_proposal, edit_row, make_list, put_proposal, set_bands
from ketang.selection.awarding.models import AwardList, AwardRow, Decision, Outcome
from ketang.selection.awarding.queries import digest_of, spent, standing
from ketang.selection.awarding.words import ground, next_yuan
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.models import Ranking

from .awards import approved, colleague, in_review, person, proposed, ranked, told, with_fee

pytestmark = pytest.mark.django_db
IN, RESERVE, OUT = Outcome.SELECTED, Outcome.RESERVE, Outcome.NOT_SELECTED


@pytest.fixture
def second(administrator: Account) -> Account:
    return colleague(administrator)


def row(award_list: AwardList, place: int) -> AwardRow:
    return award_list.rows.select_related("award_list__call", "submission").get(place=place)


def test_a_list_is_made_of_the_final_ranking_and_proposed(
    call: Call, unit: Organisation, administrator: Account
) -> None:
    with pytest.raises(Refused, match="还没有最终排名"):
        make_list(actor=administrator, call=call)
    with_fee(call, budget="40000.00")
    made = proposed(call, unit, administrator)
    assert made.bands == [
        {"from": "9.00", "lowest": "20000.00", "highest": "20000.00"},
        {"from": "8.00", "lowest": "15000.00", "highest": "15000.00"},
        {"from": "6.00", "lowest": "10000.00", "highest": "10000.00"},
    ]
    assert made.suggested
    assert told(made) == [(1, IN, Decimal(20000), None), (2, IN, Decimal(15000), None), (3, RESERVE, None, 1), (4, OUT, None, None)]  # fmt: skip
    assert [ground(row(made, place)) for place in (1, 3, 4)] == [
        "得分不低于 9.00 的一档，20000.00 元；测算时，这样选总分最高。",
        "这一档最少 10000.00 元，测算时只剩 5000.00 元；换下任何一件，总分都不会更高。",
        "得分低于最低一档的起点 6.00。",
    ]
    assert next_yuan(made) == "至少再增加 5000.00 元，入选的总分才能更高：从 18.0000 到 25.0000。少于这个数，名单不变。"
    assert [entry.action for entry in history(made)] == ["awarding.make_list", "awarding.propose"]
    assert make_list(actor=administrator, call=call) == made


def test_the_proposal_runs_in_the_background(call: Call, unit: Organisation, administrator: Account) -> None:
    ranked(call, [(in_review(call, unit, administrator), "9.0")])
    made = make_list(actor=administrator, call=call)
    ask_proposal(actor=administrator, award_list=made)
    ask_proposal(actor=administrator, award_list=made)
    (job,) = Job.objects.filter(name="awarding.propose")
    run(str(job.uuid))
    assert told(made) == [(1, IN, Decimal(20000), None)]


def test_another_ranking_gives_another_list_until_one_is_approved(
    call: Call, unit: Organisation, administrator: Account, second: Account
) -> None:
    made = proposed(call, unit, administrator, ("9.0", "8.0"))
    both = [one.submission for one in made.rows.all()]
    Ranking.objects.update(is_final=False)
    ranked(call, [(both[1], "9.9"), (both[0], "6.5")])
    anew = make_list(actor=administrator, call=call)
    assert (anew.pk != made.pk, [one.adjusted for one in anew.rows.all()]) == (True, [Decimal("9.9"), Decimal("6.5")])
    put_proposal(award_list=anew)
    for account in (administrator, second):
        approve(actor=account, award_list=anew, digest=digest_of(anew))
    Ranking.objects.update(is_final=False)
    ranked(call, [(both[0], "9.9")])
    with pytest.raises(Refused, match="已经批准过"):
        make_list(actor=administrator, call=call)


def test_bands_are_sound_and_no_longer_the_systems_own(call: Call, unit: Organisation, administrator: Account) -> None:
    made = proposed(call, unit, administrator)
    good = [Band(Decimal(6), Decimal(8000), Decimal(12000)), Band(Decimal(9), Decimal(15000), Decimal(20000))]
    for bands, why in (
        ([], "至少要有一档"),
        ([Band(Decimal(6), Decimal(1), Decimal("20000.01"))], "超过上限"),
        ([Band(Decimal(6), Decimal("1.001"), Decimal(2))], "最多两位小数"),
        ([Band(Decimal(6), Decimal(3), Decimal(2))], "最低不超过最高"),
        ([good[0], good[0]], "不能相同"),
        ([good[0], Band(Decimal(5), Decimal(9000), Decimal(9000))], "不能比分数高的一档多"),
        ([Band(Decimal(n), Decimal(1), Decimal(1)) for n in range(7)], "最多 6 档"),
    ):
        with pytest.raises(Refused, match=why):
            set_bands(actor=administrator, award_list=made, bands=bands, reserves=1)
    with pytest.raises(Refused, match="候补件数"):
        set_bands(actor=administrator, award_list=made, bands=good, reserves=51)
    set_bands(actor=administrator, award_list=made, bands=good, reserves=0)
    assert (made.suggested, [one["from"] for one in made.bands], made.reserves) == (False, ["9", "6"], 0)
    set_bands(actor=administrator, award_list=made, bands=suggested_bands(call.content), reserves=0)
    assert (made.suggested, made.bands) == (True, kept_bands(suggested_bands(call.content)))


def test_ranges_are_filled_in_the_order_of_places(call: Call, unit: Organisation, administrator: Account) -> None:
    with_fee(call, budget="25000.01")
    made = proposed(call, unit, administrator, ("9.5", "9.1", "6.5"))
    bands = [Band(Decimal(6), Decimal(5000), Decimal(8000)), Band(Decimal(9), Decimal(6000), Decimal("12000.00"))]
    set_bands(actor=administrator, award_list=made, bands=bands, reserves=3)
    put_proposal(award_list=made)
    assert told(made) == [(1, IN, Decimal(12000), None), (2, IN, Decimal("8000.01"), None), (3, IN, Decimal(5000), None)]  # fmt: skip


def test_the_cap_of_a_supplier_holds_and_what_was_decided_singly_counts(
    call: Call, unit: Organisation, administrator: Account
) -> None:
    with_fee(call, scope="supplier", budget="60000.00")
    before = in_review(call, unit, administrator, "先定的")
    select(actor=administrator, submission=before, amount=Decimal(5000))
    entered = [(in_review(call, unit, administrator, f"课程{n}"), score) for n, score in enumerate(("9.5", "8.5"), 1)]
    other = in_review(call, unit, administrator, "别家的")
    Submission.objects.filter(pk=other.pk).update(organisation=person())
    ranked(call, [(before, "9.9"), *entered, (other, "7.0")])
    made = make_list(actor=administrator, call=call)
    put_proposal(award_list=made)
    assert told(made) == [(2, RESERVE, None, 1), (3, IN, Decimal(15000), None), (4, IN, Decimal(10000), None)]
    assert ground(row(made, 2)) == "同一供应单位合计有上限：这一档最少 20000.00 元，测算时这个单位只剩 0.00 元。"
    with pytest.raises(Refused, match=r"最多 20000\.00 元，已定 20000\.00 元"):
        edit_row(actor=administrator, row=row(made, 2), outcome=IN, amount=Decimal("0.01"))


def test_an_edit_by_hand_keeps_the_limits_and_voids_approvals(
    call: Call, unit: Organisation, administrator: Account, second: Account
) -> None:
    with_fee(call, budget="40000.00")
    made = proposed(call, unit, administrator)
    approve(actor=second, award_list=made, digest=digest_of(made))
    with pytest.raises(Refused, match=r"还剩 5000\.00 元"):
        edit_row(actor=administrator, row=row(made, 4), outcome=IN, amount=Decimal("5000.01"))
    for amount in ("20000.01", "0.001", "NaN", "-1"):
        with pytest.raises(Refused) as refused:
            edit_row(actor=administrator, row=row(made, 1), outcome=IN, amount=Decimal(amount))
        assert refused.value.field == "amount"
    with pytest.raises(Refused, match="请写明未入选的理由"):
        edit_row(actor=administrator, row=row(made, 1), outcome=OUT)
    assert made.approvals.filter(voided_at=None).count() == 1
    edit_row(actor=administrator, row=row(made, 4), outcome=IN, amount=Decimal(5000), reason="本区唯一一门")
    assert made.approvals.filter(voided_at=None).count() == 0
    edit_row(actor=administrator, row=row(made, 2), outcome=RESERVE, reserve_place=1)
    assert told(made) == [(1, IN, Decimal(20000), None), (2, RESERVE, None, 1), (3, RESERVE, None, 2), (4, IN, Decimal(5000), None)]  # fmt: skip
    edit_row(actor=administrator, row=row(made, 2), outcome=RESERVE, reserve_place=9)
    assert [one[3] for one in told(made)] == [None, 2, 1, None]
    edit_row(actor=administrator, row=row(made, 3), outcome=OUT, reason="与已有课程重复")
    assert [one[3] for one in told(made)] == [None, 1, None, None]
    assert ground(row(made, 3)) == "人工修改"


def test_two_different_people_approve_what_they_saw(
    call: Call, unit: Organisation, administrator: Account, second: Account
) -> None:
    made = proposed(call, unit, administrator)
    with pytest.raises(Refused, match="刚刚有改动"):
        approve(actor=administrator, award_list=made, digest="0" * 64)
    seen = digest_of(made)
    approve(actor=administrator, award_list=made, digest=seen)
    with pytest.raises(Refused, match="另一个人"):
        approve(actor=administrator, award_list=made, digest=seen)
    assert Decision.objects.count() == 0
    with_fee(call, budget="50000.00")  # the terms changed: so has what was approved
    made.refresh_from_db()
    made.call.refresh_from_db()
    made.call.__dict__.pop("content", None)
    with pytest.raises(Refused, match="刚刚有改动"):
        approve(actor=second, award_list=made, digest=seen)
    approve(actor=second, award_list=made, digest=digest_of(made))
    assert (made.state, Decision.objects.count()) == ("draft", 0)
    approve(actor=administrator, award_list=made, digest=digest_of(made))
    assert made.state == "approved"
    written = [(one.outcome, one.amount, one.decided_by, one.confirmed_by) for one in Decision.objects.order_by("id")]
    assert written == [
        (IN, Decimal(20000), second, administrator), (IN, Decimal(15000), second, administrator),
        (IN, Decimal(10000), second, administrator), (OUT, None, second, administrator),
    ]  # fmt: skip
    acts = [entry.action for entry in history(made)]
    assert acts == ["awarding.make_list", "awarding.propose", *["awarding.approve"] * 3, "awarding.approved"]
    for act in (
        lambda: edit_row(actor=administrator, row=row(made, 4), outcome=IN, amount=Decimal(1)),
        lambda: set_bands(actor=administrator, award_list=made, bands=[Band(Decimal(1), Decimal(1), Decimal(1))], reserves=0),
        lambda: ask_proposal(actor=administrator, award_list=made),
    ):  # fmt: skip
        with pytest.raises(Refused, match="已经批准"):
            act()


def test_nobody_goes_around_the_list(call: Call, unit: Organisation, administrator: Account, second: Account) -> None:
    made = proposed(call, unit, administrator)
    submission = row(made, 4).submission
    for act in (
        lambda: select(actor=administrator, submission=submission, amount=Decimal(1)),
        lambda: reject(actor=administrator, submission=submission, reason="不"),
    ):
        with pytest.raises(Refused, match="由两个人批准"):
            act()
    for account in (administrator, second):
        approve(actor=account, award_list=made, digest=digest_of(made))
    decision = standing(row(made, 1).submission)
    assert decision is not None
    with pytest.raises(Refused, match="请在名单里撤回"):
        undo(actor=administrator, decision=decision, reason="算了")


def test_a_single_decision_wants_a_second_person(
    call: Call, unit: Organisation, administrator: Account, second: Account
) -> None:
    made = select(actor=administrator, submission=in_review(call, unit, administrator), amount=Decimal(1))
    with pytest.raises(Refused, match="不能是作出决定的人"):
        confirm(actor=administrator, decision=made)
    assert not made.is_confirmed
    confirm(actor=second, decision=made)
    confirm(actor=administrator, decision=made)
    assert (made.is_confirmed, made.confirmed_by) == (True, second)
    undo(actor=administrator, decision=made, reason="改期")
    with pytest.raises(Refused, match="已经撤销"):
        confirm(actor=second, decision=made)


def test_a_check_with_errors_wants_its_reason_before_approval(
    call: Call, unit: Organisation, administrator: Account
) -> None:
    made = proposed(call, unit, administrator)
    first = row(made, 1)
    Check.objects.filter(version=first.submission.latest).update(errors=2)
    with pytest.raises(Refused, match=rf"1 件入选的申报.*{first.submission.number}"):
        approve(actor=administrator, award_list=made, digest=digest_of(made))
    edit_row(actor=administrator, row=first, outcome=IN, amount=Decimal(20000), despite="规则册误判，已人工核对")
    approve(actor=administrator, award_list=made, digest=digest_of(made))


@pytest.mark.parametrize("change", ["edit", "bands", "nothing"])
def test_what_more_money_would_buy_is_told_of_the_list_it_was_worked_out_for(
    call: Call, unit: Organisation, administrator: Account, change: str
) -> None:
    with_fee(call, budget="40000.00")
    made = proposed(call, unit, administrator)
    assert next_yuan(made) != ""
    if change == "edit":
        edit_row(actor=administrator, row=row(made, 1), outcome=IN, amount=Decimal(19000))
    elif change == "bands":
        set_bands(actor=administrator, award_list=made, bands=read_bands(made.bands)[:2], reserves=made.reserves)
    else:
        kept = row(made, 1)
        edit_row(actor=administrator, row=kept, outcome=IN, amount=kept.amount, despite=kept.despite)
        set_bands(actor=administrator, award_list=made, bands=read_bands(made.bands), reserves=made.reserves)
    made.refresh_from_db()
    assert (next_yuan(made) == "") is (change != "nothing")
    put_proposal(award_list=made)
    made.refresh_from_db()
    assert next_yuan(made) != ""


def test_an_empty_list_is_not_approved(call: Call, unit: Organisation, administrator: Account) -> None:
    made = proposed(call, unit, administrator, ("4.0",))
    with pytest.raises(Refused, match="还没有入选"):
        approve(actor=administrator, award_list=made, digest=digest_of(made))


def test_a_withdrawn_award_goes_to_the_next_of_the_reserve(
    call: Call, unit: Organisation, administrator: Account, second: Account
) -> None:
    with_fee(call, budget="40000.00")
    made = approved(call, unit, administrator)
    first = row(made, 1)
    with pytest.raises(Refused, match="请写明撤回的理由"):
        withdraw_award(actor=administrator, row=first, reason=" ")
    called = withdraw_award(actor=administrator, row=first, reason="版权有争议")
    made.refresh_from_db()
    assert (called, made.state) == (row(made, 3), "draft")
    assert [ground(row(made, place)) for place in (1, 3)] == ["入选已撤回：版权有争议", "候补递补"]
    assert next_yuan(made) == ""  # it was said of another list
    assert told(made) == [(1, OUT, None, None), (2, IN, Decimal(15000), None), (3, IN, Decimal(10000), None), (4, OUT, None, None)]  # fmt: skip
    decision = standing(first.submission)
    assert decision is not None
    assert (decision.outcome, decision.reason) == (OUT, "版权有争议")
    assert (standing(row(made, 3).submission).outcome, spent(call)) == (RESERVE, Decimal(15000))  # type: ignore[union-attr]
    with pytest.raises(Refused, match="没有生效的入选"):
        withdraw_award(actor=administrator, row=row(made, 3), reason="还没批准")
    with pytest.raises(Refused, match="已经生效"):
        edit_row(actor=administrator, row=row(made, 2), outcome=OUT, reason="改主意")
    with pytest.raises(Refused, match="只能逐件修改"):
        ask_proposal(actor=administrator, award_list=made)
    kept = standing(row(made, 2).submission)
    for account in (administrator, second):
        approve(actor=account, award_list=made, digest=digest_of(made))
    assert (made.state, spent(call)) == ("approved", Decimal(25000))
    assert standing(row(made, 2).submission) == kept
    assert withdraw_award(actor=administrator, row=row(made, 2), reason="单位来函放弃") is None
    made.refresh_from_db()
    assert (made.state, spent(call)) == ("approved", Decimal(10000))


@pytest.mark.parametrize("role", Role)
def test_permissions(
    actors: dict[Role, Actor], role: Role, call: Call, unit: Organisation, administrator: Account
) -> None:
    may = role in {Role.CLERK, Role.ADMINISTRATOR}
    assert permissions.may_approve_awards(actors[role]) is may
    if may:
        return
    made = proposed(call, unit, administrator, ("9.0",))
    only = row(made, 1)
    acts: list[Callable[[Actor], object]] = [
        lambda actor: make_list(actor=actor, call=call),
        lambda actor: set_bands(actor=actor, award_list=made, bands=[], reserves=0),
        lambda actor: ask_proposal(actor=actor, award_list=made),
        lambda actor: edit_row(actor=actor, row=only, outcome=OUT, reason="不"),
        lambda actor: approve(actor=actor, award_list=made, digest=digest_of(made)),
        lambda actor: withdraw_award(actor=actor, row=only, reason="不"),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act(actors[role])
