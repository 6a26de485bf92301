"""No figure, no complement and no difference of any two publications stands for one to nine people."""

from __future__ import annotations

import uuid
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketang.classroom.catalogue.models import Course
from ketang.classroom.learning.models import Progress
from ketang.classroom.usage.counting import needs_of, publish
from ketang.classroom.usage.models import UsageRow
from ketang.classroom.usage.releasing import LEAST, Counts, Figures, publishable, released
from ketang.people.account.models import Account
from ketang.people.consent.actions import give_consent
from ketang.people.consent.models import Purpose
from ketang.people.preference.actions import keep_display
from learning_rows import published_course


@st.composite
def histories(draw: st.DrawFn) -> list[Counts]:
    """True counts of a course over time: people come and go, agree, set things."""
    found, learners = [], draw(st.integers(0, 40))
    for _month in range(draw(st.integers(1, 8))):
        learners = max(0, learners + draw(st.integers(-6, 25)))
        agreed = draw(st.integers(0, learners))
        found.append(Counts(learners, agreed, {name: draw(st.integers(0, agreed)) for name in ("size", "sign")}))
    return found


def groups_of(told: Figures) -> dict[str, int]:
    """Every group of people that one publication tells of, itself or as what is left."""
    found = {"learners": told.learners}
    if told.agreed is not None:
        found |= {"agreed": told.agreed, "not agreed": told.learners - told.agreed}
        for name, amount in told.needs.items():
            found |= {name: amount, f"not {name}": told.agreed - amount}
    return found


@given(histories())
def test_whatever_is_subtracted_no_few_people_are_told_of(history: list[Counts]) -> None:
    told: list[Figures] = []
    for true in history:
        now = released(told, true)
        if now is not None and (not told or now != told[-1]):
            told.append(now)
    for figures in told:
        assert all(amount == 0 or amount >= LEAST for amount in groups_of(figures).values())
    for one, other in combinations(told, 2):
        before, after = groups_of(one), groups_of(other)
        steps = {name: after[name] - before[name] for name in before.keys() & after.keys()}
        assert all(step == 0 or abs(step) >= LEAST for step in steps.values()), steps


@pytest.mark.parametrize(
    ("true", "told"),
    [
        (Counts(9), None),
        (Counts(10), Figures(10)),
        (Counts(30, 9), Figures(30)),
        (Counts(30, 21), Figures(30)),  # nine did not agree
        (Counts(30, 20, {"size": 10, "sign": 11, "time": 0}), Figures(30, 20, {"size": 10})),
        (Counts(30, 30, {"size": 30, "sign": 25}), Figures(30, 30, {"size": 30})),
    ],
)
def test_what_may_be_told_by_itself(true: Counts, told: Figures | None) -> None:
    assert publishable(true) == told


def test_a_row_waits_until_ten_people_make_the_difference() -> None:
    first = Figures(12)
    assert released([], Counts(12)) == first
    assert released([first], Counts(21)) == first
    assert released([first], Counts(22)) == Figures(22)
    assert released([first, Figures(22)], Counts(13)) == Figures(22)  # one more than once was told
    assert released([first, Figures(22)], Counts(3)) == Figures(22)


def test_needs_are_what_was_set() -> None:
    assert needs_of("") == []
    assert needs_of("large.contrast.wide.easy.off.off.on.less.double") == [
        "size", "theme", "spacing", "reading", "description", "motion", "time",
    ]  # fmt: skip


@pytest.mark.django_db
def test_counted_and_published() -> None:
    course, small = published_course(), published_course("小班")
    accounts = [Account.objects.create(login=f"l{number}", name="示例") for number in range(25)]
    for place, account in enumerate(accounts):
        _studied(account, course)
        if place < 9:
            _studied(account, small)
        if place < 15:
            keep_display(account=account, display="large.auto.standard")
        give_consent(account=account, purpose=Purpose.NEEDS, language="zh-hans", text="同意。")
    assert publish() == 1
    row = UsageRow.objects.get()
    assert (row.course, row.learners, row.agreed, row.needs, row.counted_ms) == (course, 25, 25, {"size": 15}, 25_000)
    _studied(Account.objects.create(login="one-more", name="示例"), course)
    assert (publish(), UsageRow.objects.count()) == (0, 1)
    for number in range(9):
        _studied(Account.objects.create(login=f"m{number}", name="示例"), course)
    assert (publish(), list(UsageRow.objects.order_by("pk").values_list("learners", "is_latest"))) == (
        1,
        [(25, False), (35, True)],
    )


def _studied(account: Account, course: Course) -> None:
    Progress.objects.create(account=account, course=course, thread=uuid.uuid4(), counted_ms=1000)
