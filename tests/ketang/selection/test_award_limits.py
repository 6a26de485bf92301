"""Whatever is done to a list, Σ awards ≤ budget and each ≤ cap; the proposal is the best there is; tax to the cent."""

from __future__ import annotations

import itertools
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ketang.people.account.actions import open_by_command
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.refusal import Refused
from ketang.selection.awarding.approving import approve, withdraw_award
from ketang.selection.awarding.bands import Band, band_of
from ketang.selection.awarding.limits import Limits
from ketang.selection.awarding.lists import edit_row, make_list, put_proposal, set_bands
from ketang.selection.awarding.models import AwardRow, Decision, Outcome
from ketang.selection.awarding.proposing import Entrant, propose
from ketang.selection.awarding.queries import digest_of
from ketang.selection.awarding.tax import Basis, tax_of
from ketang.selection.calls import actions as calls
from ketang.selection.intake.models import Submission

from .awards import colleague, in_review, ranked, with_fee
from .conftest import call_file

CENTS = st.integers(0, 2_100_000).map(lambda cents: Decimal(cents) / 100)


class Edits(RuleBasedStateMachine):
    """Six ranked submissions of two suppliers; everything that people may do, in any order."""

    @initialize(
        scope=st.sampled_from(("package", "supplier", "call")), budget=st.sampled_from((None, "35000.00", "61000.05"))
    )
    def begin(self, scope: str, budget: str | None) -> None:
        self.kept = transaction.atomic()
        self.kept.__enter__()
        self.first = open_by_command(login="administrator", name="甲").account
        appoint_first_administrator(account=self.first)
        self.second = colleague(self.first)
        manager = open_by_command(login="manager", name="单位管理员").account
        units = [Organisation.objects.create(kind=OrganisationKind.UNIT, name=name) for name in ("甲校", "乙校")]
        units[0].memberships.create(account=manager, manages=True)
        self.call = calls.publish(call=calls.create(file=call_file(), actor=self.first), actor=self.first)
        with_fee(self.call, scope=scope, budget=budget)
        entered = []
        for number, score in enumerate(("9.6", "9.2", "8.8", "8.1", "7.0", "6.2")):
            made = in_review(self.call, units[0], self.first, f"课{number}")
            Submission.objects.filter(pk=made.pk).update(organisation=units[number % 2])
            entered.append((made, score))
        ranked(self.call, entered)
        self.list = make_list(actor=self.first, call=self.call)

    def row(self, place: int) -> AwardRow:
        return self.list.rows.select_related("award_list__call", "submission").get(place=place)

    @rule()
    def machine(self) -> None:
        put_proposal(award_list=self.list)

    @rule(low=CENTS, high=CENTS, reserves=st.integers(0, 4))
    def bands(self, low: Decimal, high: Decimal, reserves: int) -> None:
        with suppress(Refused):
            bands = [Band(Decimal(9), low, high), Band(Decimal(6), low / 2, high / 2)]
            set_bands(actor=self.first, award_list=self.list, bands=bands, reserves=reserves)

    @rule(
        place=st.integers(1, 6), outcome=st.sampled_from(Outcome), amount=CENTS, reserve=st.none() | st.integers(1, 6)
    )
    def edit(self, place: int, outcome: Outcome, amount: Decimal, reserve: int | None) -> None:
        with suppress(Refused):
            edit_row(
                actor=self.first, row=self.row(place), outcome=outcome, amount=amount, reserve_place=reserve, reason="改",
            )  # fmt: skip

    @rule(both=st.booleans())
    def approve(self, both: bool) -> None:
        for account in (self.first, self.second) if both else (self.second,):
            with suppress(Refused):
                approve(actor=account, award_list=self.list, digest=digest_of(self.list))

    @rule(place=st.integers(1, 6))
    def withdraw(self, place: int) -> None:
        with suppress(Refused):
            withdraw_award(actor=self.first, row=self.row(place), reason="撤")

    @invariant()
    def within_the_limits(self) -> None:
        if not hasattr(self, "list"):
            return
        fee = self.call.content.fee
        of_list = self.list.rows.filter(outcome=Outcome.SELECTED)
        standing = Decision.objects.filter(outcome=Outcome.SELECTED, undone_at=None)
        for found in (of_list, standing):
            given = list(found.values_list("submission__organisation_id", "amount"))
            groups: dict[Any, Decimal] = {}
            for number, (supplier, amount) in enumerate(given):
                key = {"package": number, "supplier": supplier, "call": 0}[fee.scope]
                groups[key] = groups.get(key, Decimal(0)) + amount
            assert all(amount <= fee.cap for amount in groups.values())
            assert fee.budget is None or sum(amount for _supplier, amount in given) <= fee.budget
        reserves = sorted(self.list.rows.exclude(reserve_place=None).values_list("reserve_place", flat=True))
        assert reserves == list(range(1, len(reserves) + 1))
        unconfirmed = standing.filter(confirmed_at=None)
        assert not unconfirmed.exists()

    def teardown(self) -> None:
        if hasattr(self, "kept"):
            transaction.set_rollback(True)
            self.kept.__exit__(None, None, None)


@pytest.mark.django_db
def test_no_edit_goes_beyond_cap_or_budget() -> None:
    quiet = settings(max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Edits, settings=quiet)  # type: ignore[no-untyped-call]


