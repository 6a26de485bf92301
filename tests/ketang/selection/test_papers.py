"""What is handed over to the panel stands on a list once; papers tell what is known and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.official.model import Facts, Table
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Receipt, Submission
from ketang.selection.ledger.actions import enter, register
from ketang.selection.ledger.models import Medium
from ketang.selection.papers import permissions
from ketang.selection.papers.acceptance import acceptance_form
from ketang.selection.papers.actions import hand_over, withdraw
from ketang.selection.papers.queries import list_of_transfers, ready, rows_of, transfer_of
from ketang.selection.papers.receipt import receipt_paper
from ketang.selection.papers.transfer_list import transfer_list

pytestmark = pytest.mark.django_db
OFFICE = {Role.CLERK, Role.ADMINISTRATOR}


def accepted(call: Call, unit: Organisation, administrator: Account, title: str) -> Submission:
    manager = Account.objects.get(login="manager")
    made = intake.start(actor=manager, call=call, organisation=unit, title=title, category="P2(3)")
    intake.receive(actor=manager, submission=made, door=Door.WEB, name=f"{title}.zip", digest="0" * 64, size=1)
    Check.objects.filter(version=made.latest).update(state=CheckState.FAILED)
    intake.find_complete(actor=administrator, submission=made)
    intake.accept(actor=administrator, submission=made)
    return made


@pytest.fixture
def three(call: Call, unit: Organisation, administrator: Account) -> list[Submission]:
    return [accepted(call, unit, administrator, title) for title in ("一", "二", "三")]


@pytest.mark.parametrize("role", Role)
def test_who_may(actors: dict[Role, Actor], role: Role) -> None:
    assert permissions.may_hand_over(actors[role]) is (role in OFFICE)
    assert permissions.may_see_papers(actors[role]) is (role in OFFICE)


def test_each_is_handed_over_once(three: list[Submission], call: Call, administrator: Account) -> None:
    one, two, three_ = three
    assert list(ready(call)) == three
    made = hand_over(actor=administrator, call=call, numbers=[two.number, one.number, one.number])
    assert (made.number, [row.submission for row in rows_of(made)]) == (f"{call.slug.upper()}-T001", [one, two])
    assert [row.version for row in rows_of(made)] == [one.latest, two.latest]
    assert (list(ready(call)), transfer_of(one), transfer_of(three_)) == ([three_], made, None)
    assert [entry.action for entry in history(made)] == ["papers.hand_over"]
    with pytest.raises(Refused, match=f"{one.number} 不能移交"):
        hand_over(actor=administrator, call=call, numbers=[one.number, three_.number])
    assert list(ready(call)) == [three_], "half a list was made"
    second = hand_over(actor=administrator, call=call, numbers=[three_.number])
    assert second.number == f"{call.slug.upper()}-T002"
    assert [(t.number, t.count) for t in list_of_transfers(call).part(0, 9)] == [  # type: ignore[attr-defined]
        (second.number, 1), (made.number, 2),
    ]  # fmt: skip


def test_what_is_not_accepted_is_not_handed_over(draft: Submission, call: Call, administrator: Account) -> None:
    for numbers, said in (([], "请选择"), (["X-1"], "X-1 不能移交"), ([str(n) for n in range(201)], "最多 200 件")):
        with pytest.raises(Refused, match=said):
            hand_over(actor=administrator, call=call, numbers=numbers)
    assert not list(ready(call))


def test_a_list_is_taken_back_with_a_reason_and_stays(
    three: list[Submission], call: Call, administrator: Account
) -> None:
    made = hand_over(actor=administrator, call=call, numbers=[three[0].number])
    with pytest.raises(Refused) as told:
        withdraw(actor=administrator, transfer=made, reason=" ")
    assert told.value.field == "reason"
    withdraw(actor=administrator, transfer=made, reason="漏了一件")
    withdraw(actor=administrator, transfer=made, reason="再一次")
    assert (made.reason, made.stands, list(ready(call))) == ("漏了一件", False, three)
    assert [entry.action for entry in history(made)] == ["papers.hand_over", "papers.withdraw"]
    again = hand_over(actor=administrator, call=call, numbers=[three[0].number])
    assert (again.number, transfer_of(three[0])) == (f"{call.slug.upper()}-T002", again)
    assert "漏了一件" in str(transfer_list(made).parts[0])


def test_only_the_office_hands_over(three: list[Submission], call: Call, supplier: Account) -> None:
    with pytest.raises(PermissionDenied):
        hand_over(actor=supplier, call=call, numbers=[three[0].number])


def test_the_list_as_a_paper(three: list[Submission], call: Call, administrator: Account) -> None:
    made = hand_over(actor=administrator, call=call, numbers=[one.number for one in three])
    row = rows_of(made).first()
    assert row is not None
    row.verdict, row.errors, row.credit = "failed", 3, Decimal("12.50")
    row.save()
    paper = transfer_list(made)
    facts, table = paper.parts[0], paper.parts[1]
    assert isinstance(facts, Facts)
    assert isinstance(table, Table)
    assert (paper.number, facts.rows[1]) == (made.number, ("件数", 3))
    seen = [(r[0], r[1], r[2], r[4], r[6], r[7], r[8]) for r in table.rows]
    unit = three[0].organisation.name
    assert seen == [
        (1, three[0].number, "一", unit, "仅电子", "不符合：必须改 3 处", 12.5),
        (2, three[1].number, "二", unit, "仅电子", "检查没有完成", None),
        (3, three[2].number, "三", unit, "仅电子", "检查没有完成", None),
    ]


def test_the_acceptance_form_tells_what_came(three: list[Submission], administrator: Account) -> None:
    one = three[0]
    paper_copy = register(actor=administrator, door=Door.DESK, medium=Medium.PAPER, received_at=timezone.now())
    enter(actor=administrator, arrival=paper_copy, submission=one)
    one = Submission.objects.select_related("call", "organisation", "holding", "latest").get(pk=one.pk)
    paper = acceptance_form(one)
    facts, versions, papers = paper.parts[:3]
    assert isinstance(facts, Facts)
    assert isinstance(versions, Table)
    assert isinstance(papers, Table)
    told = dict(facts.rows)
    assert (told["课程名称"], told["供应单位"], told["是否按时"], told["状态"], told["材料"]) == (
        "一", one.organisation.name, "按时", "进入评审", "齐全",
    )  # fmt: skip
    receipt = Receipt.objects.get(version=one.latest)
    assert [(row[0], row[1], row[3], row[4]) for row in versions.rows] == [(1, receipt.number, "一.zip", "0" * 64)]
    assert [(row[0], row[3]) for row in papers.rows] == [(paper_copy.number, "窗口或快递")]


def test_the_receipt_as_a_paper_says_what_the_page_says(three: list[Submission]) -> None:
    receipt = Receipt.objects.select_related("version__submission__call").get(version=three[0].latest)
    paper = receipt_paper(receipt, "https://example.org/r")
    facts = paper.parts[1]
    assert isinstance(facts, Facts)
    told = dict(facts.rows)
    assert (paper.number, told["受理编号"], told["校验值（SHA-256）"]) == (receipt.number, three[0].number, "0" * 64)
    assert paper.code == f"https://example.org/r\n{receipt.number}\n{'0' * 64}"
