"""Select, do not select, undo: only what was accepted and checked, within cap and budget, by those who may."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.selection.awarding import permissions
from ketang.selection.awarding.actions import reject, select, undo
from ketang.selection.awarding.models import Decision
from ketang.selection.awarding.queries import decisions, spent, standing
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission, SubmissionState, Version

pytestmark = pytest.mark.django_db
SEEN = {Role.CLERK, Role.FINANCE, Role.ADMINISTRATOR}
DONE = {Role.CLERK, Role.ADMINISTRATOR}


def accepted(
    call: Call, unit: Organisation, administrator: Account, *, errors: int = 0, title: str = "课"
) -> Submission:
    """A submission accepted for review whose check is done."""
    manager = Account.objects.get(login="manager")
    made = intake.start(actor=manager, call=call, organisation=unit, title=title, category="P2(3)")
    intake.receive(actor=manager, submission=made, door=Door.WEB, name="课.zip", digest="0" * 64, size=1)
    Check.objects.filter(version=made.latest).update(state=CheckState.DONE, errors=errors)
    intake.find_complete(actor=administrator, submission=made)
    intake.accept(actor=administrator, submission=made)
    return made


def with_fee(call: Call, **changes: object) -> None:
    file = dict(call.file)
    file["fee"] = {**file.get("fee", {}), **changes}
    Call.objects.filter(pk=call.pk).update(file=file)


@pytest.fixture
def submission(call: Call, unit: Organisation, administrator: Account) -> Submission:
    return accepted(call, unit, administrator)


def test_a_selection_is_recorded_once(submission: Submission, administrator: Account) -> None:
    made = select(actor=administrator, submission=submission, amount=Decimal(20000), reason="内容完整")
    again = select(actor=administrator, submission=submission, amount=Decimal("20000.00"))
    assert (made, again.reason) == (again, "内容完整")
    assert (made.amount, made.version, made.decided_by) == (Decimal("20000.00"), submission.latest, administrator)
    assert [entry.action for entry in history(made)] == ["awarding.select"]
    assert list(decisions()) == [made]
    with pytest.raises(Refused, match="已经有决定"):
        select(actor=administrator, submission=submission, amount=Decimal(1))
    with pytest.raises(Refused, match="已经有决定"):
        reject(actor=administrator, submission=submission, reason="重复")


def test_not_selected_needs_a_reason(submission: Submission, administrator: Account) -> None:
    with pytest.raises(Refused) as told:
        reject(actor=administrator, submission=submission, reason=" ")
    assert told.value.field == "reason"
    made = reject(actor=administrator, submission=submission, reason="与已有课程重复")
    assert (made.amount, made.is_selected, standing(submission)) == (None, False, made)
    assert reject(actor=administrator, submission=submission, reason="又一次") == made


def test_undone_stays_on_record_and_can_be_decided_anew(submission: Submission, administrator: Account) -> None:
    made = select(actor=administrator, submission=submission, amount=Decimal(100))
    with pytest.raises(Refused) as told:
        undo(actor=administrator, decision=made, reason="")
    assert told.value.field == "undo_reason"
    undo(actor=administrator, decision=made, reason="金额写错")
    undo(actor=administrator, decision=made, reason="金额写错")
    assert [entry.action for entry in history(made)] == ["awarding.select", "awarding.undo"]
    assert standing(submission) is None
    second = select(actor=administrator, submission=submission, amount=Decimal(200))
    assert set(Decision.objects.all()) == {made, second}
    assert spent(submission.call) == Decimal(200)


@pytest.mark.parametrize("state", [state for state in SubmissionState if state != SubmissionState.ACCEPTED])
def test_only_what_is_in_review_is_decided(
    submission: Submission, administrator: Account, state: SubmissionState
) -> None:
    Submission.objects.update(state=state)
    with pytest.raises(Refused, match="进入评审后"):
        select(actor=administrator, submission=submission, amount=Decimal(1))
    with pytest.raises(Refused, match="进入评审后"):
        reject(actor=administrator, submission=submission, reason="不")
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "errors"),
    [(CheckState.DONE, 2), (CheckState.WAITING, 0), (CheckState.MEASURING, 0), (CheckState.FAILED, 0)],
)
def test_a_check_with_errors_needs_a_written_reason(
    submission: Submission, administrator: Account, state: CheckState, errors: int
) -> None:
    Check.objects.update(state=state, errors=errors)
    with pytest.raises(Refused) as told:
        select(actor=administrator, submission=submission, amount=Decimal(1), despite="  ")
    assert told.value.field == "despite"
    made = select(actor=administrator, submission=submission, amount=Decimal(1), despite="规则册误判，已人工核对")
    assert made.despite == "规则册误判，已人工核对"


def test_the_newest_check_counts(submission: Submission, administrator: Account) -> None:
    version = submission.latest
    assert isinstance(version, Version)
    Check.objects.create(version=version, state=CheckState.DONE, errors=1)
    with pytest.raises(Refused, match="1 个必须改"):
        select(actor=administrator, submission=submission, amount=Decimal(1))


@pytest.mark.parametrize("amount", ["20000.01", "-1", "0.001", "NaN", "Infinity", "1e30"])
def test_amounts_beyond_the_cap_or_inexact_are_refused(
    submission: Submission, administrator: Account, amount: str
) -> None:
    with pytest.raises(Refused) as told:
        select(actor=administrator, submission=submission, amount=Decimal(amount))
    assert (told.value.field, Decision.objects.count()) == ("amount", 0)


@pytest.mark.parametrize(("scope", "same_supplier", "taken"), [("package", True, True), ("supplier", False, True), ("supplier", True, False), ("call", False, False)])  # fmt: skip
def test_the_cap_is_for_its_scope(
    call: Call,
    unit: Organisation,
    administrator: Account,
    submission: Submission,
    scope: str,
    same_supplier: bool,
    taken: bool,
) -> None:
    """Two of 15 000 under a cap of 20 000: for one package both, for one supplier only of different ones, for the call never."""
    with_fee(call, scope=scope)
    select(actor=administrator, submission=submission, amount=Decimal(15000))
    second = accepted(call, unit, administrator, title="另一门")
    if not same_supplier:
        body = Organisation.objects.create(kind="person", name="教师乙")
        Submission.objects.filter(pk=second.pk).update(organisation=body)
    if taken:
        assert select(actor=administrator, submission=second, amount=Decimal(15000)).is_selected
    else:
        with pytest.raises(Refused, match=r"最多 20000\.00 元，已定 15000\.00 元"):
            select(actor=administrator, submission=second, amount=Decimal(15000))


def test_the_budget_holds_and_undoing_frees_it(
    call: Call, unit: Organisation, administrator: Account, submission: Submission
) -> None:
    with_fee(call, budget="25000.00")
    first = select(actor=administrator, submission=submission, amount=Decimal(20000))
    second = accepted(call, unit, administrator, title="另一门")
    with pytest.raises(Refused, match=r"还剩 5000\.00 元"):
        select(actor=administrator, submission=second, amount=Decimal("5000.01"))
    undo(actor=administrator, decision=first, reason="改期")
    assert select(actor=administrator, submission=second, amount=Decimal(20000)).amount == Decimal(20000)


@pytest.mark.parametrize("role", Role)
def test_permissions(actors: dict[Role, Actor], role: Role, submission: Submission) -> None:
    actor = actors[role]
    assert permissions.may_decide(actor) is (role in DONE)
    assert permissions.may_see_decisions(actor) is (role in SEEN)
    if role not in DONE:
        with pytest.raises(PermissionDenied):
            select(actor=actor, submission=submission, amount=Decimal(1))
        with pytest.raises(PermissionDenied):
            reject(actor=actor, submission=submission, reason="不")


def test_in_review_the_supplier_does_not_withdraw_alone(submission: Submission, administrator: Account) -> None:
    manager = Account.objects.get(login="manager")
    file = dict(submission.call.file)
    Call.objects.update(file={**file, "contact": {"mail": "office@example.org", "phone": "022-00000000"}})
    with pytest.raises(Refused, match=r"联系主办单位：office@example\.org、022-00000000。"):
        intake.withdraw(actor=manager, submission=Submission.objects.get(pk=submission.pk), reason="另报")
    with pytest.raises(Refused) as told:
        intake.withdraw(actor=administrator, submission=submission, reason=" ")
    assert told.value.field == "reason"
    intake.withdraw(actor=administrator, submission=submission, reason="单位来函")
    assert submission.state == SubmissionState.WITHDRAWN
    assert [entry.action for entry in history(submission)][-1] == "intake.withdraw"


def test_what_was_decided_on_stays_in_review(submission: Submission, administrator: Account) -> None:
    """Otherwise a course could be public whose submission was withdrawn or refused."""
    decision = select(actor=administrator, submission=submission, amount=Decimal(1))
    for act in (intake.withdraw, intake.refuse):
        with pytest.raises(Refused, match="请先撤下课程、撤销决定"):
            act(actor=administrator, submission=submission, reason="单位来函")
    submission.refresh_from_db()
    assert submission.state == SubmissionState.ACCEPTED
    undo(actor=administrator, decision=decision, reason="单位来函")
    intake.refuse(actor=administrator, submission=submission, reason="单位来函")
