"""What a report may claim, piece by piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketang.classroom.catalogue.lengths import ceiling_ms, characters_of
from ketang.classroom.learning.crediting import Done, NotEntries, Read, Watched, after, credited, read_entries
from ketang.classroom.learning.facts import Facts
from ketang.classroom.learning.intervals import measure

T = 10**12
LENGTH = 100_000


def told(entries: list[object], done: Done = Done(), *, now: int = T + 60_000, length: int = LENGTH) -> Done:  # noqa: B008 - frozen
    return credited(done, (), read_entries(entries), length=length, begun=T, now=now)[0]


def test_what_was_played_counts_once_whatever_the_order() -> None:
    assert told([[2, T, "w", 5000, 9000, 100], [1, T, "w", 0, 6000, 100]]).watched == ((0, 9000),)


def test_a_seek_inflates_nothing() -> None:
    assert told([[1, T, "w", 0, 1000, 100], [2, T, "w", 90_000, 91_000, 100]]).watched == ((0, 1000), (90_000, 91_000))


def test_no_more_than_the_server_saw_go_by() -> None:
    assert told([[1, T, "w", 0, 90_000, 100]]).watched == ((0, 60_000),)
    assert told([[1, T, "w", 0, 100_000, 200]], now=T + 30_000).watched == ((0, 60_000),)
    assert told([[1, T, "w", 0, 90_000, 1000]], now=T + 30_000).watched == ((0, 60_000),)  # as fast as 2, no faster


def test_half_speed_takes_twice_the_time() -> None:
    assert told([[1, T, "w", 0, 40_000, 50]]).watched == ((0, 30_000),)


def test_a_device_cannot_say_that_it_began_before_its_ticket_or_in_time_to_come() -> None:
    assert told([[1, 0, "w", 0, 90_000, 100]]).watched == ((0, 60_000),)
    assert told([[1, T + 10**9, "w", 0, 90_000, 100]]).watched == ()


def test_nothing_beyond_the_end() -> None:
    assert told([[1, T, "w", 95_000, 200_000, 100]]).watched == ((95_000, 100_000),)


def test_time_with_the_text_fills_what_was_not_watched_up_to_the_length() -> None:
    done = told([[1, T, "w", 0, 30_000, 100], [2, T, "r", 30_000]])
    assert (done, done.counted(LENGTH)) == (Done(((0, 30_000),), 30_000), ((0, 60_000),))
    full = told([[1, T, "r", 500_000]], now=T + 10**7)
    assert (full.read, full.counted(LENGTH)) == (LENGTH, ((0, LENGTH),))
    more = told([[1, T, "w", 50_000, 100_000, 100]], full, now=T + 10**7)
    assert measure(more.counted(LENGTH)) == LENGTH


def test_a_number_that_is_known_is_not_counted_again() -> None:
    entries = read_entries([[1, T, "r", 1000], [2, T, "r", 1000], [3, T, "r", 1000]])
    assert [entry.number for entry in after(entries, 2)] == [3]


@pytest.mark.parametrize(
    "raw",
    [
        None, {}, "w", [[]], [[1, T, "x", 1]], [[1, T, "w", 1, 2]], [[1, T, "r", 1.5]], [[True, T, "r", 1]], [[0, T, "r", 1]],
        [[1, T, "r", -1]], [[1, T, "w", 0, 10**12, 100]], [[1, T, "r", 1], [1, T, "r", 1]], [[1, "T", "r", 1]], [[1, 10**15, "r", 1]],
        [[n, T, "r", 1] for n in range(1, 2002)], [[1, T, "w", 0, 1, 0]],
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(raw: object) -> None:
    with pytest.raises(NotEntries):
        read_entries(raw)


ENTRIES = st.lists(
    st.one_of(
        st.builds(Watched, st.just(1), st.integers(T - 10**5, T + 10**6), st.integers(0, 2 * LENGTH), st.integers(0, 2 * LENGTH), st.integers(25, 200)),
        st.builds(Read, st.just(1), st.integers(T - 10**5, T + 10**6), st.integers(0, 10**6)),
    ),
    max_size=8,
)  # fmt: skip


@given(st.lists(st.tuples(ENTRIES, st.integers(0, 200_000)), max_size=6))
def test_whatever_is_claimed_the_time_gone_by_and_the_length_bound_it(posts: list[tuple[list[object], int]]) -> None:
    done, claims, now = Done(), (), T
    for entries, wait in posts:
        now += wait
        before = measure(done.counted(LENGTH))
        done, claims = credited(done, claims, entries, length=LENGTH, begun=T, now=now)  # type: ignore[arg-type]
        counted = measure(done.counted(LENGTH))
        assert before <= counted <= min(LENGTH, 2 * (now - T))
        assert sum(work for _release, work in claims) <= now - T


def test_ceilings_of_what_has_no_clock() -> None:
    assert characters_of("少量 多次，\n先试后喂。") == 10
    assert ceiling_ms("text", characters=1200) == 600_000
    assert ceiling_ms("text", characters=10) == 60_000
    assert ceiling_ms("text", characters=10, declared_ms=300_000) == 300_000
    assert ceiling_ms("task", characters=10) == 600_000


def test_hours_by_class_of_content() -> None:
    facts = Facts(
        LENGTH, ((0, 10_000, "素养"), (10_000, 30_000, "讲授"), (30_000, 40_000, "演示"), (50_000, 200_000, "实操"))
    )
    assert facts.by_class(((5000, 35_000), (45_000, 60_000))) == {
        "ethics": 5000, "theory": 25_000, "practice": 10_000, "other": 5000,
    }  # fmt: skip
    assert facts.by_class(()) == {}
