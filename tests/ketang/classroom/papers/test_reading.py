"""Answers as they are typed from a sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketang.classroom.papers.reading import Box, Mistyped, read, tens, written

ABCD = tuple("ABCD")
BOXES = (Box(1, ABCD), Box(2, ABCD, several=True), Box(3, ("对", "错")))
SINGLE = (Box(1, ABCD), Box(2, ABCD), Box(3, ("对", "错")))


@pytest.mark.parametrize(
    ("typed", "boxes", "found"),
    [
        ("A AB 对", BOXES, {1: ("A",), 2: ("A", "B"), 3: ("对",)}),
        ("a，ba，错", BOXES, {1: ("A",), 2: ("A", "B"), 3: ("错",)}),
        ("Ａ - Ｔ", BOXES, {1: ("A",), 3: ("对",)}),
        ("- 0 ×", BOXES, {3: ("错",)}),
        ("AB / C / F", BOXES, {1: ("A", "B"), 2: ("C",), 3: ("错",)}),
        ("AD√", SINGLE, {1: ("A",), 2: ("D",), 3: ("对",)}),
        ("A-x", SINGLE, {1: ("A",), 3: ("错",)}),
    ],
)
def test_read(typed: str, boxes: tuple[Box, ...], found: dict[int, tuple[str, ...]]) -> None:
    assert read(typed, boxes) == found


@pytest.mark.parametrize(
    ("typed", "boxes", "order", "count"),
    [("A AB", BOXES, None, 2), ("A E 对", BOXES, 2, 3), ("A B C", BOXES, 3, 3), ("ABCD", SINGLE, None, 4), ("", BOXES, None, 0)],
)  # fmt: skip
def test_what_cannot_be_read_is_named(typed: str, boxes: tuple[Box, ...], order: int | None, count: int) -> None:
    with pytest.raises(Mistyped) as wrong:
        read(typed, boxes)
    assert (wrong.value.order, wrong.value.found) == (order, count)


@given(st.lists(st.sets(st.sampled_from(ABCD)), min_size=1, max_size=10))
def test_what_is_written_is_read_again(answers: list[set[str]]) -> None:
    boxes = [Box(order, ABCD, several=True) for order in range(1, len(answers) + 1)]
    chosen = {order: tuple(sorted(picked)) for order, picked in enumerate(answers, start=1) if picked}
    assert read(written(chosen, boxes), boxes) == chosen


def test_ten_questions_stand_together() -> None:
    boxes = [Box(order, ABCD) for order in range(1, 24)]
    assert [(group[0].order, group[-1].order) for group in tens(boxes)] == [(1, 10), (11, 20), (21, 23)]
