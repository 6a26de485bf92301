"""A finding and a clause as the page shows them, in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from kebao.model.finding import Curve, Still
from kebao.model.outcome import Outcome
from kebao.model.report import Report, ReportedFinding, RuleResult
from kebao.model.text import Language
from kebao.report.arranging import ArrangedClause, anchor, kind_of, label_of
from kebao.report.evidence_words import Seen, seen_of
from kebao.report.figures import drawn
from kebao.report.fragments import curve_html, still_html
from kebao.report.sources import Told, sources

MEANINGS = {"error": "bad", "warning": "warn", "cantTell": "ask", "advice": "tip"}
"""Kind of a finding → meaning of its tag."""
OUTCOME_MEANINGS = {Outcome.PASSED: "good", Outcome.CANT_TELL: "ask", Outcome.FAILED: "bad"}


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a finding can be seen: its time and where that begins, the player that seeks there, the address that plays from there without scripts."""

    time: str
    begins: str
    seconds: str
    player: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What `web/checks/parts/finding.html` shows.

    Attributes:
        seen: what was measured, and the limit.
        sources: where the limits come from, and in which language that is where it is not the reader's.
        clauses: (words, anchor) of each clause it falls under.
        moment: None without a time, or where nothing can be played.
        figures: curves and stills.
        ruling: what a person said of it; None where nobody has.
    """

    fingerprint: str
    rule: str
    label: str
    meaning: str
    title: str
    message: str
    mend: str
    why: str
    where: str
    seen: tuple[Seen, ...]
    sources: Told
    clauses: tuple[tuple[str, str], ...]
    moment: Moment | None
    figures: tuple[SafeString, ...]
    ruling: Any = None


@dataclass(frozen=True, slots=True)
class ShownClause:
    """What `web/checks/parts/clause.html` shows.

    Attributes:
        findings: those told here in full: a finding of several clauses stands below the first of them.
        elsewhere: findings told below an earlier clause: (title, fingerprint).
        more: how many of the same rules are not on the page.
        waiver: what a person said of the clause; None where nobody has.
    """

    rulebook: str
    id: str
    anchor: str
    words: str
    outcome: str
    mark: str
    meaning: str
    tone: str
    binding: str
    is_heading: bool
    looker: str
    findings: tuple[ShownFinding, ...]
    elsewhere: tuple[tuple[str, str], ...]
    more: int
    passed: tuple[str, ...]
    untested: tuple[tuple[str, str], ...]
    inapplicable: tuple[str, ...]
    waiver: Any = None


@dataclass(slots=True)
class Showing:
    """What the findings of one page have in common.

    Attributes:
        report: whose findings they are.
        language: the reader's.
        moments: where a finding can be seen, by fingerprint.
        rulings: what people said, by fingerprint.
        waivers: what people said of clauses, by (rulebook, clause).
    """

    report: Report
    language: Language
    moments: Mapping[str, Moment]
    rulings: Mapping[str, Any] = field(default_factory=dict)
    waivers: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    drawn: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.drawn = drawn(self.report.findings)


MOST_OF_A_RULE = 50
"""Findings of one rule on the page; the downloads hold all."""


def shown_clause(arranged: ArrangedClause, how: Showing) -> ShownClause:
    """A clause with the findings that were told below none before."""
    clause, language = arranged.clause, how.language
    fresh = [finding for finding in arranged.findings if finding.fingerprint not in how.told]
    here = _first_of_each_rule(fresh)
    elsewhere = [(f.title.to(language), f.fingerprint) for f in arranged.findings if f.fingerprint in how.told]
    how.told.update(finding.fingerprint for finding in fresh)
    results = {fingerprint: result for result in clause.rules for fingerprint in result.findings}
    failed = clause.outcome is Outcome.FAILED and arranged.tone
    meaning = MEANINGS[arranged.tone] if failed else OUTCOME_MEANINGS.get(clause.outcome, "quiet")
    return ShownClause(
        rulebook=clause.rulebook,
        id=clause.id,
        anchor=arranged.anchor,
        words=clause.text.to(language),
        outcome=clause.outcome.label.to(language),
        mark=clause.outcome.mark,
        meaning=meaning,
        tone=arranged.tone if failed else str(clause.outcome),
        binding=clause.binding_label.to(language) if clause.binding == "principle" else "",
        is_heading=arranged.is_heading,
        looker="" if clause.rules else clause.looker_label.to(language),
        findings=tuple(shown_finding(one, results[one.fingerprint], how) for one in here),
        elsewhere=tuple(elsewhere[:MOST_OF_A_RULE]),
        more=len(fresh) - len(here) + max(0, len(elsewhere) - MOST_OF_A_RULE),
        passed=tuple(result.title.to(language) for result in arranged.passed),
        untested=tuple((r.title.to(language), r.because.to(language)) for r in arranged.untested if r.because),
        inapplicable=tuple(result.title.to(language) for result in arranged.inapplicable),
        waiver=how.waivers.get((clause.rulebook, clause.id)),
    )


def _first_of_each_rule(findings: Sequence[ReportedFinding]) -> list[ReportedFinding]:
    """The first `MOST_OF_A_RULE` of each rule, in their order."""
    counted: Counter[str] = Counter()
    chosen = []
    for finding in findings:
        counted[finding.rule] += 1
        if counted[finding.rule] <= MOST_OF_A_RULE:
            chosen.append(finding)
    return chosen


def shown_finding(finding: ReportedFinding, result: RuleResult, how: Showing) -> ShownFinding:
    """The finding in words, with what is drawn of it."""
    language, books = how.language, {book.id: book.title for book in how.report.rulebooks}
    return ShownFinding(
        fingerprint=finding.fingerprint,
        rule=finding.rule,
        label=label_of(finding).to(language),
        meaning=MEANINGS[kind_of(finding)],
        title=finding.title.to(language),
        message=finding.message.to(language),
        mend=finding.mend.to(language),
        why=finding.rationale.to(language),
        where=finding.at.words.to(language),
        seen=tuple(seen_of(finding, language)),
        sources=sources(finding, result, language),
        clauses=tuple(
            (f"{books[book].to(language)} {clause}", anchor(book, clause)) for book, clause in finding.clauses
        ),
        moment=how.moments.get(finding.fingerprint),
        figures=figures_of(finding, language, "f") if finding.fingerprint in how.drawn else (),
        ruling=how.rulings.get(finding.fingerprint),
    )


def figures_of(
    finding: ReportedFinding, language: Language, prefix: str, *, stills: bool = True
) -> tuple[SafeString, ...]:
    """Its curves and stills, drawn by kebao's own templates, which escape; `prefix` keeps ids apart on one page."""
    made = []
    for place, item in enumerate(finding.evidence):
        if isinstance(item, Curve):
            made.append(SafeString(curve_html(item, f"{prefix}-{finding.fingerprint}-{place}", language)))
        elif isinstance(item, Still) and stills:
            made.append(SafeString(still_html(item, language)))
    return tuple(made)
