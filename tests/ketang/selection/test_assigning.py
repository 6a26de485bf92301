"""Assignments: planned, put into force, by hand; and that no conflict and no load is broken whatever is done in whatever order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.actions import appoint
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.selection.assigning import actions, permissions
from ketang.selection.assigning.counting import Members, Packages, counted
from ketang.selection.assigning.models import Assignment, MemberCount, PackageCount, Plan
from ketang.selection.assigning.proposing import lacking_words
from ketang.selection.assigning.situation import situation_of
from ketang.selection.calls.models import Call, CallState
from ketang.selection.experts import conflicts, panel
from ketang.selection.experts.actions import change
from ketang.selection.experts.details import Details, details_of
from ketang.selection.experts.models import Conflict, Expert, Ground, PanelSeat
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Submission
from ketang.selection.scoring import actions as scoring
from ketang.selection.scoring.models import Sheet
from ketang_review import expert, in_review, of_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def packages(call: Call) -> list[Submission]:
    return [in_review(call, of_unit(number), number) for number in range(1, 5)]


@pytest.fixture
def seats(call: Call, administrator: Account) -> list[PanelSeat]:
    experts = [expert(administrator, number, load_limit=4) for number in range(5)]
    return panel.seat(actor=administrator, call=call, experts=[str(one.uuid) for one in experts])


def worked_out(plan: Plan) -> Plan:
    job = Job.objects.get(name="assigning.solve", arguments={"plan": str(plan.uuid)})
    run(str(job.uuid))
    plan.refresh_from_db()
    return plan


def planned(actor: Account, call: Call, wanted: int = 3) -> Plan:
    return worked_out(actions.ask(actor=actor, call=call, wanted=wanted))


def pairs(call: Call) -> set[tuple[int, int]]:
    return set(Assignment.objects.filter(call=call, ended_at=None).values_list("submission", "expert"))


def kept_counts(call: Call) -> tuple[Packages, Members]:
    """As `counted` tells them."""
    packages = PackageCount.objects.filter(call=call).values_list("pk", "number", "assigned", "sheets")
    members = MemberCount.objects.filter(call=call).values_list("expert", "assigned", "sheets", "last_at")
    return {key: (*rest,) for key, *rest in packages}, {key: (*rest,) for key, *rest in members}


def broken(call: Call) -> list[object]:
    """Every conflict and every load that is not honoured."""
    standing = pairs(call)
    found: list[object] = [
        (one.submission_id, one.expert_id)
        for one in Conflict.objects.filter(lifted_at=None)
        if (one.submission_id, one.expert_id) in standing
    ]
    loads = Counter(one for _package, one in standing)
    limits = dict(PanelSeat.objects.filter(call=call, left_at=None).values_list("expert", "load_limit"))
    return found + [one for one, count in loads.items() if one in limits and count > limits[one]]


def test_who_may(actors: dict[Role, Actor], call: Call, packages: list[Submission], seats: list[PanelSeat]) -> None:
    standing = actions.assign(
        actor=actors[Role.ADMINISTRATOR],  # type: ignore[arg-type]  # an account
        submission=packages[0],
        expert=seats[0].expert,
    )
    office: list[Callable[[Actor], object]] = [
        lambda actor: actions.ask(actor=actor, call=call, wanted=3),
        lambda actor: actions.apply(actor=actor, plan=Plan(call=call)),
        lambda actor: actions.assign(actor=actor, submission=packages[0], expert=seats[1].expert),
        lambda actor: actions.end(actor=actor, assignment=standing, reason="x"),
        lambda actor: actions.drop_out(actor=actor, seat=seats[0], reason="x", wanted=3),
        lambda actor: actions.leave_out(actor=actor, seat=seats[0], reason="x"),
    ]
    for role, actor in actors.items():
        may = role in (Role.CLERK, Role.ADMINISTRATOR)
        assert permissions.may_assign(actor) is may
        for act in office if not may else []:
            with pytest.raises(PermissionDenied):
                act(actor)


def test_a_plan_is_worked_out_and_put_into_force(
    administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat]
) -> None:
    heard: list[int] = []
    actions.on_assigned(hear := lambda made: heard.append(len(made)))
    try:
        conflicts.add(actor=administrator, expert=seats[0].expert, submission=packages[0], reason="师生")
        plan = planned(administrator, call)
        assert (len(plan.rows), plan.lacking, plan.cost == plan.bound, pairs(call)) == (12, [], True, set())
        made = actions.apply(actor=administrator, plan=plan)
    finally:
        actions._assigned.remove(hear)
    assert (len(made), heard, broken(call)) == (12, [12], [])
    assert sorted(Counter(one for _package, one in pairs(call)).values()) == [2, 2, 2, 3, 3]
    assert {one.version for one in made} == {one.latest for one in packages}
    assert [entry.action for entry in history(plan)] == ["assigning.ask", "assigning.solved", "assigning.apply"]
    with pytest.raises(Refused, match="已经采用"):
        actions.apply(actor=administrator, plan=plan)


def test_why_these_experts(administrator: Account, call: Call, packages: list[Submission]) -> None:
    fields = {1: ("P2(3)",), 2: ("P2(3)",), 3: ("P2(1)",)}
    one, two, three = (expert(administrator, n, categories=known, load_limit=8) for n, known in fields.items())
    panel.seat(actor=administrator, call=call, experts=[str(each.uuid) for each in (one, two, three)])
    conflicts.add(actor=administrator, expert=two, submission=packages[0], reason="师生")
    plan = planned(administrator, call, 2)
    why = {expert: why for package, expert, why in plan.rows if package == str(packages[0].uuid)}
    assert why == {
        str(one.uuid): {"expertise": "category", "cost": 0.25, "load": 4, "limit": 8, "closer": 0},
        str(three.uuid): {"expertise": "none", "cost": 1.0, "load": 1, "limit": 8, "closer": 1},
    }
    assert (len(plan.rows), plan.lacking) == (8, [])


def test_a_plan_that_was_overtaken_is_not_put_into_force(
    administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat]
) -> None:
    plan = planned(administrator, call)
    conflicts.add(actor=administrator, expert=seats[0].expert, submission=packages[0], reason="师生")
    others = [one for one in plan.rows if one[:2] == [str(packages[0].uuid), str(seats[0].expert.uuid)]]
    if not others:  # the pair was not planned: another one is
        package, one = plan.rows[0][:2]
        to = {"expert": Expert.objects.get(uuid=one), "submission": Submission.objects.get(uuid=package)}
        conflicts.add(actor=administrator, reason="师生", **to)
    with pytest.raises(Refused, match="请重新计算"):
        actions.apply(actor=administrator, plan=plan)
    assert pairs(call) == set()


def test_what_is_lacking_says_why(
    administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat]
) -> None:
    for seat in seats[:3]:
        conflicts.add(actor=administrator, expert=seat.expert, submission=packages[0], reason="师生")
    away = details_of(seats[3].expert)
    change(
        actor=administrator, expert=seats[3].expert,
        details=Details(**{**{k: getattr(away, k) for k in Details.__dataclass_fields__}, "available_until": timezone.localdate().replace(year=2020)}),
    )  # fmt: skip
    plan = planned(administrator, call)
    told = {one[0]: one[1:] for one in plan.lacking}
    why = {"panel": 5, "assigned": 0, "conflict": 3, "away": 1, "full": 0}
    assert told[str(packages[0].uuid)] == [2, why]


def test_by_hand(administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat]) -> None:
    first = actions.assign(actor=administrator, submission=packages[0], expert=seats[0].expert)
    with pytest.raises(Refused, match="已分配"):
        actions.assign(actor=administrator, submission=packages[0], expert=seats[0].expert)
    conflicts.add(actor=administrator, expert=seats[1].expert, submission=packages[0], reason="师生")
    with pytest.raises(Refused, match="应当回避"):
        actions.assign(actor=administrator, submission=packages[0], expert=seats[1].expert)
    panel.change_seat(actor=administrator, seat=seats[0], load_limit=1, chairs=True)
    with pytest.raises(Refused, match="件数已满"):
        actions.assign(actor=administrator, submission=packages[1], expert=seats[0].expert)
    with pytest.raises(Refused, match="不在评审组里"):
        actions.assign(actor=administrator, submission=packages[1], expert=expert(administrator, 9))
    with pytest.raises(Refused, match="请写明取消的理由"):
        actions.end(actor=administrator, assignment=first, reason=" ")
    actions.end(actor=administrator, assignment=first, reason="改派")
    assert (first.ended_because, pairs(call)) == ("改派", set())


def test_a_conflict_ends_what_stands_against_it(
    administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat]
) -> None:
    made = actions.assign(actor=administrator, submission=packages[0], expert=seats[0].expert)
    conflicts.add(actor=administrator, expert=seats[0].expert, submission=packages[0], reason="师生")
    made.refresh_from_db()
    assert (made.stands, made.ended_because) == (False, "应当回避：经办人员认定应当回避")


def test_who_drops_out_is_replaced_and_all_others_stay(
    administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat]
) -> None:
    actions.apply(actor=administrator, plan=planned(administrator, call))
    before = {pair for pair in pairs(call) if pair[1] != seats[0].expert_id}
    plan = actions.drop_out(actor=administrator, seat=seats[0], reason="生病", wanted=3)
    assert plan is not None
    assert pairs(call) == before
    actions.apply(actor=administrator, plan=worked_out(plan))
    assert (before < pairs(call), len(pairs(call)), broken(call)) == (True, 12, [])


def test_a_package_that_leaves_review_is_scored_by_nobody(
    administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat]
) -> None:
    made = actions.assign(actor=administrator, submission=packages[0], expert=seats[0].expert)
    intake.refuse(actor=administrator, submission=packages[0], reason="不合格")
    made.refresh_from_db()
    assert (made.stands, made.ended_because) == (False, "申报不再评审")


EDITS = st.lists(
    st.tuples(st.sampled_from(["plan", "apply", "assign", "end", "conflict", "lift", "limit", "drop", "seat", "recompute", "refuse", "keep", "submit"]), st.integers(0, 3), st.integers(0, 4)),
    min_size=4, max_size=14,
)  # fmt: skip


@given(edits=EDITS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_ever_broken_whatever_is_done(
    administrator: Account, call: Call, unit: Organisation, edits: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        _walk(administrator, call, edits)
        transaction.set_rollback(True)


def _walk(actor: Account, call: Call, edits: list[tuple[str, int, int]]) -> None:
    packages = [in_review(call, of_unit(number), number) for number in range(1, 5)]
    experts = [expert(actor, number, load_limit=2) for number in range(5)]
    for number, one in enumerate(experts):
        one.account = Account.objects.create(login=f"member-{number}", name=one.name)
        one.save(update_fields=["account"])
        appoint(actor=actor, account=one.account, role=Role.EXPERT)
    panel.seat(actor=actor, call=call, experts=[str(one.uuid) for one in experts])
    Call.objects.filter(pk=call.pk).update(state=CallState.IN_REVIEW)
    for what, package, one in edits:
        with suppress(Refused):
            _edit(actor, call, what, packages[package], experts[one])
        assert broken(call) == [], (what, package, one)
        assert kept_counts(call) == counted(call), (what, package, one)


def _edit(actor: Account, call: Call, what: str, package: Submission, one: Expert) -> None:
    seat = PanelSeat.objects.filter(call=call, expert=one, left_at=None).first()
    if what == "plan":
        planned(actor, call, 2)
    elif what == "apply" and (plan := Plan.objects.filter(call=call).order_by("-id").first()) is not None:
        actions.apply(actor=actor, plan=plan)
    elif what == "assign":
        actions.assign(actor=actor, submission=package, expert=one)
    elif what == "end" and (made := Assignment.objects.filter(expert=one, ended_at=None).first()) is not None:
        actions.end(actor=actor, assignment=made, reason="改派")
    elif what == "conflict":
        conflicts.add(actor=actor, expert=one, submission=package, reason="师生")
    elif what == "lift" and (known := Conflict.objects.filter(expert=one, lifted_at=None).first()) is not None:
        conflicts.lift(actor=actor, conflict=known, reason="查无此事")
    elif what == "limit" and seat is not None:
        panel.change_seat(actor=actor, seat=seat, load_limit=1 + package.pk % 2, chairs=False)
    elif what == "drop" and seat is not None:
        panel.drop_out(actor=actor, seat=seat, reason="生病")
    elif what == "seat":
        panel.seat(actor=actor, call=call, experts=[str(one.uuid)])
    elif what == "recompute":
        conflicts.recompute(call=call)
    elif what == "refuse":
        intake.refuse(actor=actor, submission=package, reason="不符合征集要求")
    elif what in ("keep", "submit") and one.account is not None:
        _score(one.account, what, Assignment.objects.filter(call=call, expert=one).order_by("ended_at", "-id").first())


def _score(account: Account, what: str, made: Assignment | None) -> None:
    """A sheet kept once more, and perhaps submitted."""
    if made is None:
        return
    PanelSeat.objects.filter(expert=made.expert_id).update(declared_at=timezone.now())
    sheet = Sheet.objects.filter(assignment=made).first()
    scores = {one.id: str(1 + (sheet.revision if sheet else 0) % 9) for one in made.call.content.rubric.criteria}
    with suppress(PermissionDenied):  # it ended, or a conflict stands
        scoring.save(
            actor=account, assignment=made, revision=sheet.revision if sheet else 0,
            filled={"scores": scores, "notes": {}, "moments": [], "overall": ""},
        )  # fmt: skip
        if what == "submit":
            scoring.submit(actor=account, assignment=made, signed_as=account.name, reason="重新看过")


def test_the_situation_asks_as_often_for_many(
    administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat], django_assert_num_queries: Callable[[int], object]
) -> None:  # fmt: skip
    with django_assert_num_queries(4):  # type: ignore[attr-defined]  # a context manager
        now = situation_of(call)
    assert (len(now.submissions), len(now.seats)) == (4, 5)


def test_computed_and_declared_conflicts_end_the_same(
    administrator: Account, call: Call, packages: list[Submission], seats: list[PanelSeat]
) -> None:
    made = actions.assign(actor=administrator, submission=packages[0], expert=seats[0].expert)
    named = details_of(seats[0].expert)
    change(
        actor=administrator, expert=seats[0].expert,
        details=Details(**{**{k: getattr(named, k) for k in Details.__dataclass_fields__}, "unit": packages[0].organisation.name}),
    )  # fmt: skip
    assert conflicts.recompute(call=call) == 1
    made.refresh_from_db()
    assert (made.stands, Conflict.objects.get().ground) == (False, Ground.UNIT)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ({}, "评审组里没有专家。"),
        ({"panel": 4, "assigned": 1, "conflict": 1, "away": 0, "full": 0}, "评审组 4 人：1 人已在评，1 人应当回避。"),
        ({"panel": 2, "away": 2}, "评审组 2 人：2 人现在不能评审。"),
        ({"panel": 3, "full": 0}, "评审组 3 人，都分不过来。"),
    ],
)
def test_why_somebody_lacks_is_said_without_what_is_none(why: dict[str, int], words: str) -> None:
    assert lacking_words(why) == words
