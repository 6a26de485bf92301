"""One check: its verdict and counts first, then clause by clause, and each medium with its findings along its time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kebao.model.report import Report
from kebao.report.arranging import anchor, arranged_clauses, unlooked
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import checked_media_of, earlier_of, media_done, report_of
from ketang.web.checks.asked import asked_check
from ketang.web.checks.ruling import shown_rulings
from ketang.web.checks.shown import Showing, shown_clause
from ketang.web.checks.summing_up import compared, tasks, verdict_of
from ketang.web.checks.watching import moments_of, shown_media
from ketang.web.language import kebao_language


@require_safe
def check(request: HttpRequest, uuid: str) -> HttpResponse:
    """The report as far as there is one. The page renews itself until the check is over."""
    found = asked_check(request, uuid)
    report = report_of(found)
    of = found.version.submission if found.version is not None else found.draft_of
    title = of.title if of is not None else found.name
    page: dict[str, Any] = {"check": found, "title": title, "done": media_done(found)}
    if report is not None:
        page |= _report(request, found, report)
    return render(request, "web/checks/check.html", page)


@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """How far it has come, for the page's script."""
    found = asked_check(request, uuid)
    return JsonResponse(
        {"over": found.is_over, "state": found.get_state_display(), "media": found.media, "done": media_done(found)}
    )


def _report(request: HttpRequest, check: Check, report: Report) -> dict[str, Any]:
    language = kebao_language()
    media = shown_media(check, report, checked_media_of(check), language)
    rulings = shown_rulings(request, check, report, language)
    how = Showing(report, language, moments_of(media), rulings.findings, rulings.clauses)
    clauses = [shown_clause(arranged, how) for arranged in arranged_clauses(report)]
    earlier = earlier_of(check)
    before = report_of(earlier) if earlier is not None else None
    return {
        "verdict": verdict_of(report, language),
        "rulings": rulings,
        "tasks": tasks(report, language),
        "compared": compared(earlier, before, report, language) if earlier is not None and before is not None else None,
        "books": [
            (book.title.to(language), [c for c in clauses if c.rulebook == book.id]) for book in report.rulebooks
        ],
        "media": media,
        "plays": any(medium.player for medium in media),
        "people": [
            (label.to(language), [(clause.id, anchor(clause.rulebook, clause.id)) for clause in waiting])
            for label, waiting in unlooked(report)
        ],
        "notes": [note.to(language) for note in report.notes],
    }
