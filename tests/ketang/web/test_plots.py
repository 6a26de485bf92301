"""Axes of plots: what is shown lies on them, and their marks are round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketang.web.office.calibrations import signed
from ketang.web.plots import LEFT, RIGHT, Axis, around_zero, of_places, ticks, up_to_one


@pytest.mark.parametrize(
    ("reach", "marks"),
    [
        (1.13, [-1.5, -1.0, -0.5, 0, 0.5, 1.0, 1.5]), (0.2, [-0.2, -0.1, 0, 0.1, 0.2]), (7, [-10, -5, 0, 5, 10]),
        (2.5, [-3, -2, -1, 0, 1, 2, 3]),
    ],
)  # fmt: skip
def test_round_values_around_zero(reach: float, marks: list[float]) -> None:
    axis, found = around_zero(reach)
    assert (axis, found) == (Axis(pytest.approx(marks[0]), pytest.approx(marks[-1])), pytest.approx(marks))  # type: ignore[arg-type]


@given(st.floats(0, 1000, allow_nan=False))
def test_what_is_reached_lies_on_the_axis(reach: float) -> None:
    axis, marks = around_zero(reach)
    assert axis.high >= reach * (1 - 1e-9)
    assert axis.low == -axis.high
    assert (axis.at(-1e9), axis.at(0), axis.at(1e9)) == (f"{LEFT:.2f}", "50.00", f"{RIGHT:.2f}")
    assert 3 <= len(marks) <= 9


@pytest.mark.parametrize(
    ("least", "marks"),
    [
        (1.0, [0.9, 0.95, 1.0]), (0.87, [0.85, 0.9, 0.95, 1.0]), (0.73, [0.7, 0.8, 0.9, 1.0]), (0.4667, [0.25, 0.5, 0.75, 1.0]),
        (-0.3, [-0.5, 0.0, 0.5, 1.0]),
    ],
)  # fmt: skip
def test_agreement_ends_at_one(least: float, marks: list[float]) -> None:
    axis, found = up_to_one(least)
    assert found == pytest.approx(marks)
    assert (axis.low, axis.high) == (pytest.approx(marks[0]), 1.0)


@pytest.mark.parametrize(
    ("last", "marks"), [(1, [1]), (2, [1, 2]), (6, [1, 2, 4, 6]), (25, [1, 5, 10, 15, 20, 25]), (1000, [1, 200, 400, 600, 800, 1000])]
)  # fmt: skip
def test_places_begin_with_the_first(last: int, marks: list[int]) -> None:
    assert of_places(last)[1] == marks


@given(st.integers(1, 20_000))
def test_places_rise_and_end_with_the_last(last: int) -> None:
    axis, marks = of_places(last)
    assert marks == sorted(set(marks))
    assert (marks[0], marks[-1], len(marks) <= 8) == (1, last, True)
    assert float(axis.at(1)) == LEFT


def test_words_stand_within_the_plot() -> None:
    found = ticks(Axis(0, 10), [(0, "0"), (5, "5"), (10, "10"), (11, "11")])
    assert [(one.at, one.words, one.side) for one in found] == [
        ("3.00", "0", "start"), ("50.00", "5", "middle"), ("97.00", "10", "end"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "0.00"), (-0.001, "0.00"), (0.5, "+0.50"), (-0.6571, "−0.66"), (-2.0, "−2.00")]
)
def test_a_difference_has_its_sign(value: float, told: str) -> None:
    assert signed(value) == told
