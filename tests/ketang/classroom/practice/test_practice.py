"""Practice by topic: what may be practised and what must not, the next question, the book of wrong answers, pages, a person's data."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from exam_rows import FIRST, course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams import sitting
from ketang.classroom.exams.actions import draw_papers, give_for_practice, open_paper
from ketang.classroom.exams.appealing import correct_key
from ketang.classroom.exams.models import Attempt, Paper, Question
from ketang.classroom.exams.queries import bank_of, drawable_of
from ketang.classroom.practice.actions import answer
from ketang.classroom.practice.booking import Standing, standing
from ketang.classroom.practice.models import Tried
from ketang.classroom.practice.permissions import may_practise
from ketang.classroom.practice.privacy import SHARE
from ketang.classroom.practice.queries import (
    answers_of,
    book_of,
    next_of,
    practisable,
    shown_options,
    topics_of,
)
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db: None) -> Course:
    return course_with_papers()


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.CLERK]
    assert isinstance(found, Account)
    return found


@pytest.fixture
def learner(db: None) -> Account:
    return open_by_command(login="learner", name="学员甲").account


def paper(course: Course, number: int = 1) -> Paper:
    return course.current.papers.get(number=number)  # type: ignore[union-attr,no-any-return]


def sat(learner: Account, course: Course, *answers: str, over: bool = True) -> Attempt:
    attempt = sitting.begin(account=learner, paper=paper(course), one_at_a_time=True)
    chosen = {order: (list(letters), False) for order, letters in enumerate(answers, start=1)}
    sitting.keep_form(attempt=attempt, chosen=chosen, seen=0)
    if over:
        sitting.submit(attempt=attempt.uuid, account=learner)
    return attempt


def stems(learner: Account, course: Course) -> list[str]:
    return [one.stem for one in practisable(learner, course)]


def book(learner: Account, course: Course) -> list[tuple[str, int, int]]:
    """Stem, how often wrong, right ones in a row."""
    return [(one.question.stem, one.standing.wrongs, one.standing.row) for one in book_of(answers_of(learner, course))]


def of(course: Course, order: int) -> Question:
    return paper(course).places.get(order=order).question


SHORT = [one.stem for one in FIRST]


def test_nothing_of_a_paper_that_was_not_handed_in(course: Course, learner: Account) -> None:
    assert stems(learner, course) == []
    attempt = sat(learner, course, "B", "AB", "对", over=False)
    assert stems(learner, course) == []
    sitting.submit(attempt=attempt.uuid, account=learner)
    assert stems(learner, course) == SHORT
    other = open_by_command(login="other", name="乙").account
    assert stems(other, course) == []


def test_a_paper_that_is_given_for_practice(course: Course, learner: Account, clerk: Account) -> None:
    give_for_practice(actor=clerk, paper=paper(course), is_practice=True)
    assert (paper(course).is_open, stems(learner, course)) == (False, SHORT)
    with pytest.raises(Refused, match="先收回"):
        open_paper(actor=clerk, paper=paper(course), is_open=True)
    with pytest.raises(PermissionDenied):
        sitting.begin(account=learner, paper=paper(course), one_at_a_time=True)
    give_for_practice(actor=clerk, paper=paper(course), is_practice=False)
    assert (paper(course).is_open, stems(learner, course)) == (False, [])
    assert [one.action for one in history(paper(course))] == ["exams.give_for_practice", "exams.end_practice"]
    with pytest.raises(PermissionDenied):
        give_for_practice(actor=learner, paper=paper(course), is_practice=True)


def test_what_an_exam_asks_too_is_kept_back_until_it_was_handed_in_open_or_not(
    course: Course, learner: Account, clerk: Account
) -> None:
    edition = course.current
    assert edition is not None
    whole = next(one.count for one in bank_of(edition) if one.name == "试温")
    [drawn] = draw_papers(actor=clerk, edition=edition, weights={"试温": 1}, count=whole, papers=1)
    give_for_practice(actor=clerk, paper=paper(course), is_practice=True)
    kept = set(drawn.questions.values_list("stem", flat=True)) & set(SHORT)
    assert kept == {SHORT[1], SHORT[2]}  # the drawn paper asks the same
    assert stems(learner, course) == [one for one in SHORT if one not in kept]
    open_paper(actor=clerk, paper=drawn, is_open=True)
    assert stems(learner, course) == [one for one in SHORT if one not in kept]
    attempt = sitting.begin(account=learner, paper=drawn, one_at_a_time=True)
    assert stems(learner, course) == [one for one in SHORT if one not in kept]
    sitting.submit(attempt=attempt.uuid, account=learner)
    assert set(stems(learner, course)) >= set(SHORT)


def test_what_is_given_for_practice_is_not_drawn(course: Course, clerk: Account) -> None:
    edition = course.current
    assert edition is not None
    whole = {one.name: one.count for one in bank_of(edition)}
    give_for_practice(actor=clerk, paper=paper(course), is_practice=True)
    left = {one.name: one.count for one in drawable_of(edition)}
    assert {name: whole[name] - left.get(name, 0) for name in whole if whole[name] != left.get(name, 0)} == {
        "卫生": 1, "试温": 2,
    }  # fmt: skip
    with pytest.raises(Refused, match=f"题库里只有 {left.get('试温', 0)} 道"):
        draw_papers(actor=clerk, edition=edition, weights={"试温": 1}, count=whole["试温"], papers=1)
    give_for_practice(actor=clerk, paper=paper(course), is_practice=False)
    assert {one.name: one.count for one in drawable_of(edition)} == whole


def test_never_of_an_exam_that_was_not_handed_in_whatever_stands_in_which_paper(clerk: Account) -> None:
    """Random banks and papers: nobody may practise what an exam still asks them, unless they have read its answer already."""
    chance = random.Random(3)
    for round_ in range(12):
        course = course_with_papers(f"课{round_}")
        edition = course.current
        assert edition is not None
        bank = list(edition.questions.order_by("pk")[:12])
        edition.papers.all().delete()
        papers = []
        for number in range(1, 5):
            made = Paper.objects.create(
                edition=edition, number=number, title=f"卷{number}", total=Decimal(3), pass_points=Decimal(1),
                is_open=chance.random() < 0.7,
            )  # fmt: skip
            for order, one in enumerate(chance.sample(bank, 3), start=1):
                made.places.create(question=one, order=order, points=Decimal(1))
            papers.append(made)
        learner = open_by_command(login=f"l{round_}", name="甲").account
        read: set[str] = set()
        kept: set[str] = set()
        given: set[str] = set()
        for one in papers:
            asks = {question.same for question in one.questions.all()}
            way = chance.choice(("practice", "sat", "begun", "left"))
            if way == "practice":
                Paper.objects.filter(pk=one.pk).update(is_practice=True, is_open=False)
                given |= asks
            elif way == "sat" and one.is_open:
                attempt = sitting.begin(account=learner, paper=one, one_at_a_time=True)
                sitting.submit(attempt=attempt.uuid, account=learner)
                read |= asks
            else:
                kept |= asks
        assert {one.same for one in practisable(learner, course)} == read | (given - kept)


def test_not_where_the_course_is_not_public_nor_void(course: Course, learner: Account, clerk: Account) -> None:
    sat(learner, course, "B", "AB", "对")
    correct_key(actor=clerk, question=of(course, 1), right=[], is_void=True, reason="图错了")
    assert stems(learner, course) == SHORT[1:]
    Course.objects.filter(pk=course.pk).update(state="withdrawn")
    course.refresh_from_db()
    assert (stems(learner, course), may_practise(learner, course)) == ([], False)


def test_nobody_gives_for_practice_what_somebody_is_at(course: Course, learner: Account, clerk: Account) -> None:
    sat(learner, course, "B", over=False)
    with pytest.raises(Refused, match="有人正在考这套试卷"):
        give_for_practice(actor=clerk, paper=paper(course), is_practice=True)
    assert paper(course).is_practice is False


def test_the_rule_of_the_book() -> None:
    """Every history of five answers beside the rule in other words: in, when the last wrong one has fewer than two right ones in a row after it."""
    for answers in itertools.product((True, False), repeat=5):
        last = max((n for n, one in enumerate(answers) if not one), default=None)
        after = len(answers) - 1 - last if last is not None else 5
        assert standing(answers) == Standing(last is not None and after < 2, answers.count(False), after), answers
    assert (standing([False]).needed, standing([False, True]).needed, standing([False, True, True]).needed) == (2, 1, 0)


def test_into_the_book_and_out_of_it(course: Course, learner: Account) -> None:
    sat(learner, course, "B", "A", "")  # wrong, a part of it, left out
    assert sorted(book(learner, course)) == sorted((stem, 1, 0) for stem in SHORT)

    def tries(order: int, chosen: str) -> None:
        answer(account=learner, course=course, question=of(course, order), chosen=list(chosen))

    tries(1, "A")
    tries(2, "AB")
    tries(1, "C")
    tries(1, "A")
    assert sorted(book(learner, course)) == sorted([(SHORT[0], 2, 1), (SHORT[1], 1, 1), (SHORT[2], 1, 0)])
    tries(1, "A")
    assert sorted(book(learner, course)) == sorted([(SHORT[1], 1, 1), (SHORT[2], 1, 0)])
    sat(learner, course, "A", "AB", "对")  # a right answer in an exam counts as well
    assert book(learner, course) == [(SHORT[2], 1, 1)]
    assert book(open_by_command(login="other", name="乙").account, course) == []


def test_not_before_the_exam_is_handed_in(course: Course, learner: Account) -> None:
    attempt = sat(learner, course, "B", "A", "错", over=False)
    assert book(learner, course) == []
    sitting.submit(attempt=attempt.uuid, account=learner)
    assert len(book(learner, course)) == 3


def test_a_corrected_key_corrects_the_book(course: Course, learner: Account, clerk: Account) -> None:
    sat(learner, course, "B", "AB", "错")
    correct_key(actor=clerk, question=of(course, 1), right=["B"], is_void=False, reason="教材改了")
    assert book(learner, course) == [(SHORT[2], 1, 0)]
    correct_key(actor=clerk, question=of(course, 3), right=[], is_void=True, reason="有歧义")
    assert book(learner, course) == []


def test_what_comes_next(course: Course, learner: Account) -> None:
    sat(learner, course, "B", "AB", "对")
    questions = practisable(learner, course)
    assert next_of(questions, {}) == questions[0]
    answers = answers_of(learner, course)
    del answers[questions[1].same]
    assert next_of(questions, answers) == questions[1]  # never answered
    answer(account=learner, course=course, question=questions[0], chosen=["A"])
    now = answers_of(learner, course)
    assert next_of(questions, now) == questions[1]
    assert next_of(questions, now, questions[1].same) == questions[2]
    assert next_of(questions[:1], now, questions[0].same) == questions[0]  # there is no other
    assert next_of([], {}) is None
    assert [(one.name, one.count, one.answered, one.wrong) for one in topics_of(questions, now)] == [
        ("试温", 2, 2, 0), ("卫生", 1, 1, 1),
    ]  # fmt: skip


def test_options_stand_elsewhere_each_time_and_truths_do_not(course: Course, learner: Account) -> None:
    orders = {"".join(letter for letter, _words in shown_options(of(course, 1), learner, time)) for time in range(30)}
    assert (len(orders) > 5, {"".join(sorted(one)) for one in orders}) == (True, {"ABCD"})
    assert [letter for letter, _words in shown_options(of(course, 3), learner, 1)] == ["对", "错"]


@pytest.mark.parametrize("chosen", [[], ["E"], ["A", "E"]])
def test_answers_that_are_none(course: Course, learner: Account, chosen: list[str]) -> None:
    sat(learner, course, "B")
    with pytest.raises(Refused, match="请选一个答案"):
        answer(account=learner, course=course, question=of(course, 1), chosen=chosen)
    other = open_by_command(login="other", name="乙").account
    with pytest.raises(Refused, match="现在不能练习"):
        answer(account=other, course=course, question=of(course, 1), chosen=["A"])
    assert Tried.objects.count() == 0


@pytest.mark.parametrize("times", [1, 4])
def test_costs_the_same(
    course: Course, learner: Account, times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(times):
        sat(learner, course, "B", "A", "错")
        answer(account=learner, course=course, question=of(course, 1), chosen=["C"])
    with django_assert_num_queries(4):
        practisable(learner, course)
    with django_assert_num_queries(6):
        assert len(book_of(answers_of(learner, course))) == 3


def words(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_practising_on_the_pages_without_a_script(course: Course, learner: Account) -> None:
    own, home = signed_in(learner), reverse("learn-practice", args=[course.uuid])
    assert "现在没有可以练习的题" in words(own.get(home))
    ask = reverse("learn-practice-ask", args=[course.uuid])
    assert own.get(ask).url == home
    sat(learner, course, "B", "AB", "对")
    shown = words(own.get(home))
    assert ["练习全部 3 题" in shown, "错题本（1 题）" in shown, "2 题，答过 2 题，错题本里 0 题" in shown] == [
        True
    ] * 3
    page = own.get(f"{ask}?topic=卫生")
    assert ("喂水前先做什么" in words(page), "防止把病菌带给老人" in words(page)) == (True, False)
    question = of(course, 1)
    empty = words(own.post(f"{ask}?topic=卫生", {"question": question.uuid}))
    assert ("请选一个答案。" in empty, Tried.objects.count()) == (True, 0)
    assert "请选一个答案。" in words(own.post(f"{ask}?topic=卫生", {"question": question.uuid, "chosen": "X"}))
    told = own.post(f"{ask}?topic=卫生", {"question": question.uuid, "chosen": "C"}, follow=True)
    assert [one in words(told) for one in ("答错了", "防止把病菌带给老人", "再连续答对 2 次就移出")] == [True] * 3
    right = own.post(f"{ask}?topic=卫生", {"question": question.uuid, "chosen": "A"}, follow=True)
    assert ("答对了" in words(right), "再连续答对 1 次就移出" in words(right)) == (True, True)
    kept = words(own.get(reverse("learn-wrong-book", args=[course.uuid])))
    assert [
        one in kept
        for one in ("错过 2 次", "再连续答对 1 次移出", "防止把病菌带给老人", "看电视</span> · <strong>您选的")
    ] == [True] * 4
    done = own.post(f"{ask}?book=1", {"question": question.uuid, "chosen": "A"}, follow=True)
    assert ("这一题已经不在错题本里。" in words(done), "错题都练完了。" in words(done)) == (True, True)
    assert "错题本里没有题" in words(own.get(reverse("learn-wrong-book", args=[course.uuid])))
    assert own.get(f"{ask}?book=1").url == reverse("learn-wrong-book", args=[course.uuid])


def test_several_may_be_chosen(course: Course, learner: Account) -> None:
    sat(learner, course, "A", "A", "对")
    ask = reverse("learn-practice-ask", args=[course.uuid])
    told = signed_in(learner).post(ask, {"question": of(course, 2).uuid, "chosen": ["B", "A"]}, follow=True)
    assert ("答对了" in words(told), Tried.objects.get().chosen) == (True, ["A", "B"])


def test_only_ones_own(course: Course, learner: Account) -> None:
    sat(learner, course, "B", "AB", "对")
    made = answer(account=learner, course=course, question=of(course, 1), chosen=["A"])
    other = open_by_command(login="other", name="乙").account
    page = reverse("learn-practised", args=[made.uuid])
    assert (signed_in(learner).get(page).status_code, signed_in(other).get(page).status_code) == (200, 404)
    asked = signed_in(other).post(
        reverse("learn-practice-ask", args=[course.uuid]), {"question": of(course, 1).uuid, "chosen": "A"}
    )
    assert (asked.status_code, Tried.objects.count()) == (302, 1)
    picture = reverse("learn-practice-picture", args=[course.uuid, of(course, 1).uuid])
    assert signed_in(other).get(picture).status_code == 404


@pytest.mark.parametrize("role", Role)
def test_who_may(course: Course, actors: dict[Role, Actor], role: Role) -> None:
    assert may_practise(actors[role], course) is (role != Role.VISITOR)


def test_a_persons_data(course: Course, learner: Account) -> None:
    sat(learner, course, "B", "AB", "对")
    helper = open_by_command(login="helper", name="乙").account
    answer(account=learner, course=course, question=of(course, 1), chosen=["A"], by=helper)
    told = SHARE.export(learner)["practice"]
    assert [(one["course__title"], one["question__stem"], one["chosen"]) for one in told] == [
        (course.title, SHORT[0], ["A"])
    ]
    assert (len(SHARE.export(helper)["practised_for_others"]), SHARE.erase(helper)) == (1, [])
    assert Tried.objects.get().by is None
    SHARE.erase(learner)
    assert Tried.objects.count() == 0


def test_an_office_gives_and_takes_back_on_its_page(course: Course, clerk: Account, learner: Account) -> None:
    office, one = signed_in(clerk), paper(course)
    address, page = (reverse(name, args=[one.uuid]) for name in ("office-paper-practice", "office-paper"))
    assert "学习者可以练习这套试卷的题了。" in words(office.post(address, {"practice": "yes"}, follow=True))
    assert "用来练习" in words(office.get(page))
    said = office.post(reverse("office-paper-open", args=[one.uuid]), {"open": "yes"}, follow=True)
    assert "先收回，再开放考试" in words(said)
    assert "已收回" in words(office.post(address, {"practice": "no"}, follow=True))
    assert signed_in(learner).post(address, {"practice": "yes"}).status_code == 403


def test_questions_of_several_papers_count_once(learner: Account, clerk: Account) -> None:
    again = replace(FIRST[0], number="2", score=Decimal(60))
    course = course_with_papers(first=(FIRST[0], again))
    give_for_practice(actor=clerk, paper=paper(course), is_practice=True)
    assert stems(learner, course) == [FIRST[0].stem]
