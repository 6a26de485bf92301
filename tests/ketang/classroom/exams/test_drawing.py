"""Papers drawn by weights: shares by largest remainder, no question twice, the same seed the same papers."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketang.classroom.exams.drawing import Lacking, NotEnough, draw, mixed, shares

WEIGHTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 50), min_size=1).filter(lambda w: sum(w.values()))


def test_shares_by_largest_remainder() -> None:
    assert shares({"试温": 5, "守则": 3, "饮水": 2}, 10) == {"试温": 5, "守则": 3, "饮水": 2}
    assert shares({"a": 1, "b": 1, "c": 1}, 10) == {"a": 4, "b": 3, "c": 3}  # a tie goes by name
    assert shares({"a": 47, "b": 16, "c": 158, "d": 12}, 10) == {"a": 2, "b": 1, "c": 7, "d": 0}
    assert shares({"a": 1, "b": 2}, 1) == {"a": 0, "b": 1}
    assert shares({"a": 3, "b": 9}, 2) == {"a": 0, "b": 2}  # .5 and 1.5: a tie goes to the heavier


@pytest.mark.parametrize(("weights", "count"), [({"a": 0}, 1), ({"a": -1, "b": 3}, 1), ({"a": 1}, 0)])
def test_shares_of_nothing(weights: dict[str, int], count: int) -> None:
    with pytest.raises(ValueError, match=re.escape(str(weights))):
        shares(weights, count)


@given(WEIGHTS, st.integers(1, 200))
def test_shares_keep_the_quota_and_add_up(weights: dict[str, int], count: int) -> None:
    found, whole = shares(weights, count), sum(weights.values())
    assert sum(found.values()) == count
    for topic, weight in weights.items():
        exact = Fraction(count * weight, whole)
        assert int(exact) <= found[topic] <= int(exact) + (exact.denominator > 1)
    # Nobody with a smaller remainder was rounded up before somebody with a larger one.
    left = {
        topic: Fraction(count * weight, whole) - int(Fraction(count * weight, whole))
        for topic, weight in weights.items()
    }
    up = [left[t] for t in weights if found[t] > Fraction(count * weights[t], whole)]
    down = [left[t] for t in weights if found[t] < Fraction(count * weights[t], whole)]
    assert not up or not down or min(up) >= max(down)


BANK = {topic: [f"{topic}{number}" for number in range(size)] for topic, size in {"a": 30, "b": 12, "c": 9}.items()}


@given(st.integers(1, 3), st.integers(1, 10), st.text(max_size=8))
def test_papers_are_disjoint_and_of_the_weights(papers: int, count: int, seed: str) -> None:
    weights = {"a": 5, "b": 2, "c": 1}
    drawn = draw(BANK, weights, count=count, papers=papers, seed=seed)
    every = [key for paper in drawn for key in paper]
    assert len(set(every)) == len(every) == papers * count
    for paper in drawn:
        assert {topic: sum(key[0] == topic for key in paper) for topic in BANK} == shares(weights, count)
    assert (
        draw({t: list(reversed(keys)) for t, keys in BANK.items()}, weights, count=count, papers=papers, seed=seed)
        == drawn
    )


def test_a_bank_that_is_too_small_is_told_by_topic() -> None:
    with pytest.raises(NotEnough) as short:
        draw(BANK, {"a": 1, "b": 1, "x": 1}, count=15, papers=3, seed="s")
    assert short.value.lacking == (Lacking("b", 15, 12), Lacking("x", 15, 0))


def test_the_same_seed_for_ever() -> None:
    """Written down: a paper that was drawn must be drawn the same by every later version."""
    assert mixed("ABCD", "eins") == ["A", "C", "B", "D"]
    assert draw(BANK, {"a": 2, "b": 1}, count=3, papers=2, seed="eins") == [["a11", "a20", "b0"], ["a2", "a23", "b8"]]


@given(st.text(max_size=10))
def test_mixing_loses_nothing(seed: str) -> None:
    assert sorted(mixed("ABCDEF", seed)) == list("ABCDEF")
