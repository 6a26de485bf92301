"""Bank data: asked of the selected once results are final, given by a link, seen by finance alone; paid, returned, exported."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from kebao.identity.resident_number import check_character
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.privacy.registry import shares
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.platform.audit.queries import history
from ketang.platform.outbox.filling import filled
from ketang.platform.outbox.models import Letter
from ketang.platform.refusal import Refused
from ketang.selection.announcing.actions import announce, settle
from ketang.selection.announcing.models import PublicNotice
from ketang.selection.awarding.approving import withdraw_award
from ketang.selection.awarding.models import AwardList, Decision
from ketang.selection.awarding.tax import Basis
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.paying import actions, permissions
from ketang.selection.paying.details import checked, is_card, unsealed
from ketang.selection.paying.exporting import export
from ketang.selection.paying.links import MARK, link_of
from ketang.selection.paying.models import InvoiceState, Payment
from ketang.selection.paying.queries import list_of_payable, payments_to_list
from ketang_accounts import credit_code, signed_in

from .awards import approved, person

pytestmark = pytest.mark.django_db
SENDS = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
NUMBER = "120101199001010" + "01"
PERSON = {"name": "示例教师", "resident_number": NUMBER + check_character(NUMBER), "account": "6222 0000 0000 0000 012", "bank": "示例银行南开支行"}  # fmt: skip
UNIT = {"name": "示例培训学校", "credit_code": credit_code(1), "account": "0302-0000 1234", "bank": "示例银行和平支行", "bank_code": "102110000012"}  # fmt: skip


@pytest.fixture
def finance(actors: dict[Role, Actor]) -> Account:
    found = actors[Role.FINANCE]
    assert isinstance(found, Account)
    return found


@pytest.fixture
def made(call: Call, unit: Organisation, administrator: Account) -> AwardList:
    return approved(call, unit, administrator)


def final(made: AwardList, administrator: Account) -> list[Decision]:
    """Awards that are final: the first one a unit's, the second one a person's."""
    Submission.objects.filter(award_rows__place=2).update(organisation=person())
    notice = announce(actor=administrator, call=made.call, shows_amounts=True)
    PublicNotice.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert settle(notice=notice)
    return list(Decision.objects.filter(outcome="selected").order_by("row__place"))


def given(decision: Decision, finance: Account, what: dict[str, str]) -> Payment:
    token = actions.ask(actor=finance, decision=decision).rpartition("/pay/")[2]
    link = link_of(token)
    assert link is not None
    actions.give(link=link, given=what)
    return Payment.objects.get(decision=decision)


def test_nothing_is_asked_before_results_are_final(made: AwardList, administrator: Account, finance: Account) -> None:
    first = Decision.objects.filter(outcome="selected").first()
    assert first is not None
    with pytest.raises(Refused, match="还没有生效"):
        actions.ask(actor=finance, decision=first)
    for decision in final(made, administrator):
        assert "/pay/" in actions.ask(actor=finance, decision=decision)
    other = Decision.objects.get(outcome="not-selected")
    with pytest.raises(Refused, match="还没有生效"):
        actions.ask(actor=finance, decision=other)


def test_a_unit_is_paid_returned_and_paid(made: AwardList, administrator: Account, finance: Account) -> None:
    payment = given(final(made, administrator)[0], finance, UNIT)
    assert (payment.state, payment.masked, payment.invoice) == ("given", "**** 1234", "waiting")
    with pytest.raises(Refused, match="不代扣"):
        actions.set_basis(actor=finance, payment=payment, basis=Basis.LABOUR)
    actions.confirm(actor=finance, payment=payment)
    with pytest.raises(Refused, match="发票还没有收到"):
        actions.mark_paid(actor=finance, payment=payment, on=date(2026, 3, 5), reference="P-1")
    with pytest.raises(Refused, match="请填写发票号码"):
        actions.set_invoice(actor=finance, payment=payment, invoice=InvoiceState.RECEIVED)
    actions.set_invoice(actor=finance, payment=payment, invoice=InvoiceState.RECEIVED, number="24120000000000000001")
    actions.mark_paid(actor=finance, payment=payment, on=date(2026, 3, 5), reference="P-1")
    with pytest.raises(Refused, match="请写明退回原因"):
        actions.mark_returned(actor=finance, payment=payment, reason=" ")
    actions.mark_returned(actor=finance, payment=payment, reason="户名不符")
    actions.mark_paid(actor=finance, payment=payment, on=date(2026, 3, 9), reference="P-2")
    assert (payment.state, payment.paid_on, payment.reference, payment.returned_because) == ("paid", date(2026, 3, 9), "P-2", "")  # fmt: skip
    with pytest.raises(Refused, match="不能改为"):
        actions.ask(actor=finance, decision=payment.decision)
    assert [entry.action.partition(".")[2] for entry in history(payment)] == [
        "ask", "give", "confirm", "set_invoice", "paid", "returned", "paid",
    ]  # fmt: skip


def test_a_person_has_tax_withheld_on_the_basis_that_finance_picks(
    made: AwardList, administrator: Account, finance: Account
) -> None:
    payment = given(final(made, administrator)[1], finance, PERSON)
    with pytest.raises(Refused, match="计税依据"):
        actions.confirm(actor=finance, payment=payment)
    with pytest.raises(Refused, match="不用开发票"):
        actions.set_invoice(actor=finance, payment=payment, invoice=InvoiceState.RECEIVED, number="1")
    taxes = []
    for basis in Basis:
        actions.set_basis(actor=finance, payment=payment, basis=basis)
        taxes.append(payment.tax)
    assert taxes == [Decimal(2400), Decimal(2400), Decimal(1680), Decimal(3000)]  # of 15 000
    actions.confirm(actor=finance, payment=payment)
    actions.mark_paid(actor=finance, payment=payment, on=date(2026, 3, 5), reference="P-1")
    with pytest.raises(Refused, match="不能再改"):
        actions.set_basis(actor=finance, payment=payment, basis=Basis.LABOUR)


def test_bank_data_is_encrypted_and_each_look_is_logged(
    made: AwardList, administrator: Account, finance: Account
) -> None:
    payment = given(final(made, administrator)[1], finance, PERSON)
    kept = str(list(Payment.objects.values())) + str(list(AuditEntry.objects.values()))
    cleaned = PERSON | {"account": "6222000000000000012"}
    assert [value in kept for value in cleaned.values()] == [False] * 4
    assert (actions.look(actor=finance, payment=payment), unsealed(payment.sealed)) == (cleaned, cleaned)
    looks = [entry for entry in history(payment) if entry.action == "paying.look"]
    assert [entry.actor for entry in looks] == [f"account:{finance.uuid}"]


def test_a_link_works_once(made: AwardList, administrator: Account, finance: Account) -> None:
    decision = final(made, administrator)[0]
    old = actions.ask(actor=finance, decision=decision).rpartition("/pay/")[2]
    token = actions.ask(actor=finance, decision=decision).rpartition("/pay/")[2]
    client = Client()
    assert [client.get(f"/pay/{one}").status_code for one in (old, token, token[:-1])] == [404, 200, 404]
    wrong = client.post(f"/pay/{token}", UNIT | {"credit_code": "91120000MA0000001X"})
    assert (wrong.status_code, Payment.objects.get().state) == (200, "asked")
    assert "已收到" in client.post(f"/pay/{token}", UNIT).content.decode()
    assert [client.get(f"/pay/{token}").status_code, client.post(f"/pay/{token}", UNIT).status_code] == [404, 404]


@override_settings(**SENDS)
def test_the_letter_brings_the_link_as_it_leaves(made: AwardList, administrator: Account, finance: Account) -> None:
    assert actions.ask(actor=finance, decision=final(made, administrator)[0], mail="unit@example.org") == ""
    letter = Letter.objects.get(recipient="unit@example.org")
    assert (letter.text.count(MARK), "/pay/" in letter.text, filled(letter).count("/pay/")) == (2, False, 2)
    no_server = override_settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend")
    with no_server, pytest.raises(Refused, match="没有设置发信服务器"):
        actions.ask(actor=finance, decision=Decision.objects.filter(outcome="selected")[0], mail="unit@example.org")


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("person", "name", " "), ("person", "resident_number", NUMBER + "Y"), ("person", "account", "6222000000000000017"),
        ("person", "account", "123"), ("person", "bank", ""), ("unit", "credit_code", "91120000MA0000001X"),
        ("unit", "account", "12a456"), ("unit", "bank_code", "10211000001"), ("unit", "name", "字" * 121),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_without_repeating_it(kind: str, field: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(kind, {**(PERSON if kind == "person" else UNIT), field: value})
    assert refused.value.field == field
    assert len(value) < 10 or value not in str(refused.value)


def test_luhn_finds_every_wrong_digit_and_swapped_neighbours() -> None:
    good = "6222000000000123459"
    good = next(good[:-1] + last for last in "0123456789" if is_card(good[:-1] + last))
    changed = [good[:n] + d + good[n + 1 :] for n in range(19) for d in "0123456789" if d != good[n]]
    assert [one for one in changed if is_card(one)] == []
    assert (is_card(good), is_card(good[:-4]), is_card("６" + good[1:])) == (True, False, False)


def test_an_award_that_was_paid_is_not_withdrawn(made: AwardList, administrator: Account, finance: Account) -> None:
    awards = final(made, administrator)
    payment, other = given(awards[1], finance, PERSON), given(awards[0], finance, UNIT)
    actions.set_basis(actor=finance, payment=payment, basis=Basis.LABOUR)
    actions.confirm(actor=finance, payment=payment)
    actions.mark_paid(actor=finance, payment=payment, on=date(2026, 3, 5), reference="P-1")
    with pytest.raises(Refused, match="已经付出"):
        withdraw_award(actor=administrator, row=awards[1].row, reason="版权有争议")
    withdraw_award(actor=administrator, row=awards[0].row, reason="版权有争议")
    other.refresh_from_db()
    assert (other.state, other.sealed, other.masked) == ("cancelled", "", "")


def test_the_list_for_the_bank_and_its_trace(made: AwardList, administrator: Account, finance: Account) -> None:
    payment = given(final(made, administrator)[1], finance, PERSON)
    with pytest.raises(Refused, match="没有可以导出"):
        export(actor=finance)
    actions.set_basis(actor=finance, payment=payment, basis=Basis.MANUSCRIPT)
    actions.confirm(actor=finance, payment=payment)
    answer = signed_in(finance).post(reverse("finance-payments-export"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = [list(row) for row in book.active.iter_rows(min_row=2, values_only=True)]  # type: ignore[union-attr]
    assert rows == [
        ["TIANJIN-2023-0002", "课程2", "示例教师", PERSON["resident_number"], "6222000000000000012", "示例银行南开支行", None,
         "15000.00", "稿酬所得", "1680.00", "13320.00", None, "已核对，待付款", None, None],
    ]  # fmt: skip
    assert [entry.action for entry in history(payment)][-1] == "paying.export"


def test_the_pages_of_finance(made: AwardList, administrator: Account, finance: Account) -> None:
    decision = final(made, administrator)[1]
    client, address = signed_in(finance), reverse("finance-payment", args=[decision.uuid])
    asked = client.post(address, {"how": "ask", "mail": ""}).content.decode()
    token = asked.partition("/pay/")[2][:43]
    Client().post(f"/pay/{token}", PERSON)
    page = client.get(address).content.decode()
    assert ("**** 0012" in page, "6222000000000000012" in page, "3000.00" in page) == (True, False, True)
    assert "6222000000000000012" in client.post(address, {"how": "look"}).content.decode()
    for how, what in (("basis", {"basis": "labour"}), ("confirm", {}), ("paid", {"on": "2026-03-05", "reference": "P-1"}), ("returned", {"reason": "户名不符"})):  # fmt: skip
        assert client.post(address, {"how": how, **what}).status_code == 302
    assert "15000.00 × 20%" in client.get(address).content.decode()
    assert Payment.objects.get().state == "returned"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    call: Call, unit: Organisation, administrator: Account, finance: Account, count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for decision in final(approved(call, unit, administrator, ("9.5", "8.5", "7.0")[:count]), administrator):
        actions.ask(actor=finance, decision=decision)
    client = signed_in(finance)
    client.get(reverse("finance-payments"))
    with django_assert_num_queries(7):
        assert client.get(reverse("finance-payments")).status_code == 200


def test_an_award_keeps_its_line_whatever_becomes_of_its_payment(
    made: AwardList, administrator: Account, finance: Account
) -> None:
    first, second, third = final(made, administrator)
    assert list(list_of_payable().part(0, 9)) == [first, second, third]
    paid = given(second, finance, PERSON)
    actions.set_basis(actor=finance, payment=paid, basis=Basis.LABOUR)
    actions.confirm(actor=finance, payment=paid)
    assert list(list_of_payable().part(0, 9)) == [first, second, third]
    also = given(first, finance, UNIT)
    actions.confirm(actor=finance, payment=also)
    assert (list(list_of_payable().part(0, 9)), list(payments_to_list())) == ([first, second, third], [also, paid])


def test_a_persons_data_is_given_out_and_erased(made: AwardList, administrator: Account, finance: Account) -> None:
    decision = final(made, administrator)[1]
    payment = given(decision, finance, PERSON)
    account = Account.objects.get(login="manager")
    decision.submission.organisation.memberships.create(account=account)
    share = next(one for one in shares() if one.applet == "paying")
    (told,) = share.export(account)["payments"]
    assert told["given"]["resident_number"] == PERSON["resident_number"]
    assert list(share.erase(account)) == []
    payment.refresh_from_db()
    assert (payment.sealed, payment.masked) == ("", "")


@pytest.mark.parametrize("role", Role)
def test_bank_data_is_finances_alone(
    actors: dict[Role, Actor], role: Role, made: AwardList, administrator: Account, finance: Account
) -> None:
    actor, may = actors[role], role == Role.FINANCE
    assert (permissions.may_pay(actor), permissions.may_look_at_bank_data(actor)) == (may, may)
    if may:
        return
    payment = given(final(made, administrator)[0], finance, UNIT)
    acts: list[Callable[[], object]] = [
        lambda: actions.ask(actor=actor, decision=payment.decision),
        lambda: actions.look(actor=actor, payment=payment),
        lambda: actions.set_basis(actor=actor, payment=payment, basis=Basis.LABOUR),
        lambda: actions.set_invoice(actor=actor, payment=payment, invoice=InvoiceState.WRONG),
        lambda: actions.confirm(actor=actor, payment=payment),
        lambda: actions.mark_paid(actor=actor, payment=payment, on=date(2026, 3, 5), reference="x"),
        lambda: actions.mark_returned(actor=actor, payment=payment, reason="x"),
        lambda: export(actor=actor),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


@override_settings(PAYMENT_LINK_DAYS=3)
def test_a_link_works_for_as_many_days_as_the_instance_says(
    made: AwardList, administrator: Account, finance: Account
) -> None:
    token = actions.ask(actor=finance, decision=final(made, administrator)[0]).rpartition("/pay/")[2]
    link = link_of(token)
    assert link is not None
    assert timedelta(days=2) < link.expires_at - timezone.now() <= timedelta(days=3)
