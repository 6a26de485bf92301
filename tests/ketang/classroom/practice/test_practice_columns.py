"""Practice, item statistics and a pass that is lost, on SQLite and on PostgreSQL."""

from __future__ import annotations

from decimal import Decimal

from exam_rows import course_with_papers
from ketang.classroom.certificates.actions import issue, set_terms, uphold
from ketang.classroom.certificates.queries import doubtful, every_certificate
from ketang.classroom.exams import appealing, sitting
from ketang.classroom.exams.measured import measures_of
from ketang.classroom.exams.queries import open_papers, places_of
from ketang.classroom.exams.results import changed_of
from ketang.classroom.practice.actions import answer
from ketang.classroom.practice.queries import answers_of, book_of, practisable
from ketang.insight.waiting import waiting
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.actions import appoint_first_administrator
from ketang_columns import Column


def test_ten_people_and_a_wrong_key(column: Column) -> None:
    chief = open_by_command(login="chief", name="chief").account
    appoint_first_administrator(account=chief)
    course = course_with_papers()
    paper = open_papers(course)[0]
    set_terms(actor=chief, course=course, is_offered=True, every_lesson=False, exam=True, least=Decimal(0))
    people: list[Account] = []
    for number in range(10):
        people.append(open_by_command(login=f"l{number}", name=f"示例{number}").account)
        attempt = sitting.begin(account=people[-1], paper=paper, one_at_a_time=True)
        letters = ("A", "AB", "错") if number < 5 else ("B", "C", "对")
        chosen = {order: (list(told), False) for order, told in enumerate(letters, start=1)}
        sitting.keep_form(attempt=attempt, chosen=chosen, seen=0)
        sitting.submit(attempt=attempt.uuid, account=people[-1])
    found = measures_of(paper)
    assert (found.people, [one.analysis.difficulty for one in found.rows]) == (10, [0.5, 0.5, 0.5])
    assert ([one.place.order for one in found.suspicious], found.rows[2].suspect) == ([3], "错")
    certificate = issue(actor=people[0], account=people[0], course=course)
    appealing.correct_key(actor=chief, question=places_of(paper)[1].question, right=["C"], is_void=False, reason="更正")
    while appealing.mark_piece(places_of(paper)[1].question)[0]:
        pass
    assert ([one.pk for one in doubtful()], list(every_certificate(state="doubtful").rows)) == (
        [certificate.pk], [certificate],
    )  # fmt: skip
    assert [(one.count, one.oldest is not None) for one in waiting() if "等待决定" in str(one.kind.words)] == [
        (1, True)
    ]
    assert [(one.before.total, one.marking.total) for one in changed_of(people[0])] == [(80, 40)]
    uphold(actor=chief, certificate=certificate, reason="按当时的教材")
    assert (list(doubtful()), list(every_certificate(state="doubtful").rows)) == ([], [])
    questions = practisable(people[0], course)
    assert sorted(one.question.pk for one in book_of(answers_of(people[0], course))) == [
        questions[1].pk, questions[2].pk,
    ]  # fmt: skip
    for _twice in range(2):
        answer(account=people[0], course=course, question=questions[2], chosen=["对"])
    assert [one.question.pk for one in book_of(answers_of(people[0], course))] == [questions[1].pk]
