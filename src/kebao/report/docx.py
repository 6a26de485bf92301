"""The report as .docx, for the file and for mail: verdict, what to mend, then clause by clause, hours, files."""

from __future__ import annotations

from pathlib import Path

from kebao.documents.docx import Paper
from kebao.model.finding import Curve, Still
from kebao.model.location import clock
from kebao.model.outcome import Outcome
from kebao.model.report import ClauseResult, Report, ReportedFinding
from kebao.model.text import Language, Text
from kebao.report.curves import spoken, title
from kebao.report.drawing import curve_png
from kebao.report.figures import drawn
from kebao.report.sources import Told, sources_of
from kebao.report.words import COLON, SHOWN_ROLES, WORDS, judged_by, still_words
from kebao.text.measures import percent_shown

_DRAWN_A_RULE = 3
"""Findings of one rule that are drawn: paper is longer than a screen."""
_LENGTH = Text(zh="{clock}，{hours} 学时", en="{clock}, {hours} hours of 45 min")


def write_docx(report: Report, path: Path, language: Language) -> None:
    """Write the report."""
    summary = report.summary
    name = summary.title or summary.name or _say("unnamed", language)
    paper = Paper(_told("report", name, language), body_points=11)
    paper.title(_say("report", language))
    paper.table(
        (_say("course", language), name),
        (
            (_say("supplier", language), summary.supplier or _say("unnamed", language)),
            (_say("name", language), summary.name or _say("unnamed", language)),
            (_say("length", language), _LENGTH.format(clock=clock(summary.seconds), hours=summary.hours).to(language)),
            (_say("package_digest", language), summary.digest or "—"),
        ),
        (4, 12.6),
    )
    paper.heading(_say("verdict", language))
    paper.paragraph(report.verdict.sentence.to(language), bold=True)
    found = {finding.fingerprint: finding for finding in report.findings}
    paper.heading(_say("to_mend", language))
    if not report.findings:
        paper.paragraph(_say("nothing", language))
    chosen = drawn(report.findings, _DRAWN_A_RULE)
    told = sources_of(report, language)
    for number, finding in enumerate(report.findings, start=1):
        _finding(paper, number, finding, told.get(finding.fingerprint, ()), language)
        if finding.fingerprint in chosen:
            _figures(paper, finding, language)
    paper.heading(_say("clauses", language))
    numbers = {finding.fingerprint: number for number, finding in enumerate(report.findings, start=1)}
    for book in report.rulebooks:
        paper.heading(book.title.to(language), 2)
        rows = [_clause(clause, found, numbers, language) for clause in report.clauses if clause.rulebook == book.id]
        paper.table(
            (_say("clause", language), _say("verdict", language), _say("seen", language)), rows, (2.4, 2.8, 11.4)
        )
    _tables(paper, report, language)
    paper.save(path)


def _finding(paper: Paper, number: int, finding: ReportedFinding, sources: Told, language: Language) -> None:
    label = (finding.severity.label if finding.outcome is Outcome.FAILED else finding.outcome.label).to(language)
    clauses = ("、" if language == "zh" else ", ").join(f"{book} {clause}" for book, clause in finding.clauses)
    paper.paragraph(f"{number}. [{label}] {finding.message.to(language)}", bold=True)
    paper.paragraph(_told("where", finding.at.words.to(language), language))
    paper.paragraph(_told("mend", finding.mend.to(language), language))
    paper.paragraph(_told("clause", f"{clauses} ({finding.rule})", language))
    for words, _ in sources:
        paper.paragraph(_told("limit_source", words, language))


def _figures(paper: Paper, finding: ReportedFinding, language: Language) -> None:
    """Curves as small pictures with their numbers in a sentence; stills with what they show."""
    for item in finding.evidence:
        if isinstance(item, Curve):
            words = COLON.format(name=title(item, language), value=spoken(item, language)).to(language)
            paper.picture(curve_png(item), 15, words)
            paper.paragraph(words, centred=True)
        elif isinstance(item, Still):
            words = still_words(item.name, item.time).to(language)
            paper.picture(item.jpeg, 7, words)
            paper.paragraph(words, centred=True)


def _clause(
    clause: ClauseResult, found: dict[str, ReportedFinding], numbers: dict[str, int], language: Language
) -> tuple[str, str, str]:
    words = [clause.text.to(language)]
    for result in clause.rules:
        words += [f"→ {numbers[fp]}. {found[fp].message.to(language)}" for fp in result.findings]
        if result.outcome is Outcome.UNTESTED and result.because:
            said = COLON.format(name=result.title, value=result.because)
            words.append(f"{Outcome.UNTESTED.mark} {said.to(language)}")
    if not clause.rules and clause.looker != "nobody":
        words.append(_told("please", clause.looker_label.to(language), language))
    heading = not clause.rules and clause.looker == "nobody"
    outcome = clause.binding_label if heading else clause.outcome.label
    mark = "" if heading else f"{clause.outcome.mark} "
    return clause.id, f"{mark}{outcome.to(language)}", "\n".join(words)


def _tables(paper: Paper, report: Report, language: Language) -> None:
    if report.hours:
        paper.heading(_say("hours", language))
        heads = [_say(name, language) for name in ("role", "length", "credit", "share", "measured")]
        rows = [
            (SHOWN_ROLES[row.role].to(language), clock(row.seconds), str(row.hours), percent_shown(row.share), clock(row.measured_seconds))
            for row in report.hours
        ]  # fmt: skip
        paper.table(heads, rows)
    if report.coverage:
        paper.heading(_say("coverage", language))
        heads = [_say(name, language) for name in ("lesson", "named", "matched")]
        paper.table(heads, [(row.lesson, str(row.named), str(row.matched)) for row in report.coverage], (9, 3.6, 4))
    paper.heading(_say("files", language))
    heads = [_say(name, language) for name in ("path", "size", "facts")]
    rows3 = [
        (file.path, f"{file.bytes:,}", file.facts.to(language) if file.facts else file.kind) for file in report.files
    ]
    paper.table(heads, rows3, (8, 2.6, 6))
    paper.paragraph(judged_by(report.rulebooks, language))
    paper.paragraph(f"{_say('product', language)} {report.version}")


def _say(name: str, language: Language) -> str:
    return WORDS[name].to(language)


def _told(name: str, value: str, language: Language) -> str:
    return COLON.format(name=WORDS[name], value=value).to(language)
