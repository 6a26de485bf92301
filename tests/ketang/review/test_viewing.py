"""The viewing plan: about twenty minutes, within the parts, the gravest findings and a sample of each lesson."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ketang.selection.scoring.viewing import Mark, Stretch, Timed, viewing_plan


def test_a_short_course_is_watched_whole() -> None:
    assert viewing_plan([Timed(1, 300.4), Timed(2, 0), Timed(3, 600)], []) == [Stretch(1, 0, 300), Stretch(3, 0, 600)]


def test_what_was_found_and_a_sample_of_each_lesson() -> None:
    parts = [Timed(1, 1500), Timed(2, 1500), Timed(3, 1500)]
    marks = [Mark(2, 100, 103, 3, "电流声"), Mark(2, 110, 112, 1, "音量忽大忽小"), Mark(9, 1, 2, 3, "别处")]
    assert viewing_plan(parts, marks) == [
        Stretch(1, 150, 210), Stretch(2, 94, 118, ("电流声", "音量忽大忽小")), Stretch(2, 750, 810), Stretch(3, 1200, 1260),
    ]  # fmt: skip


def test_the_gravest_come_first_where_not_all_fit() -> None:
    marks = [Mark(1, second, second + 30, 1, "轻") for second in range(0, 4000, 60)] + [Mark(1, 4500, 4510, 3, "重")]
    plan = viewing_plan([Timed(1, 5000)], marks)
    assert Stretch(1, 4494, 4516, ("重",)) in plan


@given(
    st.lists(st.floats(1, 7200), min_size=1, max_size=120),
    st.lists(st.tuples(st.integers(1, 130), st.floats(0, 8000), st.floats(0, 900), st.integers(0, 3)), max_size=60),
)
def test_within_the_parts_apart_and_about_twenty_minutes(
    lengths: list[float], marks: list[tuple[int, float, float, int]]
) -> None:
    parts = [Timed(number, seconds) for number, seconds in enumerate(lengths, start=1)]
    plan = viewing_plan(parts, [Mark(part, start, start + long, weight, "x") for part, start, long, weight in marks])
    assert all(0 <= s.start <= s.end <= lengths[s.part - 1] for s in plan)
    assert sum(s.seconds for s in plan) <= 1200
    found = [s for s in plan if s.why]
    assert all(a.part != b.part or a.end < b.start for a, b in pairwise(found))
    assert plan == viewing_plan(
        parts, [Mark(part, start, start + long, weight, "x") for part, start, long, weight in marks]
    )