BANDS = (Band(Decimal(8), Decimal("150.50"), Decimal(200)), Band(Decimal(5), Decimal("80.25"), Decimal(120)))


@settings(max_examples=60, deadline=None)
@given(
    scores=st.lists(st.integers(30_000, 100_000), min_size=1, max_size=7),
    suppliers=st.lists(st.integers(1, 3), min_size=7, max_size=7),
    budget=st.none() | st.integers(0, 90_000),
    scope=st.sampled_from(("package", "supplier", "call")),
)
def test_no_other_choice_is_better(scores: list[int], suppliers: list[int], budget: int | None, scope: str) -> None:
    """Against every subset there is."""
    ordered = sorted(scores, reverse=True)
    entrants = [Entrant(n, suppliers[n], n + 1, Decimal(score) / 10_000) for n, score in enumerate(ordered)]
    cap = Decimal(200) if scope == "package" else Decimal(350)
    limits = Limits(cap, scope, None if budget is None else Decimal(budget) / 100)
    best = Decimal(0)
    priced = [(one, band) for one in entrants if (band := band_of(BANDS, one.adjusted)) is not None]
    for size in range(len(priced) + 1):
        for some in itertools.combinations(priced, size):
            if limits.hold([(one.supplier, band.lowest) for one, band in some]):
                best = max(best, sum((one.adjusted for one, _band in some), Decimal(0)))
    made = propose(entrants, BANDS, limits, reserves=2)
    assert made.total == best
    assert limits.hold([(entrants[key].supplier, amount) for key, amount in made.amounts.items()])
    if made.more is not None and budget is not None and scope == "package":
        needed, total = made.more
        less, enough = (Limits(cap, scope, limits.budget + needed - off) for off in (Decimal("0.01"), Decimal(0)))  # type: ignore[operator]
        assert (propose(entrants, BANDS, less, 0).total, propose(entrants, BANDS, enough, 0).total) == (best, total)


@pytest.mark.parametrize(
    ("basis", "gross", "tax"),
    [
        (Basis.LABOUR, "20000", "3200.00"),
        (Basis.LABOUR, "800", "0.00"),
        (Basis.LABOUR, "500", "0.00"),
        (Basis.LABOUR, "0", "0.00"),
        (Basis.LABOUR, "4000", "640.00"),
        (Basis.LABOUR, "4000.01", "640.00"),
        (Basis.LABOUR, "3999.99", "640.00"),
        (Basis.LABOUR, "25000", "4000.00"),
        (Basis.LABOUR, "25000.01", "4000.00"),
        (Basis.LABOUR, "30000", "5200.00"),
        (Basis.LABOUR, "62500", "13000.00"),
        (Basis.LABOUR, "100000", "25000.00"),
        (Basis.ROYALTY, "20000", "3200.00"),
        (Basis.ROYALTY, "100000", "16000.00"),
        (Basis.ROYALTY, "3000", "440.00"),
        (Basis.MANUSCRIPT, "20000", "2240.00"),
        (Basis.MANUSCRIPT, "3000", "308.00"),
        (Basis.CHANCE, "20000", "4000.00"),
        (Basis.CHANCE, "0.03", "0.01"),
    ],
)
def test_tax(basis: Basis, gross: str, tax: str) -> None:
    made = tax_of(Decimal(gross), basis)
    assert (made.tax, made.net) == (Decimal(tax), Decimal(gross) - Decimal(tax))


def test_the_sum_is_shown_step_by_step_with_its_source() -> None:
    made = tax_of(Decimal(30000), Basis.LABOUR)
    assert [(step.words, step.formula, step.amount) for step in made.steps] == [
        ("减除费用（每次收入 4000 元以上，减五分之一）", "30000.00 × 20%", Decimal("6000.00")),
        ("预扣预缴应纳税所得额", "30000.00 − 6000.00", Decimal("24000.00")),
        ("预扣预缴税额", "24000.00 × 30% − 2000", Decimal("5200.00")),
    ]
    assert made.source == "《个人所得税法》第六条、《个人所得税法实施条例》第十四条、国家税务总局公告2018年第61号第八条"
    assert [step.formula for step in tax_of(Decimal(3000), Basis.MANUSCRIPT).steps] == [
        "800", "(3000.00 − 800.00) × 70%", "1540.00 × 20%",
    ]  # fmt: skip
    assert tax_of(Decimal(20000), Basis.CHANCE).steps[0].formula == "20000.00 × 20%"


@given(gross=st.integers(0, 10_000_000).map(lambda cents: Decimal(cents) / 100), basis=st.sampled_from(Basis))
def test_tax_never_takes_more_than_two_fifths(gross: Decimal, basis: Basis) -> None:
    made = tax_of(gross, basis)
    assert Decimal(0) <= made.tax <= gross * Decimal("0.4") + Decimal("0.01")
    assert made.tax == made.tax.quantize(Decimal("0.01"))


def test_nobody_above_the_bands_is_nobody_selected() -> None:
    made = propose([Entrant(1, 1, 1, Decimal("1.0"))], BANDS, Limits(Decimal(1), "package", Decimal(1)), 3)
    assert (made.amounts, made.reserves, made.why[1]["kind"], made.more) == ({}, (), "below", None)
