"""The report as one HTML file that works from a USB stick: no script, no request, accessible, and it prints well."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from kebao.model.finding import Curve, Evidence, Listed, Measured, Quoted, Still
from kebao.model.location import Span, clock
from kebao.model.outcome import Outcome
from kebao.model.report import ClauseResult, Report, ReportedFinding
from kebao.model.text import Language, Text
from kebao.report.figures import drawn
from kebao.report.plots import plot, strip
from kebao.report.words import SHOWN_ROLES, WORDS, evidence_name, number, still_words
from kebao.text.measures import percent_shown

_KINDS = ("error", "warning", "cantTell", "advice")
"""Kinds of finding, the gravest first."""


def render_html(report: Report, language: Language) -> str:
    """The whole page."""
    found = {finding.fingerprint: finding for finding in report.findings}
    chosen = drawn(report.findings)
    return template("report.html.j2").render(
        report=report,
        language=language,
        say=lambda text: text.to(language),
        word=lambda name: WORDS[name].to(language),
        clauses=[_clause(clause, found) for clause in report.clauses],
        books=[(book, [c for c in report.clauses if c.rulebook == book.id]) for book in report.rulebooks],
        counts=_counts(report),
        todo=_todo(report, language, chosen),
        strips=_strips(report, language),
        figures_of=lambda finding: figures(finding, language) if finding.fingerprint in chosen else NO_FIGURES,
        unlooked=_unlooked(report, language),
        anchor=_anchor,
        kind_of=_kind,
        label_of=_label,
        bar=_bar(report, language),
        clock=clock,
        percent=percent_shown,
        role=lambda row: SHOWN_ROLES[row.role].to(language),
        comma="、" if language == "zh" else ", ",
        pause="，" if language == "zh" else ", ",
        semicolon="；" if language == "zh" else "; ",
        colon="：" if language == "zh" else ": ",
        style=style("report.css"),
    )


@cache
def template(name: str) -> Template:
    """One of the room's templates."""
    environment = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)


def style(*names: str) -> Markup:
    """Style sheets of the room, one after the other."""
    return Markup("".join(_read(name) for name in names))  # noqa: S704  our own files


def _read(name: str) -> str:
    return resources.files("kebao.report").joinpath("templates", name).read_text(encoding="utf-8")


NO_FIGURES: dict[str, Any] = {"curves": [], "stills": []}


def figures(finding: ReportedFinding, language: Language) -> dict[str, Any]:
    """What is drawn beside a finding: its curves, and its stills with their words."""
    return {
        "curves": [plot(item, language) for item in finding.evidence if isinstance(item, Curve)],
        "stills": [pictured(item, language) for item in finding.evidence if isinstance(item, Still)],
    }


def pictured(still: Still, language: Language) -> tuple[dict[str, Any], str]:
    """A still as the template shows it, and what it shows."""
    words = still_words(still.name, still.time).to(language)
    return {"jpeg": base64.b64encode(still.jpeg).decode(), "width": still.width, "height": still.height}, words


def _strips(report: Report, language: Language) -> list[tuple[str, str, dict[str, Any]]]:
    """Each medium with findings at a time: path, title, and its strip."""
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
        made.append((path, findings[0].at.title or path, strip(findings, whole, language, loudness[path])))
    return made


def _medium_of(path: str, media: Collection[str], stems: Mapping[str, str]) -> str:
    """The medium whose time a file's times are: itself, or the one whose name a captions file carries; empty for none."""
    if path in media:
        return path
    stem = str(PurePosixPath(path).with_suffix(""))
    return stems.get(stem) or stems.get(stem.rpartition(".")[0], "")


def _clause(clause: ClauseResult, found: dict[str, ReportedFinding]) -> dict[str, Any]:
    """A clause with its findings; `tone` is the gravest kind among them, where the clause failed."""
    findings = [found[fingerprint] for result in clause.rules for fingerprint in result.findings]
    kinds = {_kind(finding) for finding in findings}
    return {
        "clause": clause,
        "anchor": _anchor(clause.rulebook, clause.id),
        "found": _here(findings),
        "tone": next((kind for kind in _KINDS if kind in kinds), ""),
        "heading": not clause.rules and clause.looker == "nobody",
        "passed": [result for result in clause.rules if result.outcome is Outcome.PASSED],
        "untested": [result for result in clause.rules if result.outcome is Outcome.UNTESTED and result.because],
        "inapplicable": [result for result in clause.rules if result.outcome is Outcome.INAPPLICABLE],
    }


def _here(findings: list[ReportedFinding]) -> list[tuple[ReportedFinding, int]]:
    """The first finding of each rule below a clause, and how many there are."""
    counts = Counter(finding.rule for finding in findings)
    firsts = {finding.rule: finding for finding in reversed(findings)}
    return [(firsts[rule], count) for rule, count in counts.items()]


