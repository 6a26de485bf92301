"""The clock of an attempt and the order of options, both pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketang.classroom.exams.shuffling import may_be_mixed, shown_order
from ketang.classroom.exams.timing import SILENCE, Clock, Pause, limit_with, read

HOUR = 3_600_000


@pytest.mark.parametrize(
    ("told", "clock"),
    [
        ({"now": 5000, "limit": None}, Clock(5000, None)),
        ({"now": 5000, "heard": 4000}, Clock(5000, HOUR - 5000)),
        ({"now": 9000, "heard": 8000, "pauses": [Pause(1000, 3000)]}, Clock(7000, HOUR - 7000)),
        ({"now": 9_000_000, "paused": 6000, "pauses": [Pause(1000, 3000)]}, Clock(4000, HOUR - 4000)),
        ({"now": SILENCE, "heard": 0}, Clock(SILENCE, HOUR - SILENCE)),
        ({"now": SILENCE + 1, "heard": 0}, Clock(0, HOUR, Pause(0, SILENCE + 1, cut=True))),
        ({"now": 3 * HOUR, "heard": 1000}, Clock(2 * HOUR, -HOUR, Pause(1000, HOUR + 1000, cut=True))),
        ({"now": 3 * HOUR, "heard": 2 * HOUR, "pauses": [Pause(0, HOUR, cut=True)]}, Clock(2 * HOUR, -HOUR)),
        ({"now": 10 * HOUR, "limit": None}, Clock(10 * HOUR, None)),
    ],
)
def test_the_clock(told: dict[str, object], clock: Clock) -> None:
    assert read(**{"begun": 0, "heard": 0, "limit": HOUR, **told}) == clock  # type: ignore[arg-type]


def test_after_the_end_what_was_on_its_way_is_awaited() -> None:
    assert [Clock(0, left).is_over for left in (1, 0, -30_000, -30_001, None)] == [False, False, False, True, False]


@given(st.lists(st.tuples(st.integers(1, 400_000), st.sampled_from(["heard", "pause", "silent"])), max_size=12))
def test_what_is_used_is_what_went_by_without_pauses_and_silences(steps: list[tuple[int, str]]) -> None:
    """Beside a sum that is made as it goes along."""
    now = heard = used = given_back = 0
    pauses: list[Pause] = []
    for length, what in steps:
        if what == "pause":
            pauses.append(Pause(now, now + length))
            now += length
            heard = now
            continue
        if what == "heard" and length > SILENCE:
            length = SILENCE
        now += length
        cut = min(length, HOUR - given_back) if length > SILENCE else 0
        clock = read(begun=0, heard=heard, now=now, limit=HOUR, pauses=pauses)
        used, given_back = used + length - cut, given_back + cut
        assert (clock.used, clock.left) == (used, HOUR - used)
        if clock.cut is not None:
            pauses.append(clock.cut)
        heard = now


def test_extra_time() -> None:
    assert [limit_with(600, extra) for extra in (0, 50, 100)] == [600_000, 900_000, 1_200_000]
    assert limit_with(None, 100) is None


@pytest.mark.parametrize(
    ("stem", "options", "mixed"),
    [
        ("喂水前先做什么？", ("洗手", "关灯"), True),
        ("喂水前先做什么？", ("洗手", "关灯", "以上都对"), False),
        ("喂水前先做什么？", ("洗手", "关灯", "A和B"), False),
        ("喂水前先做什么？", ("洗手", "关灯", "Ａ、Ｂ 都是"), False),
        ("正确的次序是 ①洗手 ②试温", ("①②", "②①"), False),
        ("First?", ("Wash", "None of the above"), False),
        ("维生素 C 的作用", ("抗氧化", "补钙"), True),
    ],
)
def test_options_that_speak_of_each_other_keep_their_order(stem: str, options: tuple[str, ...], mixed: bool) -> None:
    assert may_be_mixed(stem, options) is mixed
    orders = {tuple(shown_order("ABCD", stem=stem, options=options, seed=str(seed))) for seed in range(40)}
    assert (len(orders) > 1) is mixed
