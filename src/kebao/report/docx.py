"""The report as .docx, for the file and for mail: verdict, what to mend, then clause by clause, hours, files."""

from __future__ import annotations

from pathlib import Path

from kebao.documents.docx import Paper
from kebao.model.location import clock
from kebao.model.outcome import Outcome
from kebao.model.report import ClauseResult, Report, ReportedFinding
from kebao.model.text import Language
from kebao.report.words import SHOWN_ROLES, WORDS
from kebao.text.measures import percent_shown


def write_docx(report: Report, path: Path, language: Language) -> None:
    """Write the report."""
    summary = report.summary
    name = summary.title or summary.name or _say("unnamed", language)
    paper = Paper(f"{_say('report', language)}：{name}", body_points=11)
    paper.title(_say("report", language))
    paper.table(
        (_say("course", language), name),
        (
            (_say("supplier", language), summary.supplier or _say("unnamed", language)),
            (_say("name", language), summary.name or _say("unnamed", language)),
            (_say("length", language), f"{clock(summary.seconds)}，{summary.hours} {_say('credit', language)}"),
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
    for number, finding in enumerate(report.findings, start=1):
        _finding(paper, number, finding, language)
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


def _finding(paper: Paper, number: int, finding: ReportedFinding, language: Language) -> None:
    label = (finding.severity.label if finding.outcome is Outcome.FAILED else finding.outcome.label).to(language)
    clauses = "、".join(f"{book} {clause}" for book, clause in finding.clauses)
    paper.paragraph(f"{number}. [{label}] {finding.message.to(language)}", bold=True)
    paper.paragraph(f"{_say('where', language)}：{finding.at.words.to(language)}")
    paper.paragraph(f"{_say('mend', language)}：{finding.mend.to(language)}")
    paper.paragraph(f"{_say('clause', language)}：{clauses}（{finding.rule}）")


def _clause(
    clause: ClauseResult, found: dict[str, ReportedFinding], numbers: dict[str, int], language: Language
) -> tuple[str, str, str]:
    words = [clause.text.to(language)]
    for result in clause.rules:
        words += [f"→ {numbers[fp]}. {found[fp].message.to(language)}" for fp in result.findings]
        if result.outcome is Outcome.UNTESTED and result.because:
            words.append(f"… {result.title.to(language)}：{result.because.to(language)}")
    if not clause.rules and clause.looker != "nobody":
        words.append(f"{_say('please', language)}：{clause.looker_label.to(language)}")
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
    sources = "；".join(f"{book.id}（{book.source}）" for book in report.rulebooks)
    paper.paragraph(f"{_say('made_by', language)}：{sources}。{_say('product', language)} {report.version}")


def _say(name: str, language: Language) -> str:
    return WORDS[name].to(language)
