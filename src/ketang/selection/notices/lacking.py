"""What a submission lacks: copies that are not here, and what its newest check found, once people's rulings are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from kebao.model.outcome import Outcome, Severity
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import report_of
from ketang.selection.intake.models import Submission
from ketang.selection.notices.models import ItemKind
from ketang.selection.ruling.effective import Ruled, ruled
from ketang.selection.ruling.models import RulingKind
from ketang.selection.ruling.queries import newest_check, standing_rulings

if TYPE_CHECKING:
    from kebao.model.report import Report, ReportedFinding
    from kebao.model.text import Text

PLACES = 3
"""Places of one fault that are told in words; the report has all."""
GRAVE = (Severity.ERROR, Severity.WARNING)


def missing_copies(submission: Submission) -> Iterator[dict[str, Any]]:
    """An item for each copy that is not here (P7.1)."""
    if submission.latest_id is None:
        yield _copy(ItemKind.ELECTRONIC)
    if submission.paper_at is None:
        yield _copy(ItemKind.PAPER)


def found_faults(submission: Submission) -> tuple[Check | None, list[dict[str, Any]]]:
    """The newest check, and an item for each fault of a clause that counts against the package after rulings, in the text's order."""
    check = newest_check(submission)
    report = report_of(check) if check is not None and check.is_done else None
    if check is None or report is None:
        return check, []
    found = ruled(check, report, standing_rulings(submission))
    standing = standing_fingerprints(report, found)
    items: list[dict[str, Any]] = []
    told: set[str] = set()
    by_print = {one.fingerprint: one for one in report.findings}
    for clause in report.clauses:
        place = (clause.rulebook, clause.id)
        said = found.clauses.get(place)
        if said is not None and said.kind == RulingKind.UNMET:
            words = {"zh": f"{clause.text.zh}（{said.reason}）", "en": f"{clause.text.en} ({said.reason})"}
            items.append(_item(ItemKind.CLAUSE, clause.rulebook, clause.id, words))
        for result in clause.rules:
            prints = [one for one in result.findings if one in standing and one not in told]
            if result.severity in GRAVE and prints:
                told |= set(prints)
                items.append(_of_findings(clause.rulebook, clause.id, [by_print[one] for one in prints], result.title))
    return check, items


def standing_fingerprints(report: Report, found: Ruled) -> set[str]:
    """Fingerprints that count against the package: found for certain or confirmed, not dismissed, not waived."""
    standing = set()
    for finding in report.findings:
        ruling = found.findings.get(finding.fingerprint)
        if finding.fingerprint in found.waived or (ruling is not None and ruling.kind == RulingKind.DISMISS):
            continue
        if finding.outcome is Outcome.FAILED or ruling is not None:
            standing.add(finding.fingerprint)
    return standing


def _of_findings(rulebook: str, clause: str, findings: list[ReportedFinding], title: Text) -> dict[str, Any]:
    """One fault, wherever it stands."""
    rest = len(findings) - PLACES
    places = [one.message for one in findings[:PLACES]]
    zh = "；".join(one.zh.rstrip("。") for one in places) + (f"；还有 {rest} 处，见检查报告" if rest > 0 else "")
    en = "; ".join(one.en.rstrip(".") for one in places) + (f"; {rest} more in the report" if rest > 0 else "")
    words = {"zh": f"{title.zh}：{zh}。", "en": f"{title.en}: {en}."}
    mend = {"zh": findings[0].mend.zh, "en": findings[0].mend.en}
    return {
        **_item(ItemKind.FINDING, rulebook, clause, words),
        "mend": mend,
        "fingerprints": [one.fingerprint for one in findings],
    }


def _item(kind: ItemKind, rulebook: str, clause: str, said: Mapping[str, str]) -> dict[str, Any]:
    return {"kind": kind, "rulebook": rulebook, "clause": clause, "said": dict(said)}


def _copy(kind: ItemKind) -> dict[str, Any]:
    return _item(kind, "", "P7.1", {language: _copy_words(kind, language) for language in ("zh", "en")})


def _copy_words(kind: ItemKind, language: str) -> str:
    with override("en" if language == "en" else "zh-hans"):
        if kind == ItemKind.PAPER:
            return _("还没有收到书面版。请把签字盖章的申请材料寄到或送到主办单位。")
        return _("还没有收到电子版。请在网上提交课程包，或发到征集的邮箱。")
