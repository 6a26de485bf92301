"""What the machine found against A1–A5, for the expert: measured values, curves and spans; never a mark of quality."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from kebao.model.location import clock
from kebao.model.report import Report
from kebao.report.arranging import arranged_clauses, kind_of, timelines
from kebao.report.fragments import seconds, strip_html, strip_of
from kebao.report.plots import Marker
from ketang.selection.assigning.models import Assignment
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import latest_check, report_of
from ketang.selection.ruling.effective import ruled
from ketang.selection.ruling.models import RulingKind
from ketang.selection.ruling.queries import standing_rulings
from ketang.selection.scoring.blinding import Blinder
from ketang.selection.scoring.models import BlindPart
from ketang.selection.scoring.viewing import Mark
from ketang.web.checks.ruling import blind_rulings
from ketang.web.checks.shown import Moment, Showing, shown_clause
from ketang.web.checks.watching import ShownMedium, table_row
from ketang.web.expert.asked import blind, looked_at
from ketang.web.language import kebao_language

BOOKS = "tianjin/"
"""Rulebooks of the call itself, whatever edition."""
WEIGHTS = {"error": 3, "cantTell": 2, "warning": 1, "advice": 0}


@login_required
@require_safe
def findings(request: HttpRequest, uuid: str) -> HttpResponse:
    """Clause by clause, and each medium with its findings along its time."""
    assignment, copy = looked_at(request, uuid)
    check, report = checked(assignment)
    shown: dict[str, Any] = {"assignment": assignment, "check": check}
    if copy is not None and copy.is_made and check is not None and report is not None:
        parts = list(copy.parts.defer("text", "transcript"))
        media = _media(assignment, report, parts)
        moments = {row.fingerprint: row.moment for medium in media for row in medium.rows if row.moment is not None}
        blinder = Blinder(copy.masks)
        said = blind_rulings(check, report, lambda words: blinder.text(words) != words)
        how = Showing(report, kebao_language(), moments, said.findings, said.clauses)
        clauses = [
            shown_clause(arranged, how)
            for arranged in arranged_clauses(report)
            if is_technical(arranged.clause.rulebook, arranged.clause.id)
        ]
        shown |= {"clauses": clauses, "media": media}
    return blind(request, "web/expert/findings.html", copy, shown)


def is_technical(rulebook: str, clause: str) -> bool:
    """Whether it is a clause of the specification (Annex 1, A1–A5), which is what experts see of a check."""
    return rulebook.startswith(BOOKS) and clause.startswith("A")


def checked(assignment: Assignment) -> tuple[Check | None, Report | None]:
    """The newest check of what was assigned, and its report."""
    check = latest_check(assignment.version)
    return check, report_of(check) if check is not None else None


def marks_of(assignment: Assignment, parts: Sequence[BlindPart]) -> list[Mark]:
    """Where something was found in the parts, for the viewing plan; what the office ruled to be no fault is left out."""
    check, report = checked(assignment)
    if check is None or report is None:
        return []
    numbers = {part.path: part.number for part in parts if part.path}
    said = ruled(check, report, standing_rulings(assignment.submission)).findings
    language = kebao_language()
    found = []
    for finding in report.findings:
        span, number, ruling = finding.at.span, numbers.get(finding.at.path[:1000]), said.get(finding.fingerprint)
        if span is None or number is None or (ruling is not None and ruling.kind == RulingKind.DISMISS):
            continue
        if any(is_technical(*place) for place in finding.clauses):
            weight = WEIGHTS[kind_of(finding)]
            found.append(Mark(number, float(span.start), float(span.end), weight, finding.title.to(language)))
    return found


def _media(assignment: Assignment, report: Report, parts: Sequence[BlindPart]) -> list[ShownMedium]:
    """Media with findings, under the names of the copy; their times open the part's page there."""
    language, known = kebao_language(), {part.path: part for part in parts if part.path}
    made = []
    for number, timeline in enumerate(timelines(report), start=1):
        part = known.get(timeline.path[:1000])
        if part is None:
            continue
        identity, strip = f"medium-{number}", strip_of(timeline, language)
        address = reverse("review-part", args=[assignment.uuid, part.number])
        rows = tuple(table_row(marker, _moment(marker, address), language) for marker in strip["markers"])
        title = f"{part.number}. {part.title}"
        made.append(
            ShownMedium(
                id=identity, title=title, path=title, strip=SafeString(strip_html(strip, f"{identity}-strip", title)),
                player=SafeString(""), address=address, format="", rows=rows, figures=(), more=strip["more"],
            )
        )  # fmt: skip
    return made


def _moment(marker: Marker, address: str) -> Moment:
    span = marker.finding.at.span
    assert span is not None  # noqa: S101 - markers stand at a time
    start = seconds(span.start)
    return Moment(str(span), clock(span.start), start, "", f"{address}?from={int(span.start)}#lesson")
