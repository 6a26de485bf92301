"""Other orders of a ranking: other weights, preferred categories, without an expert; and the sheets of members who left."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.selection.assigning import actions as assigning
from ketang.selection.assigning.models import Assignment
from ketang.selection.assigning.queries import left_with_sheets, sheets_left_by
from ketang.selection.calls.models import Call
from ketang.selection.experts import panel
from ketang.selection.intake.models import Submission
from ketang.selection.ranking import actions
from ketang.selection.ranking.models import RankedRow, Ranking
from ketang.selection.ranking.orders import OtherOrder, order_of
from ketang.selection.ranking.queries import is_going
from ketang.selection.ranking.result import Asked, Sheet, ranked
from ketang.selection.ranking.sensitivity import Scenario, placed
from ketang.selection.ranking.verifying import made_again
from ketang.selection.scoring.queries import counting_sheets
from ketang_sheets import accepted, scored, seated

UNIT = 10_000
CRITERIA = ("a", "b", "c")


def sheets_of(seed: int, weights: dict[str, int]) -> list[Sheet]:
    """Ten packages by five experts, four sheets each, half points, totals by `weights`."""
    random = np.random.default_rng(seed)
    found = []
    for package in range(10):
        for expert in random.permutation(5)[:4]:
            scores = {
                name: int(half) * UNIT // 2 for name, half in zip(CRITERIA, random.integers(8, 20, 3), strict=True)
            }
            total = round(sum(scores[name] * weights[name] for name in CRITERIA) / sum(weights.values()))
            found.append(Sheet(f"s{package:02}{expert}", f"p{package:02}", f"e{expert}", total, scores))
    return found


def asked(rubric: dict[str, int], **more: Any) -> Asked:
    return Asked(tuple((name, weight * UNIT) for name, weight in rubric.items()), **more)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 999))
def test_trying_weights_gives_the_order_that_a_rubric_of_these_weights_gives(seed: int) -> None:
    own, other = {"a": 20, "b": 30, "c": 50}, {"a": 70, "b": 0, "c": 10}
    rows, _summary, orders = ranked(
        sheets_of(seed, own), asked(own, weights={name: weight * UNIT for name, weight in other.items()})
    )
    really, _summary, _orders = ranked(sheets_of(seed, other), asked(other))
    places = {row["submission"]: row["place"] for row in really}
    assert orders["weights"] == [places[row["submission"]] for row in rows]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 999), st.sets(st.integers(0, 9), min_size=1, max_size=9))
def test_preferred_packages_come_first_and_keep_their_order(seed: int, chosen: set[int]) -> None:
    own = {"a": 1, "b": 1, "c": 1}
    preferred = frozenset(f"p{number:02}" for number in chosen)
    rows, _summary, orders = ranked(sheets_of(seed, own), asked(own, preferred=preferred))
    first = sorted(row["adjusted"] for row in rows if row["submission"] in preferred)[::-1]
    rest = sorted(row["adjusted"] for row in rows if row["submission"] not in preferred)[::-1]
    expected = [
        1 + first.index(row["adjusted"]) if row["submission"] in preferred else 1 + len(first) + rest.index(row["adjusted"])
        for row in rows
    ]  # fmt: skip
    assert orders["preferred"] == expected


def test_what_has_no_value_has_no_place() -> None:
    known = np.array([True, False, True])
    assert placed(Scenario("without", "0", np.array([5, 9, 7]), known)).tolist() == [2, 0, 1]


@pytest.fixture
def packages(call: Call, unit: Organisation) -> list[Submission]:
    """The first two of one category, the others of another."""
    return [accepted(call, unit, number, category="P2(1)" if number < 3 else "P2(3)") for number in range(1, 5)]


@pytest.fixture
def rows(packages: list[Submission], call: Call) -> list[Submission]:
    """Scored by two experts, 7, 6, 9, 8 each; the fourth by the second one alone."""
    seats = [seated(call, name) for name in ("评审员甲", "评审员乙")]
    for package, score in zip(packages, ("7", "6", "9", "8"), strict=True):
        for seat in seats[1:] if package is packages[3] else seats:
            scored(seat, package, score)
    return packages


def computed(actor: Account, call: Call, **more: Any) -> Ranking:
    made = actions.ask_ranking(actor=actor, call=call, **more)
    assert is_going(made)
    run(str(Job.objects.get(name="ranking.compute", arguments__ranking=str(made.uuid)).uuid))
    made.refresh_from_db()
    assert (made.failed, is_going(made)) == ("", False)
    return made


@pytest.mark.django_db
def test_categories_are_tried_and_the_ranking_stays(administrator: Account, call: Call, rows: list[Submission]) -> None:
    plain = computed(administrator, call)
    assert order_of(plain, "preferred", "") is None  # the call prefers all of its categories: nobody comes first
    tried = computed(administrator, call, line=2, preferred=["P2(1)"])
    assert tried.asked == {"line": 2, "weights": None, "preferred": ["P2(1)"]}
    assert tried.basis["preferred"] == sorted(str(one.uuid) for one in rows[:2])
    assert [row["submission"] for row in tried.result["rows"]] == [row["submission"] for row in plain.result["rows"]]
    places = order_of(tried, "preferred", "")
    assert places == [3, 4, 1, 2]
    other = OtherOrder(tried, places)
    shown = [(one.row.submission_id - rows[0].pk, one.row.place, one.after, one.change, one.crosses) for one in other.part(0, 9)]  # fmt: skip
    assert shown == [(2, 1, 3, -2, -1), (3, 2, 4, -2, -1), (0, 3, 1, 2, 1), (1, 4, 2, 2, 1)]
    assert (other.count(99), other.moved, other.into, other.out, other.unscored) == (4, 4, 2, 2, 0)


@pytest.mark.django_db
def test_those_without_a_place_stand_first_where_the_furthest_do(
    administrator: Account, call: Call, rows: list[Submission]
) -> None:
    made = computed(administrator, call, line=2)
    expert = str(call.seats.get(expert__name="评审员乙").expert.uuid)
    places = order_of(made, "without", expert)
    assert places == [1, 0, 2, 3]
    other = OtherOrder(made, places, furthest_first=True)
    assert [(one.row.submission_id - rows[0].pk, one.after, one.change, one.crosses) for one in other.part(0, 2)] == [
        (3, 0, 0, -1), (0, 2, 1, 1),
    ]  # fmt: skip
    assert (other.moved, other.unscored, other.into, other.out) == (2, 1, 1, 1)
    assert [one.row.submission_id - rows[0].pk for one in other.part(2, 4)] == [1, 2]


@pytest.mark.django_db
def test_what_cannot_be_tried_is_refused(administrator: Account, call: Call, rows: list[Submission]) -> None:
    for preferred in ([], ["P2(1)", "P9"]):
        with pytest.raises(Refused, match="至少一个类别"):
            actions.ask_ranking(actor=administrator, call=call, preferred=preferred)
    assert not Ranking.objects.exists()


@pytest.mark.django_db
def test_an_order_that_was_touched_is_told_and_an_old_ranking_without_orders_is_not(
    administrator: Account, call: Call, rows: list[Submission]
) -> None:
    made = computed(administrator, call, weights={"standard": Decimal(10)})
    assert made_again(made).same
    touched = {**made.result, "orders": {**made.result["orders"], "weights": [4, 3, 2, 1]}}
    Ranking.objects.filter(pk=made.pk).update(result=touched)
    made.refresh_from_db()
    assert made_again(made).summary == ["orders"]
    Ranking.objects.filter(pk=made.pk).update(result={"rows": made.result["rows"]})
    made.refresh_from_db()
    assert made_again(made).same


@pytest.mark.django_db
def test_sheets_of_who_left_count_until_the_office_leaves_them_out(
    administrator: Account, call: Call, rows: list[Submission]
) -> None:
    stays, leaves = call.seats.order_by("id")
    with pytest.raises(Refused, match="还在评审组里"):
        assigning.leave_out(actor=administrator, seat=leaves, reason="不可信")
    panel.drop_out(actor=administrator, seat=leaves, reason="工作调动")
    assert [(one.seat, one.sheets) for one in left_with_sheets(call)] == [(leaves, 4)]
    assert (sheets_left_by(leaves), sheets_left_by(stays), counting_sheets(call).count()) == (4, 0, 7)
    with pytest.raises(Refused, match="写明不计入的理由"):
        assigning.leave_out(actor=administrator, seat=leaves, reason=" ")
    assert assigning.leave_out(actor=administrator, seat=leaves, reason="与供应单位有往来") == 4
    assert (left_with_sheets(call), counting_sheets(call).count()) == ([], 3)
    ended = Assignment.objects.filter(expert=leaves.expert).values_list("ended_because", flat=True)
    assert list(ended) == ["专家已退出评审组，评分表不计入：与供应单位有往来"] * 4
    assert json.loads(list(history(leaves))[-1].payload or "") == {"reason": "与供应单位有往来", "sheets": 4}
    with pytest.raises(Refused, match="没有计入的评分表"):
        assigning.leave_out(actor=administrator, seat=leaves, reason="再一次")
    made = computed(administrator, call)
    assert RankedRow.objects.filter(ranking=made).count() == 3


@pytest.mark.django_db
def test_who_comes_back_to_the_panel_has_not_left(administrator: Account, call: Call, rows: list[Submission]) -> None:
    seat = call.seats.get(expert__name="评审员乙")
    panel.drop_out(actor=administrator, seat=seat, reason="工作调动")
    seated(call, "评审员乙", expert=seat.expert)
    assert (left_with_sheets(call), sheets_left_by(seat)) == ([], 0)
    with pytest.raises(Refused, match="还在评审组里"):
        assigning.leave_out(actor=administrator, seat=seat, reason="不可信")
