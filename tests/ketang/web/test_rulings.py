"""Rulings on their pages: the office makes them, the supplier reads them, the report's page shows them beside the machine's words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kebao.model.report import Report
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Submission
from ketang.selection.ruling.actions import look_over
from ketang.selection.ruling.effective import waits_for_a_look
from ketang.selection.ruling.models import Ruling, RulingKind
from ketang_accounts import signed_in
from ketang_reports import SHORT_ETHICS, checked, sketched

pytestmark = pytest.mark.django_db
BOOK = "tianjin/2023"


@pytest.fixture(scope="module")
def report() -> Report:
    return sketched(SHORT_ETHICS, hours="9.0")


@pytest.fixture
def check(supplier_draft: Submission, report: Report) -> Check:
    return checked(supplier_draft, report)


@pytest.fixture
def office(administrator: Account) -> Client:
    return signed_in(administrator)


def known(report: Report) -> str:
    return next(finding.fingerprint for finding in report.findings if finding.rule == "hours-differ")


def page_of(client: Client, check: Check, name: str = "check") -> str:
    answer = client.get(reverse(name, args=[check.uuid]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_office_rules_waives_looks_and_takes_back(check: Check, report: Report, office: Client) -> None:
    finding = reverse("office-ruling-finding", args=[check.uuid, known(report)])
    assert finding in page_of(office, check)
    answer = office.post(finding, {"kind": "dismiss", "reason": ""})
    assert (answer.status_code, "请写明理由。" in answer.content.decode()) == (200, True)
    answer = office.post(finding, {"kind": "dismiss", "reason": "另有实训课时"})
    assert answer.headers["Location"] == reverse("rulings", args=[check.uuid])
    waiver = reverse("office-ruling-waive", args=[check.uuid]) + "?rulebook=tianjin%2F2023&clause=A3%282%29.1"
    assert waiver.replace("&", "&amp;") in page_of(office, check)
    office.post(waiver, {"reason": "政策宣讲课"})
    looked = reverse("office-ruling-look", args=[check.uuid])
    places = [f"{c.rulebook}\n{c.id}" for c in report.clauses if waits_for_a_look(c)]
    office.post(looked, {"clauses": places, "kind": "met", "reason": "逐条看过"})
    assert "没有要由人核对的条款了" in office.get(looked).content.decode()
    page = page_of(office, check)
    assert "机器：不符合；裁定后：符合" in page
    assert page.index("机器：不符合") > page.index(report.verdict.counts.zh)
    ruling = Ruling.objects.get(kind="dismiss")
    office.post(reverse("office-ruling-undo", args=[ruling.uuid]), {"reason": "没有附件"})
    assert "机器：不符合；裁定后：不符合" in page_of(office, check)
    kept = page_of(office, check, "rulings")
    assert ["另有实训课时" in kept, "没有附件" in kept, "政策宣讲课" in kept] == [True, True, True]


def test_the_supplier_reads_what_was_ruled_and_changes_nothing(
    check: Check, report: Report, office: Client, actors: dict[Role, Actor]
) -> None:
    finding = reverse("office-ruling-finding", args=[check.uuid, known(report)])
    office.post(finding, {"kind": "confirm", "reason": "确实不符"})
    undo = reverse("office-ruling-undo", args=[Ruling.objects.get().uuid])
    supplier = actors[Role.SUPPLIER]
    assert isinstance(supplier, Account)
    client = signed_in(supplier)
    kept = page_of(client, check, "rulings")
    assert ("确实不符" in kept, "管理员甲" in kept, undo in kept, "/office/" in kept) == (True, True, False, False)
    for address in (finding, undo, reverse("office-ruling-look", args=[check.uuid])):
        assert client.post(address, {"kind": "dismiss", "reason": "不"}).status_code == 403
    page = page_of(signed_in(actors[Role.SUPPLIER]), check)  # type: ignore[arg-type]
    assert ("确实不符" in page, "office" in page) == (True, False)
    for role in (
        Role.LEARNER,
        Role.EXPERT,
        Role.FINANCE,
        Role.RECOMMENDER,
    ):  # an expert reviews blind: this page names the supplier
        actor = actors[role]
        assert isinstance(actor, Account)
        assert signed_in(actor).get(reverse("rulings", args=[check.uuid])).status_code == 404
    assert Ruling.objects.get().stands


def test_an_earlier_check_shows_rulings_and_takes_none(
    supplier_draft: Submission, check: Check, report: Report, office: Client
) -> None:
    finding = reverse("office-ruling-finding", args=[check.uuid, known(report)])
    office.post(finding, {"kind": "dismiss", "reason": "另有实训"})
    second = checked(supplier_draft, sketched(SHORT_ETHICS, hours="8.0"), b"second")
    page = page_of(office, second)
    assert "在第 1 版上作出，沿用至此" in page
    assert "这处问题现在的说法与裁定时不同，请再看一次。" in page
    assert "这不是最新一版的最新检查" in page_of(office, check, "rulings")
    assert "不是最新" in office.post(finding, {"kind": "confirm", "reason": "不"}).content.decode()


def test_the_pages_ask_as_often_for_one_ruling_as_for_three(
    check: Check, report: Report, office: Client, administrator: Account
) -> None:
    waiting = [(c.rulebook, c.id) for c in report.clauses if waits_for_a_look(c)]
    asked: dict[str, list[int]] = {"check": [], "rulings": []}
    for places in (waiting[:1], waiting[1:3]):
        look_over(actor=administrator, check=check, clauses=places, kind=RulingKind.MET, reason="看过")
        for name, counted in asked.items():
            page_of(office, check, name)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                page_of(office, check, name)
            counted.append(len(queries))
    assert {name: len(set(counted)) for name, counted in asked.items()} == {"check": 1, "rulings": 1}, asked
    assert Ruling.objects.count() == 3
