"""A corrected key takes the pass away from a certificate: it stands until the office has decided, and the office is told."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from exam_rows import put_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates.actions import issue, revoke, uphold
from ketang.classroom.certificates.models import Certificate, Upheld
from ketang.classroom.certificates.queries import doubtful, lost_of
from ketang.classroom.exams import sitting
from ketang.classroom.exams.appealing import appeal, correct_key, mark_piece
from ketang.classroom.exams.models import Attempt, Question
from ketang.classroom.exams.queries import places_of
from ketang.insight.waiting import waiting
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.privacy.registry import shares
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang_accounts import signed_in

from .conftest import Study

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.CLERK]
    assert isinstance(found, Account)
    return found


def sat(learner: Account, course: Course, *answers: str) -> Attempt:
    paper = course.current.papers.get(number=1)  # type: ignore[union-attr]
    attempt = sitting.begin(account=learner, paper=paper, one_at_a_time=True)
    chosen = {order: (list(letters), False) for order, letters in enumerate(answers, start=1)}
    sitting.keep_form(attempt=attempt, chosen=chosen, seen=0)
    sitting.submit(attempt=attempt.uuid, account=learner)
    return attempt


def passed(name: str, course: Course, study: Study, *answers: str) -> Certificate:
    """Somebody who studied, sat and has their certificate."""
    learner = open_by_command(login=name, name=name).account
    for order in (1, 2):
        study(learner, course, order)
    sat(learner, course, *answers)
    return issue(actor=learner, account=learner, course=course)


def correct(clerk: Account, question: Question, right: str) -> None:
    correct_key(actor=clerk, question=question, right=[right], is_void=False, reason="教材改了")
    while mark_piece(question)[0]:
        pass


def in_doubt() -> list[str]:
    return [one.number for one in doubtful()]


def waits() -> dict[str, int]:
    return {str(one.kind.words): one.count for one in waiting() if "考试" in str(one.kind.words)}


@pytest.fixture
def first(course: Course) -> Question:
    """The first question: 40 points, A is right; 60 pass."""
    put_papers(course)
    return places_of(course.current.papers.get(number=1))[0].question  # type: ignore[union-attr]


def test_whose_pass_is_gone_waits_and_nobody_else(
    course: Course, clerk: Account, study: Study, first: Question
) -> None:
    lost = passed("lost", course, study, "A", "", "对")  # 40 + 20
    passed("still", course, study, "A", "AB", "对")  # 60 without the first
    again = passed("again", course, study, "A", "", "对")
    sat(Account.objects.get(login="again"), course, "B", "AB", "对")
    assert (in_doubt(), waits()) == ([], {})
    correct(clerk, first, "B")
    assert (in_doubt(), waits()) == ([lost.number], {"考试成绩变了、等待决定的证书": 1})
    lost.refresh_from_db()
    assert (lost.is_valid, again.is_valid, [(one.before.total, one.now.total) for one in lost_of(lost)]) == (
        True, True, [(60, 20)],
    )  # fmt: skip
    assert lost_of(again) != []  # one attempt is lost, another holds
    correct(clerk, first, "A")
    assert (in_doubt(), waits()) == ([], {})


def test_let_stand_or_revoked_and_audited(course: Course, clerk: Account, study: Study, first: Question) -> None:
    certificates = [passed(name, course, study, "A", "", "对") for name in ("one", "two")]
    with pytest.raises(Refused, match="不用决定"):
        uphold(actor=clerk, certificate=certificates[0], reason="没有变")
    correct(clerk, first, "B")
    assert in_doubt() == [one.number for one in certificates]
    with pytest.raises(Refused, match="请写明保留的理由"):
        uphold(actor=clerk, certificate=certificates[0], reason=" ")
    uphold(actor=clerk, certificate=certificates[0], reason="按当时的教材答对了")
    with pytest.raises(Refused, match="已经决定过"):
        uphold(actor=clerk, certificate=certificates[0], reason="又一次")
    revoke(actor=clerk, certificate=certificates[1], reason="答案更正，考试不及格")
    assert (in_doubt(), [one.is_valid for one in certificates]) == ([], [True, False])
    assert [[one.action for one in history(certificate)][1:] for certificate in certificates] == [
        ["certificates.uphold"], ["certificates.revoke"],
    ]  # fmt: skip
    correct(clerk, first, "C")
    assert in_doubt() == []  # decided is decided
    with pytest.raises(PermissionDenied):
        uphold(actor=certificates[0].account, certificate=certificates[0], reason="我说的")  # type: ignore[arg-type]
    share = next(one for one in shares() if one.applet == "certificates")
    share.erase(clerk)
    assert (Upheld.objects.get().by, Upheld.objects.get().reason) == (None, "按当时的教材答对了")


def test_a_whole_account_that_is_gone_leaves_nothing_to_decide(
    course: Course, clerk: Account, study: Study, first: Question
) -> None:
    certificate = passed("one", course, study, "A", "", "对")
    correct(clerk, first, "B")
    for share in shares():
        if share.applet in ("certificates", "exams"):
            share.erase(certificate.account)  # type: ignore[arg-type]
    assert in_doubt() == []


def test_on_the_offices_pages(course: Course, clerk: Account, study: Study, first: Question) -> None:
    certificate = passed("one", course, study, "A", "", "对")
    learner = certificate.account
    assert learner is not None
    office, own = signed_in(clerk), signed_in(learner)
    page = reverse("office-certificate", args=[certificate.uuid])
    assert "请决定" not in office.get(page).content.decode()
    correct(clerk, first, "B")
    attempt = Attempt.objects.get()
    appeal(account=learner, attempt=attempt, place=attempt.paper.places.get(order=1), words="教材上是 A。")
    today = office.get(reverse("office-today")).content.decode()
    assert ["没有答复的考试申诉" in today, "考试成绩变了、等待决定的证书" in today] == [True, True]
    listed = office.get(reverse("office-certificates"), {"state": "doubtful"}).content.decode()
    assert certificate.number in listed
    shown = office.get(page).content.decode()
    assert ["考试成绩变了，请决定" in shown, "原来 60 分，现在 20 分，60 分及格" in shown] == [True, True]
    # The learner reads it at their own pages, until they have looked at the result.
    told = own.get(reverse("learn")).content.decode()
    assert ["考试成绩有变" in told, "原来 60 分，现在 20 分" in told, "没有及格" in told] == [True, True, True]
    own.get(reverse("learn-result", args=[attempt.uuid]))
    assert "考试成绩有变" not in own.get(reverse("learn")).content.decode()
    assert "请写明保留的理由。" in office.post(page, {"decision": "uphold", "kept_because": ""}).content.decode()
    said = office.post(page, {"decision": "uphold", "kept_because": "按当时的教材答对了"}, follow=True).content.decode()
    assert ["保留。" in said, "按当时的教材答对了" in said, "请决定" in said] == [True, True, False]
    assert certificate.number not in office.get(reverse("office-certificates"), {"state": "doubtful"}).content.decode()


def test_an_exam_that_was_begun_is_on_my_learning(course: Course, learner: Account, first: Question) -> None:
    paper = course.current.papers.get(number=1)  # type: ignore[union-attr]
    attempt = sitting.begin(account=learner, paper=paper, one_at_a_time=True)
    own = signed_in(learner)
    shown = own.get(reverse("learn")).content.decode()
    assert ["考试还没有交卷" in shown, reverse("learn-attempt", args=[attempt.uuid]) in shown] == [True, True]
    sitting.submit(attempt=attempt.uuid, account=learner)
    assert "考试还没有交卷" not in own.get(reverse("learn")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_question_costs_the_same(
    course: Course,
    clerk: Account,
    study: Study,
    first: Question,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(count):
        passed(f"l{n}", course, study, "A", "", "对")
    correct(clerk, first, "B")
    with django_assert_num_queries(1):
        assert len(in_doubt()) == count
