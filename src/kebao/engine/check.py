"""Judge a package under one or several rulebooks and write the report."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

import kebao
from kebao.engine.gathering import gather
from kebao.engine.illustrating import illustrate
from kebao.engine.judging import Judgement, Task, judge_kind
from kebao.engine.measuring import Measuring, keep_readings, measure_package
from kebao.engine.overview import coverage, hours, listed_files, summary
from kebao.model.finding import Finding
from kebao.model.outcome import Outcome, Severity, worst
from kebao.model.progress import Progress, silent
from kebao.model.report import ClauseResult, Report, ReportedFinding, RuleResult, UsedRulebook, Verdict
from kebao.model.rule import Rule
from kebao.model.text import Text
from kebao.rulebook.book import BoundRule, Clause, Looker, Rulebook
from kebao.rules.registry import all_rules
from kebao.subjects.course import Package

JUDGING = Text(zh="逐条检查", en="Judging clause by clause")
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}


def check(
    package: Package,
    rulebooks: tuple[Rulebook, ...],
    *,
    rules: Mapping[str, Rule] | None = None,
    jobs: int = 2,
    digests: bool = True,
    media: Measuring | None = None,
    notes: tuple[Text, ...] = (),
    progress: Progress = silent,
) -> Report:
    """Judge every clause of every rulebook, in the order of the books and their texts.

    A rule bound twice with the same limits runs once. Several findings of one rule at one place keep their order.

    Args:
        package: what is judged.
        rulebooks: the books that judge; each keeps its own clauses.
        rules: rules by id; the library's own when None.
        jobs: threads that gather facts.
        digests: whether files are hashed; without, the report's digests are empty.
        media: how sound and picture are measured; None leaves the rules that need them untested.
        notes: words about reading the package that the report should carry.
        progress: told of each step.
    """
    known = all_rules() if rules is None else rules
    gather(package, jobs=jobs, digests=digests, progress=progress)
    if media is not None:
        measure_package(package, media, progress=progress)
    judgements = _judge_all(package, rulebooks, known, progress)
    findings = _findings(rulebooks, judgements)
    clauses = tuple(_clause(book, clause, judgements, findings) for book in rulebooks for clause in book.clauses)
    reported = tuple(sorted(findings.values(), key=_order(rulebooks)))
    if media is not None:
        reported = illustrate(package, reported, media, progress=progress)
        keep_readings(package)
    crashes = tuple(crash for judgement in judgements.values() for crash in judgement.crashes)
    return Report(
        version=kebao.__version__,
        summary=summary(package, digests=digests),
        verdict=verdict(clauses, reported),
        rulebooks=tuple(UsedRulebook(b.id, b.title, b.edition, b.source, b.digest) for b in rulebooks),
        clauses=clauses,
        findings=reported,
        files=listed_files(package, digests=digests, strips=_with_strips(reported)),
        hours=hours(package),
        coverage=coverage(package),
        losses=package.manifest.origin.losses if package.manifest.origin else (),
        notes=notes,
        crashes=crashes,
    )


def verdict(clauses: tuple[ClauseResult, ...], findings: tuple[ReportedFinding, ...]) -> Verdict:
    """Count, and say the word. A clause that is only context does not keep a package from conforming."""
    failed = Counter(finding.severity for finding in findings if finding.outcome is Outcome.FAILED)
    cant_tell = sum(finding.outcome is Outcome.CANT_TELL for finding in findings)
    waiting = sum(clause.outcome is Outcome.UNTESTED and clause.looker != Looker.NOBODY for clause in clauses)
    return Verdict.counted(
        errors=failed[Severity.ERROR], warnings=failed[Severity.WARNING], advice=failed[Severity.ADVICE],
        cant_tell=cant_tell, untested=waiting,
    )  # fmt: skip


def _with_strips(findings: tuple[ReportedFinding, ...]) -> frozenset[str]:
    """Media whose findings stand at a time."""
    return frozenset(finding.at.path for finding in findings if finding.at.span is not None)


_Key = tuple[str, tuple[tuple[str, Any], ...]]


def _key(bound: BoundRule) -> _Key:
    return bound.rule, tuple(sorted((name, limit.value) for name, limit in bound.limits.items()))


def _judge_all(
    package: Package, rulebooks: tuple[Rulebook, ...], rules: Mapping[str, Rule], progress: Progress
) -> dict[_Key, Judgement]:
    wanted = {_key(bound): bound for book in rulebooks for clause in book.clauses for bound in clause.rules}
    groups: dict[type, list[Task]] = {}
    judgements: dict[_Key, Judgement] = {}
    for key, bound in wanted.items():
        judgements[key] = Judgement(rules[bound.rule])
        limits = {name: limit.value for name, limit in bound.limits.items()}
        groups.setdefault(rules[bound.rule].looks_at, []).append((judgements[key], limits))
    done = 0
    for kind, tasks in groups.items():
        for judgement in judge_kind(kind, tasks, package):
            done += 1
            progress(JUDGING, done, len(wanted), judgement.rule.id)
    return judgements


def _findings(
    rulebooks: tuple[Rulebook, ...], judgements: Mapping[_Key, Judgement]
) -> dict[tuple[_Key, int], ReportedFinding]:
    """Every finding once, with all the clauses it belongs to and the strictest of their severities."""
    bindings: dict[_Key, list[tuple[str, str, Severity]]] = {}
    for book in rulebooks:
        for clause in book.clauses:
            for bound in clause.rules:
                severity = bound.severity or judgements[_key(bound)].rule.severity
                bindings.setdefault(_key(bound), []).append((book.id, clause.id, severity))
    found: dict[tuple[_Key, int], ReportedFinding] = {}
    repeats: Counter[str] = Counter()
    for key, places in bindings.items():
        rule = judgements[key].rule
        for index, finding in enumerate(judgements[key].findings):
            same = f"{rule.id}\x1f{finding.at.key}"
            repeats[same] += 1
            found[key, index] = ReportedFinding(
                fingerprint=_fingerprint(same, repeats[same]),
                rule=rule.id,
                clauses=tuple((book, clause) for book, clause, _ in places),
                severity=min((severity for *_, severity in places), key=_WEIGHT.__getitem__),
                outcome=finding.outcome,
                at=finding.at,
                title=rule.title,
                message=_message(rule, finding),
                mend=_mend(rule, finding),
                rationale=rule.rationale,
                evidence=finding.evidence,
            )
    return found


def _message(rule: Rule, finding: Finding) -> Text:
    return rule.message.format(**finding.message_values())


def _mend(rule: Rule, finding: Finding) -> Text:
    values = finding.message_values()
    return rule.mend.format(**values) if rule.mend.placeholders <= values.keys() else rule.mend


def _fingerprint(same: str, repeat: int) -> str:
    suffix = "" if repeat == 1 else f"\x1f{repeat}"
    return hashlib.sha256(f"{same}{suffix}".encode()).hexdigest()[:16]


def _clause(
    book: Rulebook,
    clause: Clause,
    judgements: Mapping[_Key, Judgement],
    findings: Mapping[tuple[_Key, int], ReportedFinding],
) -> ClauseResult:
    results = tuple(_rule_result(bound, judgements[_key(bound)], findings) for bound in clause.rules)
    return ClauseResult(
        rulebook=book.id,
        id=clause.id,
        text=clause.text,
        binding=clause.binding,
        binding_label=clause.binding.label,
        looker=clause.looker,
        looker_label=clause.looker.label,
        outcome=worst([result.outcome for result in results]),
        rules=results,
        note=clause.note,
    )


def _rule_result(
    bound: BoundRule, judgement: Judgement, findings: Mapping[tuple[_Key, int], ReportedFinding]
) -> RuleResult:
    key = _key(bound)
    return RuleResult(
        rule=bound.rule,
        title=judgement.rule.title,
        severity=bound.severity or judgement.rule.severity,
        outcome=judgement.outcome,
        judged=judgement.judged,
        findings=tuple(findings[key, index].fingerprint for index in range(len(judgement.findings))),
        because=judgement.because,
        limits=tuple((name, limit.value, limit.source) for name, limit in bound.limits.items()),
    )


def _order(rulebooks: tuple[Rulebook, ...]) -> Any:
    place = {
        (book.id, clause.id): (number, index)
        for number, book in enumerate(rulebooks)
        for index, clause in enumerate(book.clauses)
    }
    return lambda finding: (
        place[finding.clauses[0]], finding.rule, finding.at.path, finding.at.row or 0,
        finding.at.span.start if finding.at.span else 0, finding.at.key,
    )  # fmt: skip
