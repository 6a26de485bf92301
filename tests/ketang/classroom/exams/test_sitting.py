"""Sitting a paper: lines that are stored once, devices that know of each other or not, pauses, time, handing in, marks."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exam_rows import course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams import sitting
from ketang.classroom.exams.actions import choose_marking, open_paper
from ketang.classroom.exams.answers import Line, NotLines, read_lines
from ketang.classroom.exams.marking import Multiple
from ketang.classroom.exams.marks import worked_out
from ketang.classroom.exams.models import Attempt, Entry, Marking, Paper, Pause
from ketang.classroom.exams.queries import asked_in, open_papers, passed
from ketang.classroom.exams.results import of as result_of
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused

HERE, THERE = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def attempt(course: Course, learner: Account) -> Attempt:
    return sitting.begin(account=learner, paper=open_papers(course)[0], one_at_a_time=True)


def keep(attempt: Attempt, *lines: tuple[Any, ...], device: uuid.UUID = HERE, seen: int = 0, now: datetime | None = None) -> sitting.Kept:  # fmt: skip
    told = [Line(n, order, base, tuple(chosen), flagged) for n, order, base, chosen, flagged in lines]
    return sitting.keep(
        attempt=attempt.uuid, account=attempt.account, device=device, lines=told, seen=seen, now=now
    )  # fmt: skip


def stands(attempt: Attempt) -> dict[int, tuple[str, bool]]:
    return {one.place.order: ("".join(one.chosen), one.is_flagged) for one in asked_in(attempt) if one.entry}


def test_a_line_is_stored_once_however_often_it_is_sent(attempt: Attempt) -> None:
    first = keep(attempt, (1, 1, 0, "A", False))
    again = keep(attempt, (1, 1, 0, "A", False), (2, 2, 0, "AB", True))
    assert [(one.n, one.last, one.news) for one in (first, again)] == [(1, 1, []), (2, 2, [])]
    assert keep(attempt, (1, 1, 0, "A", False), (2, 2, 0, "AB", True)).n == 2
    assert (stands(attempt), Entry.objects.count()) == ({1: ("A", False), 2: ("AB", True)}, 2)


def test_an_answer_is_changed_and_taken_back(attempt: Attempt) -> None:
    keep(attempt, (1, 1, 0, "A", False), (2, 1, 0, "B", False), (3, 1, 0, "", True))
    assert stands(attempt) == {1: ("", True)}


def test_another_device_goes_on_and_what_comes_late_from_the_first_does_not_undo_it(attempt: Attempt) -> None:
    keep(attempt, (1, 1, 0, "A", False))
    there = keep(attempt, (1, 1, 1, "B", False), device=THERE, seen=1)  # it knew the first answer
    assert (there.last, there.news) == (2, [])
    late = keep(attempt, (2, 1, 1, "C", False), (3, 3, 1, ["对"], False), seen=1)  # chosen before, without a line
    assert (late.n, late.last, late.news) == (3, 4, [(1, ["B"], False)])
    assert stands(attempt) == {1: ("B", False), 3: ("对", False)}
    knowing = keep(attempt, (4, 1, 4, "C", False), seen=4)
    assert (knowing.news, stands(attempt)[1]) == ([], ("C", False))
    assert keep(attempt, device=THERE, seen=2).news == [(1, ["C"], False), (3, ["对"], False)]


def test_a_form_without_a_script_brings_what_was_changed_on_it_alone(attempt: Attempt) -> None:
    keep(attempt, (1, 1, 0, "A", False))
    showed = {1: (["A"], False), 2: ([], False), 3: ([], False)}
    keep(attempt, (1, 1, 1, "B", False), device=THERE)  # on another device, since the page was drawn
    sitting.keep_form(attempt=attempt, chosen={**showed, 3: (["错"], True)}, seen=1)
    assert stands(attempt) == {1: ("B", False), 3: ("错", True)}
    sitting.keep_form(attempt=attempt, chosen={**showed, 3: (["错"], True)}, seen=1)  # sent twice
    assert Entry.objects.count() == 3
    sitting.keep_form(attempt=attempt, chosen={**showed, 1: (["C"], False)}, seen=1)  # chosen anew on the old page
    assert stands(attempt)[1] == ("C", False)


@pytest.mark.parametrize("line", [(1, 99, 0, "A", False), (1, 1, 0, "E", False), (1, 3, 0, "A", False)])
def test_what_the_paper_does_not_have_is_refused(attempt: Attempt, line: tuple[Any, ...]) -> None:
    with pytest.raises(Refused, match="没有的题或选项"):
        keep(attempt, line)
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    "told",
    [None, {}, [[1, 1, 0, ["A"]]], [[0, 1, 0, [], False]], [[1, 1, 0, "A", False]], [[1, 1, 0, ["AB"], False]], [[1, 1, 0, [], 1]],
     [[True, 1, 0, [], False]], [[2, 1, 0, [], False], [1, 1, 0, [], False]], [[1, 1, 0, [], False]] * 2, [[n, 1, 0, [], False] for n in range(1, 602)]],
)  # fmt: skip
def test_what_is_no_list_of_lines(told: Any) -> None:
    with pytest.raises(NotLines):
        read_lines(told)


def test_one_attempt_of_a_course_at_a_time(attempt: Attempt, course: Course, learner: Account) -> None:
    first, second, _third = open_papers(course)
    assert sitting.begin(account=learner, paper=first, one_at_a_time=False) == attempt
    with pytest.raises(Refused, match="您还有一套“试卷1”没有交卷"):
        sitting.begin(account=learner, paper=second, one_at_a_time=True)
    elsewhere = course_with_papers("另一门课")
    assert sitting.begin(account=learner, paper=open_papers(elsewhere)[0], one_at_a_time=True) != attempt
    sitting.submit(attempt=attempt.uuid, account=learner)
    assert sitting.begin(account=learner, paper=second, one_at_a_time=True).paper == second


def test_who_may_begin(course: Course, learner: Account, clerk: Account) -> None:
    paper = open_papers(course)[0]
    open_paper(actor=clerk, paper=paper, is_open=False)
    with pytest.raises(PermissionDenied):
        sitting.begin(account=learner, paper=Paper.objects.get(pk=paper.pk), one_at_a_time=True)


def test_nobody_else_s(attempt: Attempt, learner: Account) -> None:
    other = open_by_command(login="other", name="乙").account
    with pytest.raises(Refused, match="没有这次考试"):
        sitting.keep(attempt=attempt.uuid, account=other, device=HERE, lines=[Line(1, 1, 0, ("A",), False)], seen=0)


def test_handing_in_gives_marks_at_once_and_once(attempt: Attempt, learner: Account) -> None:
    keep(attempt, (1, 1, 0, "A", False), (2, 2, 0, "A", False), (3, 3, 0, ["对"], True))
    for _ in range(2):
        sitting.submit(attempt=attempt.uuid, account=learner)
    late = keep(attempt, (4, 2, 0, "AB", False))
    assert (late.is_over, late.n, Entry.objects.count()) == (True, 3, 3)
    with pytest.raises(Refused, match="已经交卷"):
        sitting.keep_form(attempt=attempt, chosen={2: (["A", "B"], False)}, seen=3)
    attempt.refresh_from_db()
    marking = Marking.objects.get()
    found = result_of(attempt)
    assert (marking.total, marking.passed, attempt.submitted_how) == (Decimal(60), True, "said")
    assert [(row.state, row.worth, list(row.chosen)) for row in found.rows] == [
        ("right", Decimal(40), ["A"]), ("wrong", Decimal(0), ["A"]), ("right", Decimal(20), ["对"]),
    ]  # fmt: skip
    assert (passed(learner, attempt.course), found.right, found.before) == (attempt, 2, None)
    assert [one.action for one in history(attempt)] == ["exams.begin", "exams.submit"]


def test_part_marks_where_the_paper_gives_them_and_never_changed_after_somebody_began(
    course: Course, learner: Account, clerk: Account
) -> None:
    paper = open_papers(course)[0]
    choose_marking(actor=clerk, paper=paper, multiple=Multiple.PART)
    attempt = sitting.begin(account=learner, paper=paper, one_at_a_time=True)
    with pytest.raises(Refused, match="已经有人开始"):
        choose_marking(actor=clerk, paper=paper, multiple=Multiple.WHOLE)
    keep(attempt, (1, 2, 0, "A", False))
    assert worked_out(Attempt.objects.get())[0].total == Decimal(20)


# --- time ---


@pytest.fixture
def timed(db: None, learner: Account) -> Attempt:
    """Of a paper of ten minutes, for somebody whose limits are half as long again."""
    course = course_with_papers("限时的课", minutes=Decimal(10))
    return sitting.begin(account=learner, paper=open_papers(course)[0], one_at_a_time=True, extra_per_cent=50)


def at(attempt: Attempt, seconds: float) -> datetime:
    return attempt.begun_at + timedelta(seconds=seconds)


def beat(attempt: Attempt, start: int, end: int) -> sitting.Kept:
    """The page is heard every 20 seconds."""
    for second in range(start, end, 20):
        keep(attempt, now=at(attempt, second))
    return keep(attempt, now=at(attempt, end))


def test_extra_time_is_the_learner_s_and_the_time_left_is_told(timed: Attempt) -> None:
    assert timed.limit_ms == 900_000
    assert beat(timed, 0, 100).left == 800_000


def test_a_cut_line_or_a_power_cut_costs_no_time(timed: Attempt) -> None:
    beat(timed, 0, 100)
    told = keep(timed, (1, 1, 0, "A", False), now=at(timed, 400))
    assert (told.n, told.left) == (1, 800_000)
    assert list(Pause.objects.values_list("is_cut", flat=True)) == [True]


def test_a_short_silence_is_no_pause(timed: Attempt) -> None:
    beat(timed, 0, 100)
    assert (keep(timed, now=at(timed, 180)).left, Pause.objects.count()) == (720_000, 0)


def test_silences_give_back_the_limit_at_most(timed: Attempt) -> None:
    assert keep(timed, now=at(timed, 850)).left == 900_000  # the first silence
    told = keep(timed, now=at(timed, 850 + 800))
    assert told.left == 900_000 - 750_000  # 50 seconds were left to give
    assert keep(timed, now=at(timed, 1650 + 200)).is_over


def test_time_that_is_over_hands_in_what_is_there(timed: Attempt) -> None:
    beat(timed, 0, 880)
    assert keep(timed, (1, 1, 0, "A", False), now=at(timed, 910)).n == 1  # it was on its way
    over = keep(timed, (2, 3, 0, ["对"], False), now=at(timed, 931))
    assert (over.is_over, over.n) == (True, 1)
    timed.refresh_from_db()
    assert (timed.submitted_how, timed.used_ms, Marking.objects.get().total) == ("time", 900_000, Decimal(40))


def test_nobody_comes_back(timed: Attempt, learner: Account) -> None:
    assert sitting.close_overdue(at(timed, 1700)) == 0  # silent: paused for as long as the limit
    assert sitting.close_overdue(at(timed, 1900)) == 1
    timed.refresh_from_db()
    assert (timed.submitted_how, timed.used_ms) == ("time", 900_000)


def test_clocks_are_looked_at_without_a_lock(timed: Attempt) -> None:
    """A thousand who sit an exam are looked at each minute while their answers come: nothing may be locked for that."""
    for second, asked in ((100, 1), (1700, 3)):  # nobody's time can be over; it can, and is not
        with CaptureQueriesContext(connection) as queries:
            assert sitting.close_overdue(at(timed, second)) == 0
        assert [one["sql"].split()[0] for one in queries] == ["SELECT"] * asked


def test_a_pause_does_not_count_however_long(timed: Attempt, learner: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def pause(paused: bool, second: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at(timed, second))
        sitting.pause(attempt=timed.uuid, account=learner, paused=paused)

    beat(timed, 0, 60)
    pause(True, 60)
    paused = keep(timed, (1, 1, 0, "A", False), now=at(timed, 10_000))
    assert (paused.is_paused, paused.n, paused.left) == (True, 0, 840_000)
    assert sitting.close_overdue(at(timed, 20_000)) == 0
    pause(False, 50_000)
    assert keep(timed, (1, 1, 0, "A", False), now=at(timed, 50_040)).left == 800_000
    assert [one.action for one in history(timed)] == ["exams.begin", "exams.pause", "exams.resume"]


def test_what_was_written_never_changes(attempt: Attempt, learner: Account) -> None:
    keep(attempt, (1, 1, 0, "A", False))
    sitting.submit(attempt=attempt.uuid, account=learner)
    for kind, change in ((Entry, {"chosen": ["B"]}), (Marking, {"total": 100})):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            kind.objects.update(**change)  # type: ignore[attr-defined]
