"""An exam from its papers to marks made anew, on SQLite and on PostgreSQL: the same rows, pages that speak at once, and a log that refuses to change."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from exam_rows import course_with_papers
from ketang.classroom.exams import appealing, sitting
from ketang.classroom.exams.actions import draw_papers
from ketang.classroom.exams.answers import Line
from ketang.classroom.exams.models import AnswerKey, Attempt, Entry, Marking, Pause, Ruling
from ketang.classroom.exams.privacy import SHARE
from ketang.classroom.exams.queries import appeals_waiting, asked_in, every_appeal, open_papers, papers_of, places_of
from ketang.classroom.exams.results import of as result_of
from ketang.people.account.actions import open_by_command
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.audit.queries import Whole, verify
from ketang_columns import Column


def test_an_exam(column: Column) -> None:
    chief, learner = (open_by_command(login=name, name=name).account for name in ("chief", "learner"))
    appoint_first_administrator(account=chief)
    course = course_with_papers()
    assert course.current is not None
    drawn = draw_papers(actor=chief, edition=course.current, weights={"试温": 1}, count=5, papers=2)
    assert [(one.asks, one.is_open) for one in papers_of(course.current)[3:]] == [(5, False)] * len(drawn)
    paper = open_papers(course)[0]
    attempt = sitting.begin(account=learner, paper=paper, one_at_a_time=True)
    at_once(learner, attempt)
    sitting.pause(attempt=attempt.uuid, account=learner, paused=True)
    sitting.pause(attempt=attempt.uuid, account=learner, paused=False)
    sitting.keep_form(attempt=attempt, chosen={1: (["B"], False), 2: (["A", "B"], True)}, seen=80)
    sitting.submit(attempt=attempt.uuid, account=learner)
    attempt.refresh_from_db()
    first = places_of(paper)[0]
    made = appealing.appeal(account=learner, attempt=attempt, place=first, words="先关灯")
    assert ([one.pk for one in every_appeal(waiting=True)], appeals_waiting()) == ([made.pk], 1)
    appealing.correct_key(actor=chief, question=first.question, right=["B"], is_void=False, reason="教材改了")
    appealing.answer_appeal(actor=chief, appeal=made, ruling=Ruling.UPHELD, answer="已更正。")
    assert [appealing.mark_piece(first.question), appealing.mark_piece(first.question)] == [(1, 1), (0, 0)]
    marks = list(Marking.objects.order_by("number").values_list("total", "passed"))
    assert marks == [(Decimal(40), False), (Decimal(80), True)]
    found = result_of(attempt)
    assert (found.before is not None, [row.state for row in found.rows]) == (True, ["right", "right", "none"])
    refuses_to_change()
    assert isinstance(verify(), Whole)
    SHARE.erase(learner)
    assert (Attempt.objects.count(), Entry.objects.count(), AnswerKey.objects.filter(number=2).count()) == (0, 0, 1)


def at_once(learner: Any, attempt: Attempt) -> None:
    """Eight pages say ten things each, every one twice, all at once: each is stored once, and the log has no gap."""

    def say(page: int) -> None:
        try:
            for n in range(1, 11):
                for _ in range(2):
                    line = Line(n, 3, 10**6, ("对",) if n % 2 else ("错",), False)
                    sitting.keep(
                        attempt=attempt.uuid, account=learner, device=uuid.UUID(int=page), lines=[line], seen=0
                    )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(say, range(1, 9)))
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 81))
    assert Entry.objects.values("device", "n").distinct().count() == 80
    sitting.keep(
        attempt=attempt.uuid, account=learner, device=uuid.UUID(int=99), lines=[Line(1, 3, 80, (), False)], seen=80
    )
    assert [asked.chosen for asked in asked_in(attempt)] == [(), (), []]


def refuses_to_change() -> None:
    changes = ((Entry, "chosen", ["A"]), (Marking, "total", 1), (AnswerKey, "right", ["C"]), (Pause, "is_cut", True))
    for kind, name, value in changes:
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            kind.objects.update(**{name: value})  # type: ignore[attr-defined]
