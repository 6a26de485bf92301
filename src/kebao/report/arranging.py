"""What a report tells in the order of a page: clause by clause, medium by medium, the gravest first. Every page arranges by this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePosixPath

from kebao.model.finding import Curve
from kebao.model.location import Span
from kebao.model.outcome import Outcome
from kebao.model.report import ClauseResult, Report, ReportedFinding, RuleResult
from kebao.model.text import Text

KINDS = ("error", "warning", "cantTell", "advice")
"""Kinds of finding, the gravest first."""


def kind_of(finding: ReportedFinding) -> str:
    """One of `KINDS`."""
    return str(finding.severity) if finding.outcome is Outcome.FAILED else str(Outcome.CANT_TELL)


def label_of(finding: ReportedFinding) -> Text:
    """The kind in words."""
    return finding.severity.label if finding.outcome is Outcome.FAILED else finding.outcome.label


def anchor(rulebook: str, clause: str) -> str:
    """The name by which links inside a page reach a clause."""
    return f"{rulebook}-{clause}".replace("/", "-").replace("(", "-").replace(")", "")


@dataclass(frozen=True, slots=True)
class ArrangedClause:
    """A clause with its findings.

    Attributes:
        tone: the gravest kind among its findings; empty where there are none.
        is_heading: a sentence of the text that asks for nothing by itself.
        untested: rules that say why they were not tested.
    """

    clause: ClauseResult
    anchor: str
    findings: tuple[ReportedFinding, ...]
    tone: str
    is_heading: bool
    passed: tuple[RuleResult, ...]
    untested: tuple[RuleResult, ...]
    inapplicable: tuple[RuleResult, ...]

    @property
    def by_rule(self) -> list[tuple[ReportedFinding, int]]:
        """The first finding of each rule below the clause, and how many there are."""
        counts = Counter(finding.rule for finding in self.findings)
        firsts = {finding.rule: finding for finding in reversed(self.findings)}
        return [(firsts[rule], count) for rule, count in counts.items()]


def arranged_clauses(report: Report) -> list[ArrangedClause]:
    """Every clause in the text's order."""
    found = {finding.fingerprint: finding for finding in report.findings}
    return [_arranged(clause, found) for clause in report.clauses]


def _arranged(clause: ClauseResult, found: Mapping[str, ReportedFinding]) -> ArrangedClause:
    findings = tuple(found[fingerprint] for result in clause.rules for fingerprint in result.findings)
    kinds = {kind_of(finding) for finding in findings}

    def of(outcome: Outcome) -> tuple[RuleResult, ...]:
        return tuple(result for result in clause.rules if result.outcome is outcome)

    return ArrangedClause(
        clause=clause,
        anchor=anchor(clause.rulebook, clause.id),
        findings=findings,
        tone=next((kind for kind in KINDS if kind in kinds), ""),
        is_heading=not clause.rules and clause.looker == "nobody",
        passed=of(Outcome.PASSED),
        untested=tuple(result for result in of(Outcome.UNTESTED) if result.because),
        inapplicable=of(Outcome.INAPPLICABLE),
    )


@dataclass(frozen=True, slots=True)
class Timeline:
    """A medium with the findings that have a time in it; `loudness` is drawn behind them."""

    path: str
    title: str
    findings: tuple[ReportedFinding, ...]
    whole: Span
    loudness: Curve | None


def timelines(report: Report) -> list[Timeline]:
    """Each medium with findings at a time, by path."""
    lengths = {file.path: file.seconds for file in report.files if file.seconds}
    loudness = {file.path: file.loudness for file in report.files}
    stems = {str(PurePosixPath(path).with_suffix("")): path for path in lengths}
    timed: dict[str, list[ReportedFinding]] = {}
    for finding in report.findings:
        path = _medium_of(finding.at.path, lengths, stems) if finding.at.span is not None else ""
        if path:
            timed.setdefault(path, []).append(finding)
    made = []
    for path, findings in sorted(timed.items()):
        ends = [finding.at.span.end for finding in findings if finding.at.span]
        whole = Span(Fraction(0), max(lengths[path] or Fraction(0), *ends))
        made.append(Timeline(path, findings[0].at.title or path, tuple(findings), whole, loudness[path]))
    return made


def _medium_of(path: str, media: Collection[str], stems: Mapping[str, str]) -> str:
    """The medium whose time a file's times are: itself, or the one whose name a captions file carries; empty for none."""
    if path in media:
        return path
    stem = str(PurePosixPath(path).with_suffix(""))
    return stems.get(stem) or stems.get(stem.rpartition(".")[0], "")


def by_kind(report: Report) -> list[tuple[str, list[list[ReportedFinding]]]]:
    """Findings by kind, the gravest first, and within a kind by rule."""
    groups: dict[str, dict[str, list[ReportedFinding]]] = {kind: {} for kind in KINDS}
    for finding in report.findings:
        groups[kind_of(finding)].setdefault(finding.rule, []).append(finding)
    return [(kind, list(rules.values())) for kind, rules in groups.items() if rules]


def unlooked(report: Report) -> list[tuple[Text, list[ClauseResult]]]:
    """Clauses that no rule judged, by who must look at them; what is only context is nobody's."""
    waiting: dict[Text, list[ClauseResult]] = {}
    for clause in report.clauses:
        if clause.outcome is Outcome.UNTESTED and clause.looker != "nobody":
            waiting.setdefault(clause.looker_label, []).append(clause)
    return list(waiting.items())


def counts(report: Report) -> list[tuple[str, int, str]]:
    """What the verdict counts: name of its word, number, kind."""
    verdict = report.verdict
    return [
        ("errors", verdict.errors, "failed"), ("warnings", verdict.warnings, "warning"),
        ("cant_tell", verdict.cant_tell, "cantTell"), ("advice", verdict.advice, "advice"),
        ("untested", verdict.untested, "untested"),
    ]  # fmt: skip
