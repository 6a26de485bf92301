"""The verdict of a report once what people ruled is counted. The report itself is never touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kebao.model.outcome import Outcome, Severity
from kebao.model.report import ClauseResult, Report, ReportedFinding, Verdict
from ketang.selection.checking.models import Check
from ketang.selection.ruling.models import OF_LOOKING, Ruling, RulingKind

GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.ADVICE)
CONTEXT, PRINCIPLE, STRICT, NOBODY = "context", "principle", "strict", "nobody"
"""Words of `ClauseResult.binding` and `.looker`."""
Place = tuple[str, str]
"""(rulebook, clause)."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A report beside what people ruled.

    Attributes:
        verdict: with rulings counted.
        findings: the ruling that holds for a finding, by fingerprint.
        clauses: the waiver or look that holds for a clause.
        waived: fingerprints that no clause holds against the package any more.
        uncovered: of each waived clause, how many of its findings came after the waiver and are not covered.
    """

    verdict: Verdict
    findings: Mapping[str, Ruling]
    clauses: Mapping[Place, Ruling]
    waived: frozenset[str]
    uncovered: Mapping[Place, int]


def ruled(check: Check, report: Report, rulings: Sequence[Ruling]) -> Ruled:
    """Count the standing rulings of the submission on a check's report."""
    fingerprints = {finding.fingerprint for finding in report.findings}
    of_findings = {r.fingerprint: r for r in rulings if r.fingerprint in fingerprints}
    clauses = {(clause.rulebook, clause.id): clause for clause in report.clauses}
    said = {(r.rulebook, r.clause): r for r in rulings if r.clause}
    of_clauses = {place: r for place, r in said.items() if place in clauses and _holds(r, clauses[place], check)}
    left = {finding.fingerprint: _severity(finding, clauses, of_clauses) for finding in report.findings}
    uncovered = {
        place: len(set(_fingerprints(clauses[place])) - set(r.covers))
        for place, r in of_clauses.items()
        if r.kind == RulingKind.WAIVE
    }
    return Ruled(
        verdict=_verdict(report, of_findings, of_clauses, left),
        findings=of_findings,
        clauses=of_clauses,
        waived=frozenset(fingerprint for fingerprint, severity in left.items() if severity is None),
        uncovered={place: count for place, count in uncovered.items() if count},
    )


def waits_for_a_look(clause: ClauseResult) -> bool:
    """Whether no rule judges the clause and a person must."""
    return clause.outcome is Outcome.UNTESTED and clause.looker != NOBODY


def may_be_waived(clause: ClauseResult) -> bool:
    """Whether the text itself says 原则上 or 一般, and something was found under it."""
    return clause.binding == PRINCIPLE and bool(_fingerprints(clause))


def _holds(ruling: Ruling, clause: ClauseResult, check: Check) -> bool:
    """A waiver while the rulebook calls the clause 原则上; a look for the version that was looked at."""
    if ruling.kind == RulingKind.WAIVE:
        return clause.binding == PRINCIPLE
    return ruling.check_of.version_id == check.version_id and waits_for_a_look(clause)


def _fingerprints(clause: ClauseResult) -> list[str]:
    return list(dict.fromkeys(fingerprint for result in clause.rules for fingerprint in result.findings))


def _severity(
    finding: ReportedFinding, clauses: Mapping[Place, ClauseResult], said: Mapping[Place, Ruling]
) -> Severity | None:
    """The strictest severity that clauses not waived for it give; None when there is none left."""
    left = []
    for place in finding.clauses:
        waiver = said.get(place)
        if waiver is not None and waiver.kind == RulingKind.WAIVE and finding.fingerprint in waiver.covers:
            continue
        if (clause := clauses.get(place)) is not None:
            left += [result.severity for result in clause.rules if finding.fingerprint in result.findings]
    return min(left, key=GRAVEST_FIRST.index, default=None)


def _verdict(
    report: Report,
    of_findings: Mapping[str, Ruling],
    of_clauses: Mapping[Place, Ruling],
    left: Mapping[str, Severity | None],
) -> Verdict:
    counts: Counter[str] = Counter()
    for finding in report.findings:
        severity, ruling = left[finding.fingerprint], of_findings.get(finding.fingerprint)
        if severity is None or (ruling is not None and ruling.kind == RulingKind.DISMISS):
            continue
        confirmed = finding.outcome is Outcome.FAILED or ruling is not None
        counts[severity if confirmed else Outcome.CANT_TELL] += 1
    for clause in report.clauses:
        look = of_clauses.get((clause.rulebook, clause.id))
        looked = look is not None and look.kind in OF_LOOKING
        if not looked:
            counts[Outcome.UNTESTED] += waits_for_a_look(clause)
        elif look is not None and look.kind == RulingKind.UNMET:
            counts[_as_grave(clause)] += 1
    return Verdict.counted(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], advice=counts[Severity.ADVICE],
        cant_tell=counts[Outcome.CANT_TELL], untested=counts[Outcome.UNTESTED],
    )  # fmt: skip


def _as_grave(clause: ClauseResult) -> Severity:
    """How a clause counts that a person found unmet: as its text speaks."""
    return {STRICT: Severity.ERROR, PRINCIPLE: Severity.WARNING}.get(clause.binding, Severity.ADVICE)
