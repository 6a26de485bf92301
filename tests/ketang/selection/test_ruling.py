"""Rulings: beside the report, signed, with a reason, taken back without being lost, carried to the next version."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kebao.model.report import Report
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import Whole, history, verify
from ketang.platform.refusal import Refused
from ketang.platform.storage.reading import read_whole
from ketang.selection.awarding.actions import select
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.checking.queries import report_of
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Submission
from ketang.selection.ruling.actions import look_over, rule_on, undo, waive
from ketang.selection.ruling.effective import waits_for_a_look
from ketang.selection.ruling.models import Ruling, RulingKind
from ketang.selection.ruling.permissions import may_rule, may_see_rulings
from ketang.selection.ruling.queries import effective_verdict, ruled_report, rulings_of
from ketang_reports import SHORT_ETHICS, checked, sketched

pytestmark = pytest.mark.django_db
BOOK = "tianjin/2023"
ETHICS = "A3(2).1"


@pytest.fixture(scope="module")
def report() -> Report:
    """An error in the hours (A3(1)) and a share below what A3(2).1 asks for in principle."""
    return sketched(SHORT_ETHICS, hours="9.0")


@pytest.fixture
def check(draft: Submission, report: Report) -> Check:
    return checked(draft, report)


def fingerprint(report: Report, rule: str) -> str:
    (found,) = [finding.fingerprint for finding in report.findings if finding.rule == rule]
    return found


def counts(check: Check) -> tuple[str, int, int, int, int]:
    found = ruled_report(check)
    assert found is not None
    verdict = found.verdict
    return verdict.word, verdict.errors, verdict.warnings, verdict.cant_tell, verdict.untested


def everything_looked_over(check: Check, report: Report, actor: Account) -> list[Ruling]:
    places = [(clause.rulebook, clause.id) for clause in report.clauses if waits_for_a_look(clause)]
    return look_over(actor=actor, check=check, clauses=places, kind=RulingKind.MET, reason="逐条看过")


def test_without_rulings_the_machines_verdict_stands(check: Check, report: Report) -> None:
    found = ruled_report(check)
    assert found is not None
    assert (effective_verdict(check), found.verdict) == (None, report.verdict)
    assert [f.rule for f in report.findings] == ["hours-differ", "share-ethics-low"]


def test_from_not_conforming_to_conforming_by_rulings_alone(
    check: Check, report: Report, administrator: Account
) -> None:
    before = read_whole(check.report)
    assert counts(check) == ("failed", 1, 1, 0, 18)
    rule_on(
        actor=administrator, check=check, fingerprint=fingerprint(report, "hours-differ"), kind=RulingKind.DISMISS,
        reason="另有实训课时，见附件",
    )  # fmt: skip
    assert counts(check) == ("review", 0, 1, 0, 18)
    waive(actor=administrator, check=check, rulebook=BOOK, clause=ETHICS, reason="政策宣讲课，比例不适用")
    assert counts(check) == ("review", 0, 0, 0, 18)
    everything_looked_over(check, report, administrator)
    assert counts(check) == ("passed", 0, 0, 0, 0)
    check.refresh_from_db()
    assert (check.verdict, check.errors, read_whole(check.report)) == ("failed", 1, before)


def test_a_ruling_is_signed_and_audited(check: Check, report: Report, administrator: Account) -> None:
    made = rule_on(
        actor=administrator, check=check, fingerprint=fingerprint(report, "hours-differ"), kind=RulingKind.CONFIRM,
        reason="  确实不符  ",
    )  # fmt: skip
    assert (made.signed_as, made.role, made.made_by, made.reason, made.stands) == (
        "管理员甲", Role.ADMINISTRATOR, administrator, "确实不符", True,
    )  # fmt: skip
    assert made.said["zh"] == report.finding(made.fingerprint).message.zh
    with pytest.raises(Refused) as told:
        undo(actor=administrator, ruling=made, reason=" ")
    assert told.value.field == "reason"
    undo(actor=administrator, ruling=made, reason="看错了")
    undo(actor=administrator, ruling=made, reason="又一次")
    assert [entry.action for entry in history(made)] == ["ruling.rule", "ruling.undo"]
    assert (made.stands, made.undone_as, made.undone_because) == (False, "管理员甲", "看错了")
    assert (effective_verdict(check), list(rulings_of(administrator, check.version.submission))) == (None, [made])  # type: ignore[union-attr]
    assert isinstance(verify(), Whole)


def test_only_clauses_in_principle_are_waived(check: Check, report: Report, administrator: Account) -> None:
    told = {}
    for clause in report.clauses:
        try:
            with transaction.atomic():
                waive(actor=administrator, check=check, rulebook=BOOK, clause=clause.id, reason="试")
                told[clause.id] = ""
        except Refused as refused:
            told[clause.id] = str(refused)
    words = {True: "{} 没有发现问题，不用豁免。", False: "{} 不是“原则上”或“一般”的条款，不能豁免。"}
    expected = {clause.id: words[clause.binding == "principle"].format(clause.id) for clause in report.clauses}
    assert told == {**expected, ETHICS: ""}


def test_a_waiver_names_clause_reason_and_approver_and_does_not_cover_what_comes_later(
    draft: Submission, check: Check, report: Report, administrator: Account
) -> None:
    made = waive(actor=administrator, check=check, rulebook=BOOK, clause=ETHICS, reason="政策宣讲课")
    assert (made.rulebook, made.clause, made.signed_as) == (BOOK, ETHICS, "管理员甲")
    assert made.covers == [fingerprint(report, "share-ethics-low")]
    second = checked(draft, report, b"second")
    assert counts(second) == ("failed", 1, 0, 0, 18)
    Ruling.objects.update(covers=[])
    found = ruled_report(second)
    assert found is not None
    assert (found.uncovered, counts(second)) == ({(BOOK, ETHICS): 1}, ("failed", 1, 1, 0, 18))


def test_rulings_on_findings_go_with_the_fingerprint_looks_stay_with_their_version(
    draft: Submission, check: Check, report: Report, administrator: Account
) -> None:
    rule_on(
        actor=administrator, check=check, fingerprint=fingerprint(report, "hours-differ"), kind=RulingKind.DISMISS,
        reason="另有实训",
    )  # fmt: skip
    looks = everything_looked_over(check, report, administrator)
    second = checked(draft, sketched(SHORT_ETHICS, hours="8.0"), b"second")
    assert counts(second) == ("review", 0, 1, 0, 18)
    with pytest.raises(Refused, match="不是最新"):
        everything_looked_over(check, report, administrator)
    again = everything_looked_over(second, report, administrator)
    assert counts(second) == ("review", 0, 1, 0, 0)
    assert {one.stands for one in Ruling.objects.filter(pk__in=[one.pk for one in looks])} == {False}
    assert len(again) == len(looks) == 18
    third = checked(draft, sketched(), b"third")
    assert counts(third) == ("review", 0, 0, 0, 19)


def test_suspicions_are_decided_and_unmet_clauses_count_as_their_text_speaks(
    draft: Submission, administrator: Account
) -> None:
    row = {
        "what": "全部视频",
        "kind": "视频素材",
        "used_in": "v1 v2 v3",
        "owner": "别人",
        "own": True,
        "licence": "自有",
    }
    report = sketched(rights=[{**row, "evidence": "材料/版权承诺书.docx", "citation": "本单位录制"}])
    (suspected,) = [finding for finding in report.findings if finding.outcome == "cantTell"]
    check = checked(draft, report)
    before = counts(check)
    made = rule_on(
        actor=administrator, check=check, fingerprint=suspected.fingerprint, kind=RulingKind.CONFIRM, reason="权利人是别人"
    )  # fmt: skip
    added = {"error": (1, 0), "warning": (0, 1)}[suspected.severity]
    assert counts(check)[1:4] == (before[1] + added[0], before[2] + added[1], before[3] - 1)
    undo(actor=administrator, ruling=made, reason="再看")
    assert counts(check) == before
    look_over(actor=administrator, check=check, clauses=[(BOOK, "A4(1)")], kind=RulingKind.UNMET, reason="有杂音")
    assert counts(check) == ("failed", before[1] + 1, before[2], before[3], before[4] - 1)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_no_ruling_without_a_reason(check: Check, report: Report, administrator: Account, reason: str) -> None:
    known = fingerprint(report, "hours-differ")
    for act in (
        lambda: rule_on(actor=administrator, check=check, fingerprint=known, kind=RulingKind.DISMISS, reason=reason),
        lambda: waive(actor=administrator, check=check, rulebook=BOOK, clause=ETHICS, reason=reason),
        lambda: look_over(
            actor=administrator, check=check, clauses=[(BOOK, "A4(1)")], kind=RulingKind.MET, reason=reason
        ),
    ):
        with pytest.raises(Refused) as told:
            act()
        assert told.value.field == "reason"
    assert Ruling.objects.count() == 0


def test_refusals(draft: Submission, check: Check, report: Report, administrator: Account) -> None:
    known = fingerprint(report, "hours-differ")
    more = {"actor": administrator, "check": check, "reason": "理由"}
    rule_on(fingerprint=known, kind=RulingKind.DISMISS, **more)
    look_over(clauses=[(BOOK, "A4(1)")], kind=RulingKind.MET, **more)
    for act, words in (
        (lambda: rule_on(fingerprint=known, kind=RulingKind.CONFIRM, **more), "已有裁定"),
        (lambda: rule_on(fingerprint="0" * 16, kind=RulingKind.CONFIRM, **more), "没有这处问题"),
        (lambda: rule_on(fingerprint=known, kind=RulingKind.WAIVE, **more), "只能确认"),
        (lambda: look_over(clauses=[(BOOK, "A4(1)")], kind=RulingKind.UNMET, **more), "已有裁定"),
        (lambda: look_over(clauses=[(BOOK, "A1")], kind=RulingKind.MET, **more), "不需要由人核对"),
        (lambda: look_over(clauses=[], kind=RulingKind.MET, **more), "请选择核对过的条款"),
        (lambda: look_over(clauses=[(BOOK, "A4(1)")], kind=RulingKind.WAIVE, **more), "符合或不符合"),
        (lambda: waive(rulebook=BOOK, clause="Z9", **more), "没有条款 Z9"),
    ):
        with pytest.raises(Refused, match=words):
            act()
    Check.objects.update(state=CheckState.MEASURING)
    with pytest.raises(Refused, match="还没有完成"):
        waive(rulebook=BOOK, clause=ETHICS, **more)
    assert Ruling.objects.count() == 2


def test_the_table_itself_keeps_one_ruling_a_finding(check: Check, report: Report, administrator: Account) -> None:
    known = fingerprint(report, "hours-differ")
    made = rule_on(actor=administrator, check=check, fingerprint=known, kind=RulingKind.DISMISS, reason="理由")
    made.pk = None
    made.uuid = check.uuid
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_a_selection_looks_at_the_verdict_with_rulings(
    draft: Submission, check: Check, report: Report, administrator: Account
) -> None:
    intake.find_complete(actor=administrator, submission=draft)
    intake.accept(actor=administrator, submission=draft)
    with pytest.raises(Refused, match="1 个必须改"):
        select(actor=administrator, submission=draft, amount=Decimal(1))
    known = fingerprint(report, "hours-differ")
    made = rule_on(actor=administrator, check=check, fingerprint=known, kind=RulingKind.CONFIRM, reason="确实")
    with pytest.raises(Refused, match="裁定后仍有 1 个必须改"):
        select(actor=administrator, submission=draft, amount=Decimal(1))
    undo(actor=administrator, ruling=made, reason="补交了证明")
    rule_on(actor=administrator, check=check, fingerprint=known, kind=RulingKind.DISMISS, reason="有证明")
    assert select(actor=administrator, submission=draft, amount=Decimal(1)).despite == ""


SEE = {Role.SUPPLIER, Role.CLERK, Role.ADMINISTRATOR}
RULE = {Role.CLERK, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
def test_who_rules_and_who_reads(
    actors: dict[Role, Actor], check: Check, report: Report, draft: Submission, role: Role
) -> None:
    actor, known = actors[role], fingerprint(report, "hours-differ")
    assert (may_rule(actor), may_see_rulings(actor, draft)) == (role in RULE, role in SEE)
    more = {"actor": actor, "check": check, "reason": "理由"}
    acts = (
        lambda: rule_on(fingerprint=known, kind=RulingKind.DISMISS, **more),
        lambda: waive(rulebook=BOOK, clause=ETHICS, **more),
        lambda: look_over(clauses=[(BOOK, "A4(1)")], kind=RulingKind.MET, **more),
        lambda: undo(actor=actor, ruling=Ruling.objects.first(), reason="理由"),  # type: ignore[arg-type]
    )
    for act in acts:
        if role in RULE:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()
    assert rulings_of(actor, draft).count() == (3 if role in RULE else 0)
    assert report_of(check) == report
