"""Unions of intervals against sets of milliseconds, which are slow and beyond doubt."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kebao.text.measures import hours_floored
from ketang.classroom.learning.intervals import Spans, first, measure, union, within, without

PAIRS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def points(spans: object) -> set[int]:
    return {point for start, end in spans for point in range(start, end)}  # type: ignore[attr-defined]


def is_normal(spans: Spans) -> bool:
    flat = [moment for pair in spans for moment in pair]
    return flat == sorted(set(flat))


@given(PAIRS, PAIRS)
def test_a_union_covers_what_either_covers(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    made = union(one, other)
    assert (points(made), is_normal(made), measure(made)) == (points(one) | points(other), True, len(points(made)))
    assert (union(other, one), union(made, one), union(made)) == (made, made, made)


@given(PAIRS, PAIRS)
def test_without_and_within(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    a, b = union(one), union(other)
    left = without(a, b)
    assert (points(left), is_normal(left)) == (points(a) - points(b), True)
    part = within(a, 10, 40)
    assert (points(part), is_normal(part)) == (points(a) & set(range(10, 40)), True)


@given(PAIRS, st.integers(-3, 70))
def test_the_first_so_many(one: list[tuple[int, int]], amount: int) -> None:
    a = union(one)
    assert points(first(a, amount)) == set(sorted(points(a))[: max(amount, 0)])


@pytest.mark.parametrize(
    ("seconds", "hours"),
    [(0, "0.0"), (Fraction(269_999, 1000), "0.0"), (270, "0.1"), (2699, "0.9"), (2700, "1.0"), (Fraction(5_669_999, 1000), "2.0"), (5670, "2.1")],
)  # fmt: skip
def test_hours_are_floored_exactly(seconds: Fraction, hours: str) -> None:
    assert str(hours_floored(seconds)) == hours
