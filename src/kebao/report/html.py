"""The report as one HTML file that works from a USB stick: no script, no request, accessible, and it prints well."""

from __future__ import annotations

from typing import Any

from kebao.model.location import clock
from kebao.model.report import Report, ReportedFinding
from kebao.model.text import Language, Text
from kebao.report.arranging import (
    anchor,
    arranged_clauses,
    by_kind,
    counts,
    kind_of,
    label_of,
    timelines,
    unlooked,
)
from kebao.report.evidence_words import seen
from kebao.report.figures import drawn
from kebao.report.fragments import NO_FIGURES, figures, strip_of, style, template
from kebao.report.sources import Told, joined, sources_of
from kebao.report.words import SHOWN_ROLES, WORDS, judged_by
from kebao.text.measures import percent_shown


def render_html(report: Report, language: Language) -> str:
    """The whole page."""
    chosen = drawn(report.findings)
    return template("report.html.j2").render(
        report=report,
        language=language,
        say=lambda text: text.to(language),
        word=lambda name: WORDS[name].to(language),
        clauses=arranged_clauses(report),
        books=[(book, [c for c in report.clauses if c.rulebook == book.id]) for book in report.rulebooks],
        counts=counts(report),
        todo=_todo(report, language, chosen),
        strips=[(one.path, one.title, strip_of(one, language)) for one in timelines(report)],
        figures_of=lambda finding: figures(finding, language) if finding.fingerprint in chosen else NO_FIGURES,
        unlooked=[(label.to(language), clauses) for label, clauses in unlooked(report)],
        anchor=anchor,
        kind_of=kind_of,
        label_of=label_of,
        bar=_bar(report, language),
        clock=clock,
        percent=percent_shown,
        role=lambda row: SHOWN_ROLES[row.role].to(language),
        comma="、" if language == "zh" else ", ",
        pause="，" if language == "zh" else ", ",
        judged_by=judged_by(report.rulebooks, language),
        colon="：" if language == "zh" else ": ",
        style=style("charts.css", "report.css"),
    )


def _todo(
    report: Report, language: Language, chosen: frozenset[str]
) -> list[tuple[str, Text, int, list[dict[str, Any]]]]:
    """Findings by kind, what must be mended first: kind, its word, how many, and one card a rule; cards are numbered through."""
    groups, number, told = [], 1, sources_of(report, language)
    for kind, rules in by_kind(report):
        made = [_card(findings, place, language, chosen, told) for place, findings in enumerate(rules, start=number)]
        groups.append((kind, label_of(rules[0][0]), sum(map(len, rules)), made))
        number += len(rules)
    return groups


def _card(
    findings: list[ReportedFinding], number: int, language: Language, chosen: frozenset[str], told: dict[str, Told]
) -> dict[str, Any]:
    """What one rule found; the way to mend stands once where it is the same for all."""
    mends = list(dict.fromkeys(finding.mend.to(language) for finding in findings))
    return {
        "number": number,
        "first": findings[0],
        "findings": [(finding, seen(finding, language)) for finding in findings],
        "mend": mends[0] if len(mends) == 1 else "",
        "sources": joined(told.get(finding.fingerprint, ()) for finding in findings),
        "undrawn": any(one.fingerprint in chosen for one in findings)
        and not all(one.fingerprint in chosen for one in findings),
    }


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
