"""Pages of certificates: who sees what, one answer for every wrong pair, queries that do not grow."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates.models import Certificate, Terms
from ketang.classroom.groups.actions import enrol_names, make_group
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang_accounts import signed_in

from .conftest import Study

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def words(answer: Any) -> str:
    return answer.content.decode()  # type: ignore[no-any-return]


@pytest.fixture
def issued(course: Course, learner: Account, study: Study) -> Certificate:
    for order in (1, 2):
        study(learner, course, order)
    answer = signed_in(learner).post(reverse("learn-certificate", args=[course.uuid]), follow=True)
    found = Certificate.objects.get()
    assert f"证书已颁发，编号 {found.number}。" in words(answer)
    return found


def test_a_stranger_sees_what_the_paper_says_and_nothing_else(issued: Certificate) -> None:
    page = Client().get(reverse("certificates"), {"number": issued.number, "code": issued.code})
    told = [one in words(page) for one in (issued.number, "现在有效", "示＊＊＊", issued.title, issued.supplier, "0.5")]
    hidden = [one in words(page) for one in ("示例学员", "learner", str(issued.uuid))]
    assert (told, hidden, page["Referrer-Policy"]) == ([True] * 6, [False] * 3, "no-referrer")


def test_wrong_pairs_get_one_answer_until_they_are_too_many(issued: Certificate) -> None:
    client, address = Client(), reverse("certificates")
    wrong = [(issued.number, "2222-2222"), ("ZS2026999999", issued.code), ("证书", "验证码")]
    asked = [client.get(address, {"number": number, "code": code}) for number, code in wrong]
    assert ["没有这样的证书。" in words(one) for one in asked] == [True] * 3
    for _time in range(27):
        client.get(address, {"number": "ZS1", "code": "2"})
    right = client.get(address, {"number": issued.number, "code": issued.code})
    assert ["查错的次数太多了" in words(right), "现在有效" in words(right)] == [True, False]


def test_a_paper_is_its_holders(issued: Certificate, learner: Account, actors: dict[Role, Actor]) -> None:
    address = reverse("learn-certificate-paper", args=[issued.uuid])
    answer = signed_in(learner).get(address)
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert [signed_in(actors[role]).get(address).status_code for role in (Role.SUPPLIER, Role.CENTRE, Role.CLERK)] == [
        403, 403, 200,
    ]  # fmt: skip
    assert Client().get(address).status_code == 302


def test_an_office_page_is_the_offices(issued: Certificate, actors: dict[Role, Actor]) -> None:
    addresses = [
        reverse("office-certificates"), reverse("office-certificates-export"), reverse("office-certificate", args=[issued.uuid]),
        reverse("office-course-certificate", args=[issued.course.uuid]),
    ]  # fmt: skip
    for role, status in ((Role.CLERK, 200), (Role.CENTRE, 403), (Role.SUPPLIER, 403)):
        client = signed_in(actors[role])
        answers = [client.get(one) for one in addresses]
        assert [one.status_code for one in answers] == [status] * 4
        for one in answers:
            b"".join(one.streaming_content if one.streaming else [])  # type: ignore[arg-type]
            one.close()
    clerk = signed_in(actors[Role.CLERK])
    assert "请写明撤销的理由。" in words(clerk.post(addresses[2], {"reason": ""}))
    assert "已撤销" in words(clerk.post(addresses[2], {"reason": "代学"}, follow=True))
    answer = clerk.post(addresses[3], {"is_offered": "on", "exam": "", "hours": "0.3"}, follow=True)
    terms = Terms.objects.get()
    assert ("证书条件已保存" in words(answer), terms.every_lesson, terms.exam, str(terms.hours)) == (
        True,
        False,
        False,
        "0.3",
    )
    for hours, said in (
        ("9", "整门课只有 0.5 学时"),
        ("x", "请填数字"),
        ("-1", "不能小于 0"),
        ("0.25", "最多一位小数"),
    ):
        assert said in words(clerk.post(addresses[3], {"is_offered": "on", "hours": hours}))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(
    issued: Certificate, actors: dict[Role, Actor], rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows - 1):
        Certificate.objects.create(
            number=f"ZS209900000{number}", code="2222-2222", course=issued.course, holder="示例乙", title="课", supplier="示例",
            hours=1,
        )  # fmt: skip
    client = signed_in(actors[Role.CLERK])
    client.get(reverse("office-certificates"))
    with django_assert_num_queries(7):
        assert words(client.get(reverse("office-certificates"))).count("</h2>") >= rows


def test_a_class_on_its_page(course: Course, actors: dict[Role, Actor], study: Study) -> None:
    teacher, centre = actors[Role.CENTRE], Organisation.objects.get(kind=OrganisationKind.CENTRE)
    group = make_group(actor=teacher, centre=centre, title="养老护理班", courses=[course])
    names = enrol_names(actor=teacher, group=group, names=["示例甲", "示例乙"])
    one = Account.objects.get(login=names[0].login)
    study(one, course, 1)
    study(one, course, 2)
    client, address = signed_in(teacher), reverse("centre-certificates", args=[group.uuid])
    papers = reverse("centre-certificate-papers", args=[group.uuid, course.pk])
    page = words(client.get(address))
    assert ["颁发 1 张证书" in page, "学完 0 课，共 2 课" in page, client.get(papers).status_code] == [True, True, 404]
    assert "颁发了 1 张证书。" in words(client.post(address, {"course": course.pk}, follow=True))
    assert "没有可以颁发的证书。" in words(client.post(address, {"course": course.pk}, follow=True))
    assert [client.post(address, {"course": typed}).status_code for typed in ("", "x", "0")] == [404] * 3
    assert client.get(papers)["Content-Type"] == "application/pdf"
    kinds = {
        kind: client.get(reverse("centre-record", args=[group.uuid, kind])).status_code
        for kind in ("pdf", "docx", "xlsx", "txt")
    }
    assert kinds == {"pdf": 200, "docx": 200, "xlsx": 200, "txt": 404}
    other = signed_in(actors[Role.SUPPLIER])
    assert [other.get(place).status_code for place in (address, papers)] == [403, 403]
