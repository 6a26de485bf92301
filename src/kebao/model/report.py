"""The report: what was judged, clause by clause. Immutable; `kebao.report/2` is its JSON.

It holds no time of making and no path of a machine: the same package under the same rulebooks gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from kebao.model.finding import Curve, Evidence
from kebao.model.location import Location
from kebao.model.outcome import Outcome, Severity
from kebao.model.text import Text

SCHEMA = "kebao.report/2"


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding as reported.

    `fingerprint` (16 hex digits) stays the same in the package's next version as long as the fault stays where it is.
    `clauses` are `(rulebook id, clause id)` pairs.
    """

    fingerprint: str
    rule: str
    clauses: tuple[tuple[str, str], ...]
    severity: Severity
    outcome: Outcome
    at: Location
    title: Text
    message: Text
    mend: Text
    rationale: Text
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule said under one clause: how many subjects it judged, and why it did not, if it did not.

    `findings` are fingerprints. `limits` are `(name, value, where it comes from)`.
    """

    rule: str
    title: Text
    severity: Severity
    outcome: Outcome
    judged: int
    findings: tuple[str, ...]
    because: Text | None = None
    limits: tuple[tuple[str, float | int | str | tuple[str, ...], Text], ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """One clause with its own words and what came of it. `looker` says who must look where no rule can."""

    rulebook: str
    id: str
    text: Text
    binding: str
    binding_label: Text
    looker: str
    looker_label: Text
    outcome: Outcome
    rules: tuple[RuleResult, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class ReportedFile:
    """One file: size in bytes, SHA-256 (empty when not computed), what it is, and its facts as words.

    `loudness` is drawn behind the findings on the strip of a medium; None for the others.
    """

    path: str
    bytes: int
    sha256: str
    kind: str
    seconds: Fraction | None = None
    facts: Text | None = None
    loudness: Curve | None = None


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Hours of one class of content: exact seconds, share of the whole, and whether measured or declared."""

    role: str
    seconds: Fraction
    measured_seconds: Fraction
    share: Fraction
    hours: Decimal


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One lesson and how many questions test it: named by the paper, or matched by a machine."""

    lesson: str
    named: int
    matched: int


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that failed on a subject: our fault, not the package's. `trace` is the end of the traceback."""

    rule: str
    subject: str
    trace: str


@dataclass(frozen=True, slots=True)
class UsedRulebook:
    """A rulebook as it was when it judged."""

    id: str
    title: Text
    edition: str
    source: Text
    digest: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Head of a report: what was checked. `digest` is the SHA-256 over all files (empty when not computed)."""

    title: str
    supplier: str
    name: str
    kind: str
    digest: str
    files: int
    bytes: int
    seconds: Fraction
    hours: Decimal


VerdictWord = Literal["failed", "review", "passed"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer in one word, and what it counts.

    `failed` 不符合: at least one clause of severity error failed. `review` 待复核: none did, but warnings, `cantTell` or
    `untested` clauses remain. `passed` 符合: nothing remains. Advice never changes the word.
    """

    word: VerdictWord
    errors: int
    warnings: int
    advice: int
    cant_tell: int
    untested: int

    @classmethod
    def counted(cls, *, errors: int, warnings: int, advice: int, cant_tell: int, untested: int) -> Verdict:
        """The verdict that these counts give."""
        word: VerdictWord = "failed" if errors else "review" if warnings or cant_tell or untested else "passed"
        return cls(word, errors, warnings, advice, cant_tell, untested)

    @property
    def label(self) -> Text:
        """The word that stands on screen."""
        return {
            "failed": Text(zh="不符合", en="Does not conform"),
            "review": Text(zh="待复核", en="To be reviewed"),
            "passed": Text(zh="符合", en="Conforms"),
        }[self.word]

    @property
    def sentence(self) -> Text:
        """The verdict in one sentence with its counts."""
        return Text(zh=f"{self.label.zh}：{self.counts.zh}", en=f"{self.label.en}: {self.counts.en}")

    @property
    def counts(self) -> Text:
        """What there is to do, counted."""
        zh = [f"{self.errors} 处必须改" if self.errors else "没有必须改的问题"]
        en = [f"{self.errors} to be mended" if self.errors else "nothing that must be mended"]
        for count, zh_word, one, several in (
            (self.warnings, "处一般应改", "that should be mended", "that should be mended"),
            (self.cant_tell, "处需人工判断", "for a person to look at", "for a person to look at"),
            (self.advice, "条建议", "piece of advice", "pieces of advice"),
            (self.untested, "个条款未由软件检查", "clause not tested by software", "clauses not tested by software"),
        ):
            if count:
                zh.append(f"{count} {zh_word}")
                en.append(f"{count} {one if count == 1 else several}")
        return Text(zh=f"{'，'.join(zh)}。", en=f"{', '.join(en)}.")


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report."""

    version: str
    summary: Summary
    verdict: Verdict
    rulebooks: tuple[UsedRulebook, ...]
    clauses: tuple[ClauseResult, ...]
    findings: tuple[ReportedFinding, ...]
    files: tuple[ReportedFile, ...]
    hours: tuple[HoursRow, ...]
    coverage: tuple[CoverageRow, ...]
    losses: tuple[str, ...]
    notes: tuple[Text, ...]
    crashes: tuple[Crash, ...]

    def finding(self, fingerprint: str) -> ReportedFinding:
        """The finding of that fingerprint.

        Raises:
            KeyError: there is none.
        """
        for finding in self.findings:
            if finding.fingerprint == fingerprint:
                return finding
        raise KeyError(fingerprint)
