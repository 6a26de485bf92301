"""The report on a terminal: verdict, then clauses as a tree, then hours. Signs and words carry what colour repeats."""

from __future__ import annotations

from typing import IO

from rich.console import Console, Group
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line
from rich.tree import Tree

from kebao.model.location import clock
from kebao.model.outcome import Outcome
from kebao.model.report import ClauseResult, Report, ReportedFinding
from kebao.model.text import Language, Text
from kebao.text.measures import percent_shown

_COLOURS = {
    Outcome.FAILED: "red", Outcome.CANT_TELL: "yellow", Outcome.UNTESTED: "cyan", Outcome.PASSED: "green",
    Outcome.INAPPLICABLE: "dim",
}  # fmt: skip
_VERDICTS = {"failed": ("✗", "red"), "review": ("?", "yellow"), "passed": ("✓", "green")}
_CLAUSES = Text(zh="逐条结果", en="Clause by clause")
_HOURS = Text(zh="学时", en="Hours")
_UNLOOKED = Text(zh="未由软件检查的条款", en="Clauses that no software rule judges")
_LOOK = Text(zh="请{looker}看：{ids}", en="for {looker} to look at: {ids}")
_QUIET = Text(
    zh="另有 {n} 个条款符合或不适用，{m} 个条款只是说明。",
    en="{n} more clauses passed or do not apply; {m} are context only.",
)


def print_report(report: Report, language: Language, *, file: IO[str] | None = None) -> None:
    """Print to the terminal, or as plain text to a file."""
    console = Console(file=file, width=None if file is None else 100, highlight=False)
    console.print(_head(report, language))
    console.print(_tree(report, language))
    if report.summary.seconds:
        console.print(_hours(report, language))
    for note in report.notes:
        console.print(f"· {escape(note.to(language))}")
    for crash in report.crashes:
        console.print(Line(f"! {crash.rule} @ {crash.subject}\n{crash.trace}", style="dim"))


def _head(report: Report, language: Language) -> Panel:
    mark, colour = _VERDICTS[report.verdict.word]
    summary = report.summary
    lines = [Line(f"{mark} {report.verdict.sentence.to(language)}", style=f"bold {colour}")]
    who = " · ".join(part for part in (summary.title, summary.supplier) if part)
    lines.append(Line(who or summary.name))
    counts = Text(
        zh=f"{summary.files} 个文件，{summary.bytes / 1e6:.1f} MB，{clock(summary.seconds)}，{summary.hours} 学时",
        en=f"{summary.files} files, {summary.bytes / 1e6:.1f} MB, {clock(summary.seconds)}, {summary.hours} hours of 45 min",
    )
    lines.append(Line(counts.to(language), style="dim"))
    return Panel(Group(*lines), title="课包 Kebao", title_align="left", border_style=colour)


def _tree(report: Report, language: Language) -> Tree:
    tree = Tree(_CLAUSES.to(language))
    found = {finding.fingerprint: finding for finding in report.findings}
    quiet, context = 0, 0
    unlooked: dict[str, list[str]] = {}
    for clause in report.clauses:
        if clause.looker == "nobody" and not clause.rules:
            context += 1
        elif clause.outcome in (Outcome.PASSED, Outcome.INAPPLICABLE):
            quiet += 1
        elif not clause.rules:
            unlooked.setdefault(clause.looker_label.to(language), []).append(clause.id)
        else:
            _branch(tree, clause, found, language)
    if unlooked:
        branch = tree.add(f"{Outcome.UNTESTED.mark} {_UNLOOKED.to(language)}")
        for looker, ids in unlooked.items():
            branch.add(Line(_LOOK.format(looker=looker, ids="  ".join(ids)).to(language)))
    tree.add(Line(_QUIET.format(n=quiet, m=context).to(language), style="dim"))
    return tree


def _branch(tree: Tree, clause: ClauseResult, found: dict[str, ReportedFinding], language: Language) -> None:
    words = clause.text.to(language)
    head = Line.assemble(
        (f"{clause.outcome.mark} {clause.outcome.label.to(language)} ", f"bold {_COLOURS[clause.outcome]}"),
        (f"{clause.rulebook} {clause.id} ", "bold"),
        (words if len(words) <= 60 else f"{words[:59]}…", "dim"),
    )
    branch = tree.add(head)
    if not clause.rules:
        branch.add(
            Text(zh=f"请{clause.looker_label.zh}查看", en=f"for {clause.looker_label.en} to look at").to(language)
        )
    for result in clause.rules:
        if result.outcome is Outcome.UNTESTED and result.because:
            branch.add(
                f"{result.outcome.mark} {escape(result.title.to(language))}：{escape(result.because.to(language))}"
            )
        for fingerprint in result.findings:
            branch.add(_finding(found[fingerprint], language))


def _finding(finding: ReportedFinding, language: Language) -> Line:
    colour = (
        "yellow"
        if finding.outcome is Outcome.CANT_TELL
        else {"error": "red", "warning": "yellow"}.get(finding.severity, "blue")
    )
    label = (finding.outcome.label if finding.outcome is Outcome.CANT_TELL else finding.severity.label).to(language)
    mend = Text(zh="改法", en="Mend").to(language)
    return Line.assemble(
        (f"[{label}] ", f"bold {colour}"),
        f"{finding.message.to(language)}\n",
        (f"    @ {finding.at.words.to(language)}  ({finding.rule})\n", "dim"),
        f"    {mend}: {finding.mend.to(language)}",
    )


def _hours(report: Report, language: Language) -> Table:
    table = Table(title=_HOURS.to(language), title_justify="left")
    for heading in (
        Text(zh="类别", en="Class"), Text(zh="时长", en="Length"), Text(zh="学时", en="Hours"), Text(zh="占比", en="Share"),
        Text(zh="其中实测", en="Measured"),
    ):  # fmt: skip
        table.add_column(heading.to(language))
    for row in report.hours:
        table.add_row(
            row.role, clock(row.seconds), str(row.hours), percent_shown(row.share), clock(row.measured_seconds)
        )
    return table
