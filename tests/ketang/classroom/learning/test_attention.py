"""One person attends to one thing at a time: against all stretches of time, tried one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ketang.classroom.learning.attention import FINE_MS, OFFLINE_MS, Claims, accept, fitting

STEPS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=9)
"""Time that goes by, how long ago the claim is released, what it asks for."""


def possible(jobs: list[tuple[int, int, int]]) -> bool:
    """Whether one worker can have done all jobs `(release, deadline, work)`: no stretch of time holds more work than it is long."""
    moments = sorted({moment for release, deadline, _work in jobs for moment in (release, deadline)})
    return all(
        sum(work for release, deadline, work in jobs if release >= start and deadline <= end) <= end - start
        for start in moments
        for end in moments
        if start < end
    ) and all(work <= deadline - release for release, deadline, work in jobs)


@given(STEPS)
def test_the_most_that_one_person_can_have_done(steps: list[tuple[int, int, int]]) -> None:
    now, jobs, claims = OFFLINE_MS, [], Claims()
    for goes_by, ago, asked in steps:
        now += goes_by
        since = now - ago
        free = fitting(claims, since=since, now=now)
        work = min(asked, free)
        jobs.append((since, now, work))
        assert possible(jobs)
        if asked > free:
            assert not possible([*jobs[:-1], (since, now, work + 1)])
        claims = accept(claims, since=since, work=work, now=now)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 3), st.integers(0, 20)), max_size=40))
def test_what_was_done_one_after_another_always_fits(line: list[tuple[bool, int, int, int]]) -> None:
    """Work of one person, in the order in which it was done; each piece is reported some while later, by one of four tabs."""
    clock, due = OFFLINE_MS, []
    heard = [clock] * 4
    for studies, lasts, tab, later in line:
        if studies:
            due.append((clock + lasts + later, heard[tab], lasts))
        clock += lasts
        if later == 0:
            heard[tab] = clock
    claims = Claims()
    for at, since, work in sorted(due):
        assert fitting(claims, since=since, now=at) >= work
        claims = accept(claims, since=since, work=work, now=at)


def test_idle_time_is_not_saved_up_between_two_hearings() -> None:
    hour = 3_600_000
    claims = accept((), since=hour, work=10_000, now=hour + 10_000)
    assert fitting(claims, since=hour, now=hour + 10_000) == 0  # another tab claims the same ten seconds
    assert fitting(claims, since=hour + 10_000, now=hour + 20_000) == 10_000
    assert fitting(claims, since=0, now=hour + 10_000) == hour


def test_long_spells_and_old_claims() -> None:
    assert fitting((), since=0, now=5 * OFFLINE_MS) == OFFLINE_MS
    claims = accept((), since=0, work=1000, now=2000)
    assert accept(claims, since=OFFLINE_MS + 3000, work=5, now=OFFLINE_MS + 4000) == ((OFFLINE_MS + 3000, 5),)


def test_a_row_stays_short_however_long_somebody_studies() -> None:
    claims, now = Claims(), 10**12
    for _post in range(14 * 360):
        claims = accept(claims, since=now, work=10_000, now=now + 10_000)
        now += 10_000
    assert len(claims) <= FINE_MS // 10_000 + 1 + OFFLINE_MS // 300_000 + 1
    assert sum(work for _release, work in claims) <= OFFLINE_MS
    assert fitting(claims, since=now - 60_000, now=now) == 0


def test_the_clock_of_the_device_and_moments_to_come_change_nothing() -> None:
    assert fitting((), since=10**13, now=1000) == 0
