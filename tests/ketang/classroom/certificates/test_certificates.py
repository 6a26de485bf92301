"""Conditions, issuing, checking by paper, revoking, the papers, and a person's data."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from exam_rows import put_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates import permissions
from ketang.classroom.certificates.actions import issue, issue_to_all, revoke, set_terms
from ketang.classroom.certificates.models import Certificate
from ketang.classroom.certificates.paper import training_record, write_certificates
from ketang.classroom.certificates.queries import (
    candidate,
    candidates,
    certificate_by_paper,
    every_certificate,
    terms_of,
)
from ketang.classroom.exams import sitting
from ketang.classroom.exams.queries import marking_of
from ketang.classroom.groups.actions import enrol_names, make_group
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.privacy.registry import shares
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.official.workbook import write_xlsx
from ketang.platform.outbox.models import Letter
from ketang.platform.refusal import Refused
from learning_rows import published_course

from .conftest import LESSONS, Study

pytestmark = pytest.mark.django_db


def asked(course: Course, learner: Account) -> list[tuple[str, str, bool]]:
    return [(one.words, one.state, one.is_met) for one in candidate(course, learner).conditions]


@pytest.fixture
def issued(course: Course, learner: Account, study: Study) -> Certificate:
    for order in (1, 2):
        study(learner, course, order)
    return issue(actor=learner, account=learner, course=course)


def test_a_course_asks_for_every_lesson_and_half_its_hours(course: Course, learner: Account, study: Study) -> None:
    assert asked(course, learner) == [
        ("学完每一课", "学完 0 课，共 2 课", False), ("至少学 0.2 学时", "已学 0.0 学时", False),
    ]  # fmt: skip
    study(learner, course, 1)
    assert asked(course, learner) == [
        ("学完每一课", "学完 1 课，共 2 课", False), ("至少学 0.2 学时", "已学 0.2 学时", True),
    ]  # fmt: skip
    with pytest.raises(Refused, match="还没有达到条件：学完每一课（学完 1 课，共 2 课）。") as refused:
        issue(actor=learner, account=learner, course=course)
    assert (refused.value.field, Certificate.objects.count()) == (None, 0)


def test_what_is_issued_says_what_was_learnt(issued: Certificate, course: Course, learner: Account) -> None:
    assert (issued.number, issued.holder, issued.title, issued.supplier, issued.hours, issued.by_class) == (
        f"ZS{timezone.localtime():%Y}000001", "示例学员", "老年人饮水照护入门", "示例培训学校", Decimal("0.5"),
        {"ethics": "0.2", "practice": "0.3"},
    )  # fmt: skip
    assert (issue(actor=learner, account=learner, course=course), Certificate.objects.count()) == (issued, 1)
    assert [one.action for one in history(issued)] == ["certificates.issue"]


def test_the_office_says_what_is_asked(course: Course, learner: Account, administrator: Account, study: Study) -> None:
    set_terms(actor=administrator, course=course, is_offered=True, every_lesson=False, exam=True, least=Decimal("0.3"))
    study(learner, course, 2)
    assert asked(course, learner) == [("至少学 0.3 学时", "已学 0.3 学时", True)]
    set_terms(actor=administrator, course=course, is_offered=False, every_lesson=True, exam=True, least=Decimal(0))
    assert asked(course, learner) == []
    with pytest.raises(Refused, match="这门课不颁发证书。"):
        issue(actor=learner, account=learner, course=course)
    for told, words in (
        ({"every_lesson": False, "exam": False, "least": Decimal(0)}, "颁发证书至少要有一个条件。"),
        ({"every_lesson": True, "exam": False, "least": Decimal("0.6")}, "整门课只有 0.5 学时，不能要求更多。"),
    ):
        with pytest.raises(Refused, match=words):
            set_terms(actor=administrator, course=course, is_offered=True, **told)  # type: ignore[arg-type]
    assert (terms_of(course).is_offered, [one.action for one in history(course)]) == (
        False, ["certificates.set_terms", "certificates.set_terms"],
    )  # fmt: skip


def test_a_paper_is_to_be_passed_where_there_is_one(
    course: Course, learner: Account, study: Study, administrator: Account
) -> None:
    for order in (1, 2):
        study(learner, course, order)
    put_papers(course)
    failed = sits(learner, course, {1: "B"})
    assert (asked(course, learner)[2:], failed) == ([("考试及格", "考试还没有及格", False)], False)
    with pytest.raises(Refused, match="考试还没有及格"):
        issue(actor=learner, account=learner, course=course)
    assert sits(learner, course, {1: "A", 2: "AB", 3: "对"})
    found = candidate(course, learner)
    assert (found.has_passed, found.is_met, asked(course, learner)[2:]) == (
        True, True, [("考试及格", "考试已经及格", True)],
    )  # fmt: skip
    made = issue(actor=learner, account=learner, course=course)
    with override("zh-hans"):
        pdf = pypdfium2.PdfDocument(write_certificates([made], "/certificates/"))
    assert (made.has_passed, "考试及格" in pdf[0].get_textpage().get_text_range().replace("\r\n", "")) == (True, True)
    other = open_by_command(login="other", name="示例乙").account
    assert candidate(course, other).has_passed is False
    set_terms(actor=administrator, course=course, is_offered=True, every_lesson=True, exam=False, least=Decimal(0))
    assert asked(course, other) == [("学完每一课", "学完 0 课，共 2 课", False)]


def sits(learner: Account, course: Course, chosen: dict[int, str]) -> bool:
    """Sit the first paper to its end; whether it was passed."""
    attempt = sitting.begin(account=learner, paper=course.current.papers.get(number=1), one_at_a_time=True)  # type: ignore[union-attr]
    sitting.keep_form(
        attempt=attempt, chosen={order: (list(letters), False) for order, letters in chosen.items()}, seen=0
    )
    sitting.submit(attempt=attempt.uuid, account=learner)
    marking = marking_of(attempt)
    assert marking is not None
    return marking.passed


def test_a_name_is_needed(course: Course, study: Study) -> None:
    nameless = open_by_command(login="nameless", name="").account
    for order in (1, 2):
        study(nameless, course, order)
    with pytest.raises(Refused, match="请填写证书上的姓名。") as refused:
        issue(actor=nameless, account=nameless, course=course, name="  ")
    assert refused.value.field == "name"
    assert issue(actor=nameless, account=nameless, course=course, name=" 示例  甲 ").holder == "示例 甲"


def test_a_certificate_is_found_by_what_stands_on_it_alone(issued: Certificate) -> None:
    typed = issued.code.upper().replace("-", " ")
    assert certificate_by_paper(f" {issued.number.lower()} ", typed) == issued
    wrong = "2222-2222" if issued.code != "2222-2222" else "3333-3333"
    tried = [(issued.number, wrong), (issued.number, ""), ("ZS2026999999", issued.code), ("", ""), ("证书", "验证")]
    assert [certificate_by_paper(*pair) for pair in tried] == [None] * 5
    assert issued.masked == "示＊＊＊"


def test_a_revoked_one_stays_and_another_may_be_issued(
    issued: Certificate, course: Course, learner: Account, administrator: Account
) -> None:
    Account.objects.filter(pk=learner.pk).update(email="learner@example.org")
    with pytest.raises(Refused, match="请写明撤销的理由"):
        revoke(actor=administrator, certificate=issued, reason=" ")
    for reason in ("代学", "又一次"):
        revoke(actor=administrator, certificate=issued, reason=reason)
    assert (issued.is_valid, issued.revoked_because, issued.revoked_by) == (False, "代学", administrator)
    assert [one.action for one in history(issued)] == ["certificates.issue", "certificates.revoke"]
    letter = Letter.objects.get()
    assert (letter.recipient, letter.subject, "代学" in letter.text, "revoked" in letter.text) == (
        "learner@example.org", f"结业证书 {issued.number} 已被撤销", True, True,
    )  # fmt: skip
    assert certificate_by_paper(issued.number, issued.code) == issued
    again = issue(actor=learner, account=learner, course=course)
    assert (again.number, again.is_valid) == (f"ZS{timezone.localtime():%Y}000002", True)


def test_a_class_gets_its_certificates_and_its_record(
    course: Course, actors: dict[Role, Actor], study: Study, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    teacher = actors[Role.CENTRE]
    centre = Organisation.objects.get(kind=OrganisationKind.CENTRE)
    group = make_group(actor=teacher, centre=centre, title="养老护理班", courses=[course])
    names = enrol_names(actor=teacher, group=group, names=["示例甲", "示例乙", "示例丙"])
    learners = [Account.objects.get(login=one.login) for one in names]
    for learner in learners[:2]:
        study(learner, course, 1)
        study(learner, course, 2)
    study(learners[2], course, 1)
    for count in (1, 3):
        with django_assert_num_queries(6):
            assert len(candidates(course, learners[:count])) == count
    told = issue_to_all(actor=teacher, course=course, accounts=learners)
    assert ([one.account for one in told.made], told.nameless) == (learners[:2], [])
    assert issue_to_all(actor=teacher, course=course, accounts=learners).made == []
    found = candidates(course, learners)
    numbers = [one.number for one in told.made]
    with override("zh-hans"):
        book = openpyxl.load_workbook(io.BytesIO(write_xlsx(training_record(group, {course: found}))))
        pdf = write_certificates(told.made, "/certificates/")
    cells = [[cell for cell in row if cell is not None] for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert [row for row in cells if row and row[0] in (1, 2, 3)] == [
        [1, "示例甲", names[0].login, "0.2", "0.3", "0.5", "—", "是", numbers[0]],
        [2, "示例乙", names[1].login, "0.2", "0.3", "0.5", "—", "是", numbers[1]],
        [3, "示例丙", names[2].login, "0.2", "0.0", "0.2", "—", "否"],
    ]  # fmt: skip
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    assert [[name in page for name in ("示例甲", "示例乙", *numbers)] for page in pages] == [
        [True, False, True, False], [False, True, False, True],
    ]  # fmt: skip
    assert b"pdfuaid:part" in pdf
    with pytest.raises(ValueError, match="no certificate"):
        write_certificates([], "/certificates/")


def test_found_by_number_name_or_course(issued: Certificate, administrator: Account) -> None:
    def found(words: str, state: str = "") -> list[Any]:
        return list(every_certificate(words, state).rows)

    tried = [(issued.number[-6:], ""), ("示例 饮水", ""), ("", "valid"), ("", "revoked"), ("别的", "")]
    assert [found(*one) for one in tried] == [[issued], [issued], [issued], [], []]
    revoke(actor=administrator, certificate=issued, reason="代学")
    assert [found("", "valid"), found("", "revoked")] == [[], [issued]]


@pytest.mark.parametrize("role", Role)
def test_permissions(actors: dict[Role, Actor], issued: Certificate, learner: Account, role: Role) -> None:
    actor, office = actors[role], role in {Role.CLERK, Role.ADMINISTRATOR}
    assert (
        permissions.may_keep_certificates(actor), permissions.may_take_certificate(actor, learner),
        permissions.may_read_certificate(actor, issued),
    ) == (office, False, office)  # fmt: skip
    if not office:
        with pytest.raises(PermissionDenied):
            revoke(actor=actor, certificate=issued, reason="代学")
        with pytest.raises(PermissionDenied):
            set_terms(
                actor=actor, course=issued.course, is_offered=True, every_lesson=True, exam=True, least=Decimal(0)
            )
    with pytest.raises(PermissionDenied):
        issue(actor=actor, account=learner, course=issued.course)


def test_a_centre_reads_certificates_of_its_own_classes_courses_alone(
    course: Course, actors: dict[Role, Actor], study: Study
) -> None:
    teacher, centre = actors[Role.CENTRE], Organisation.objects.get(kind=OrganisationKind.CENTRE)
    other = published_course("另一门课", lessons=LESSONS)
    group = make_group(actor=teacher, centre=centre, title="养老护理班", courses=[course])
    (one,) = enrol_names(actor=teacher, group=group, names=["示例甲"])
    learner = Account.objects.get(login=one.login)
    made = []
    for own in (course, other):
        study(learner, own, 1)
        study(learner, own, 2)
        made.append(issue(actor=learner, account=learner, course=own))
    assert [permissions.may_read_certificate(teacher, one) for one in made] == [True, False]
    assert [permissions.may_read_certificate(learner, one) for one in made] == [True, True]


def test_a_persons_data(issued: Certificate, learner: Account) -> None:
    share = next(one for one in shares() if one.applet == "certificates")
    assert [(one["number"], one["holder"], one["hours"]) for one in share.export(learner)["certificates"]] == [
        (issued.number, "示例学员", "0.5")
    ]
    assert [str(one.what) for one in share.erase(learner)] == ["颁发过的证书（不含姓名）"]
    issued.refresh_from_db()
    assert (issued.account, issued.holder, certificate_by_paper(issued.number, issued.code)) == (None, "", issued)
    assert share.erase(learner) == []
