"""The report on a terminal: verdict, then clauses as a tree, then hours. Signs and words carry what colour repeats."""

from __future__ import annotations

from typing import IO

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line
from rich.tree import Tree

from kebao.model.finding import Curve
from kebao.model.location import clock
from kebao.model.outcome import Outcome
from kebao.model.report import ClauseResult, Report, ReportedFinding
from kebao.model.text import Language, Text
from kebao.report.figures import drawn
from kebao.report.sparks import Spark
from kebao.report.words import COLON, SHOWN_ROLES, WORDS
from kebao.report.wrapping import Folded
from kebao.text.measures import percent_shown

_COLOURS = {
    Outcome.FAILED: "red", Outcome.CANT_TELL: "yellow", Outcome.UNTESTED: "cyan", Outcome.PASSED: "green",
    Outcome.INAPPLICABLE: "dim",
}  # fmt: skip
_DRAWN_A_RULE = 2
"""Findings of one rule whose curves are printed."""
_VERDICTS = {"failed": ("✗", "red"), "review": ("?", "yellow"), "passed": ("✓", "green")}
_MEND = Text(zh="改法：{mend}", en="Mend: {mend}")
_CRASH = Text(
    zh="检查程序自身的错误：规则 {rule} 在“{subject}”上出错（{error}）；完整记录在 json 报告里，请转给维护人员。",
    en="Error of the checker itself: rule {rule} failed on “{subject}” ({error}); the json report keeps the whole trace.",
)
_UNLOOKED = Text(zh="未由软件检查的条款", en="Clauses that no software rule judges")
_LOOK = Text(zh="请{looker}看：{ids}", en="for {looker} to look at: {ids}")
_QUIET = Text(
    zh="另有 {n} 个条款符合或不适用，{m} 个条款只是说明。",
    en="{n} more clauses passed or do not apply; {m} are context only.",
)


class Terminal(Console):
    """A console that leaves a broken pipe to its caller instead of ending the process."""

    def on_broken_pipe(self) -> None:
        """Whoever read the report has left."""
        raise BrokenPipeError


def print_report(report: Report, language: Language, *, file: IO[str] | None = None) -> None:
    """Print to the terminal, or as plain text to a file."""
    console = Terminal(file=file, width=None if file is None else 100, highlight=False)
    console.print(_head(report, language))
    console.print(_tree(report, language))
    if report.summary.seconds:
        console.print(_hours(report, language))
    for note in report.notes:
        console.print(Folded(Line(f"· {note.to(language)}"), rest=2))
    for crash in report.crashes:
        last = (crash.trace.strip().splitlines() or [""])[-1]
        said = _CRASH.format(rule=crash.rule, subject=crash.subject, error=last).to(language)
        console.print(Folded(Line(f"! {said}"), rest=2))


def _head(report: Report, language: Language) -> Panel:
    mark, colour = _VERDICTS[report.verdict.word]
    summary = report.summary
    lines = [Folded(Line(f"{mark} {report.verdict.sentence.to(language)}", style=f"bold {colour}"), rest=2)]
    who = " · ".join(part for part in (summary.title, summary.supplier) if part)
    lines.append(Folded(Line(who or summary.name)))
    counts = Text(
        zh=f"{summary.files} 个文件，{summary.bytes / 1e6:.1f} MB，{clock(summary.seconds)}，{summary.hours} 学时",
        en=f"{summary.files} files, {summary.bytes / 1e6:.1f} MB, {clock(summary.seconds)}, {summary.hours} hours of 45 min",
    )
    lines.append(Folded(Line(counts.to(language), style="dim")))
    return Panel(Group(*lines), title="课包 Kebao", title_align="left", border_style=colour)


def _tree(report: Report, language: Language) -> Tree:
    tree = Tree(WORDS["clauses"].to(language))
    found = {finding.fingerprint: finding for finding in report.findings}
    chosen = drawn(report.findings, _DRAWN_A_RULE)
    quiet, context = 0, 0
    unlooked: dict[str, list[str]] = {}
    for clause in report.clauses:
        if clause.looker == "nobody" and not clause.rules:
            context += 1
        elif clause.outcome in (Outcome.PASSED, Outcome.INAPPLICABLE):
            quiet += 1
        elif not clause.rules:
            book = f" ({clause.rulebook})" if len(report.rulebooks) > 1 else ""
            unlooked.setdefault(f"{clause.looker_label.to(language)}{book}", []).append(clause.id)
        else:
            _branch(tree, clause, found, chosen, language)
    if unlooked:
        branch = tree.add(f"{Outcome.UNTESTED.mark} {_UNLOOKED.to(language)}")
        for looker, ids in unlooked.items():
            branch.add(Folded(Line(_LOOK.format(looker=looker, ids="  ".join(ids)).to(language)), rest=2))
    tree.add(Folded(Line(_QUIET.format(n=quiet, m=context).to(language), style="dim")))
    return tree


def _branch(
    tree: Tree,
    clause: ClauseResult,
    found: dict[str, ReportedFinding],
    chosen: frozenset[str],
    language: Language,
) -> None:
    words = clause.text.to(language)
    head = Line.assemble(
        (f"{clause.outcome.mark} {clause.outcome.label.to(language)} ", f"bold {_COLOURS[clause.outcome]}"),
        (f"{clause.rulebook} {clause.id} ", "bold"),
        (words if len(words) <= 60 else f"{words[:59]}…", "dim"),
    )
    branch = tree.add(Folded(head, rest=2))
    for result in clause.rules:
        if result.outcome is Outcome.UNTESTED and result.because:
            said = COLON.format(name=result.title, value=result.because)
            branch.add(Folded(Line(f"{result.outcome.mark} {said.to(language)}"), rest=2))
        for fingerprint in result.findings:
            branch.add(finding_lines(found[fingerprint], language, curves=fingerprint in chosen))


def finding_lines(finding: ReportedFinding, language: Language, *, curves: bool) -> Group:
    """A finding with its place, its mending and, if asked, its curves."""
    colour = (
        "yellow"
        if finding.outcome is Outcome.CANT_TELL
        else {"error": "red", "warning": "yellow"}.get(finding.severity, "blue")
    )
    label = (finding.outcome.label if finding.outcome is Outcome.CANT_TELL else finding.severity.label).to(language)
    place = f"@ {finding.at.words.to(language)}  ({finding.rule})"
    mend = _MEND.format(mend=finding.mend).to(language)
    return Group(
        Folded(Line.assemble((f"[{label}] ", f"bold {colour}"), finding.message.to(language)), rest=4),
        Folded(Line(place, style="dim"), first=4, rest=6),
        Folded(Line(mend), first=4, rest=6),
        *(Spark(item, language, indent=4) for item in finding.evidence if curves and isinstance(item, Curve)),
    )


def _hours(report: Report, language: Language) -> Table:
    table = Table(title=WORDS["hours"].to(language), title_justify="left")
    for name in ("role", "length", "credit", "share", "measured"):
        table.add_column(WORDS[name].to(language))
    for row in report.hours:
        table.add_row(
            SHOWN_ROLES[row.role].to(language),
            clock(row.seconds),
            str(row.hours),
            percent_shown(row.share),
            clock(row.measured_seconds),
        )
    return table