def _anchor(rulebook: str, clause: str) -> str:
    return f"{rulebook}-{clause}".replace("/", "-").replace("(", "-").replace(")", "")


def _kind(finding: ReportedFinding) -> str:
    return str(finding.severity) if finding.outcome is Outcome.FAILED else "cantTell"


def _label(finding: ReportedFinding) -> Text:
    return finding.severity.label if finding.outcome is Outcome.FAILED else finding.outcome.label


def _todo(
    report: Report, language: Language, chosen: frozenset[str]
) -> list[tuple[str, Text, int, list[dict[str, Any]]]]:
    """Findings by kind, what must be mended first: kind, its word, how many, and one card a rule; cards are numbered through."""
    groups, number = [], 1
    for kind in _KINDS:
        members = [finding for finding in report.findings if _kind(finding) == kind]
        cards: dict[str, list[ReportedFinding]] = {}
        for finding in members:
            cards.setdefault(finding.rule, []).append(finding)
        if cards:
            made = [_card(card, place, language, chosen) for place, card in enumerate(cards.values(), start=number)]
            groups.append((kind, _label(members[0]), len(members), made))
            number += len(cards)
    return groups


def _card(findings: list[ReportedFinding], number: int, language: Language, chosen: frozenset[str]) -> dict[str, Any]:
    """What one rule found; the way to mend stands once where it is the same for all."""
    mends = list(dict.fromkeys(finding.mend.to(language) for finding in findings))
    return {
        "number": number,
        "first": findings[0],
        "findings": [(finding, seen(finding, language)) for finding in findings],
        "mend": mends[0] if len(mends) == 1 else "",
        "undrawn": any(one.fingerprint in chosen for one in findings)
        and not all(one.fingerprint in chosen for one in findings),
    }


def _unlooked(report: Report, language: Language) -> list[tuple[str, list[ClauseResult]]]:
    """Clauses that no rule judged, by who must look at them; what is only context is nobody's."""
    waiting: dict[str, list[ClauseResult]] = {}
    for clause in report.clauses:
        if clause.outcome is Outcome.UNTESTED and clause.looker != "nobody":
            waiting.setdefault(clause.looker_label.to(language), []).append(clause)
    return list(waiting.items())


def _counts(report: Report) -> list[tuple[str, int, str]]:
    """Cards under the verdict: word, number, kind."""
    verdict = report.verdict
    return [
        ("errors", verdict.errors, "failed"), ("warnings", verdict.warnings, "warning"),
        ("cant_tell", verdict.cant_tell, "cantTell"), ("advice", verdict.advice, "advice"),
        ("untested", verdict.untested, "untested"),
    ]  # fmt: skip


def _bar(report: Report, language: Language) -> dict[str, Any]:
    """Geometry of the strip of hours: one rectangle a class, in per cent of the width."""
    parts, start = [], 0.0
    for index, row in enumerate(report.hours):
        width = float(row.share) * 100
        if width:
            parts.append(
                {
                    "x": f"{start:.3f}",
                    "width": f"{width:.3f}",
                    "role": SHOWN_ROLES[row.role].to(language),
                    "class": f"part{index}",
                    "percent": percent_shown(row.share),
                }
            )
        start += width
    spoken = Text(
        zh="，".join(f"{part['role']} {part['percent']}" for part in parts) or "没有时长",
        en=", ".join(f"{part['role']} {part['percent']}" for part in parts) or "no length",
    )
    return {"parts": parts, "spoken": spoken.to(language)}


def seen(finding: ReportedFinding, language: Language) -> str:
    """Evidence that says more than the message: what has a name of its own, or a limit."""
    told = (
        _evidence(item, language)
        for item in finding.evidence
        if not isinstance(item, Curve | Still)
        and (evidence_name(item.name, language) or (isinstance(item, Measured) and item.limit is not None))
    )
    return ("；" if language == "zh" else "; ").join(told)


def _evidence(item: Evidence, language: Language) -> str:
    match item:
        case Measured("share", value, limit):
            held = "" if limit is None else f"（{WORDS['limit'].to(language)} {percent_shown(Fraction(limit))}）"
            return f"{evidence_name('share', language)}{percent_shown(Fraction(value))}{held}"
        case Measured(name, value, limit, unit):
            held = (
                ""
                if limit is None
                else f"（{WORDS['limit'].to(language)} {number(limit)} {unit}）".replace(" ）", "）")
            )
            return f"{evidence_name(name, language)}{number(value)} {unit}".rstrip() + held
        case Quoted(name, text):
            return f"{evidence_name(name, language)}“{text}”"
        case Listed(name, items):
            return evidence_name(name, language) + "、".join(items)
        case Curve() | Still():
            return ""
