"""One check: its verdict and counts first, what is wrong and how to mend it, and the whole report."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kebao.model.outcome import Outcome, Severity
from kebao.model.report import Report
from kebao.model.text import Language
from kebao.report.html import render_html
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import media_done, report_of
from ketang.selection.intake.permissions import may_see_submission
from ketang.web.checks.shown import ShownFinding, shown
from ketang.web.uploads.owner import owner_of

REPORT_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
}
"""kebao's report brings its style and pictures within itself and has no script: nothing else may load."""
SHOWN = 200
"""Most findings on the page; the whole report has all."""


@require_safe
def check(request: HttpRequest, uuid: str) -> HttpResponse:
    """Verdict, counts, findings by severity. It renews itself until the check is over."""
    found = _seen(request, uuid)
    report = report_of(found)
    title = found.version.submission.title if found.version is not None else found.name
    page: dict[str, Any] = {"check": found, "title": title, "done": media_done(found)}
    if report is not None:
        language = _language()
        page |= {
            "sentence": report.verdict.sentence.to(language),
            "groups": _groups(report, language),
            "total": len(report.findings),
        }
    return render(request, "web/checks/check.html", page)


@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """How far it has come, for the page's script."""
    found = _seen(request, uuid)
    return JsonResponse(
        {"over": found.is_over, "state": found.get_state_display(), "media": found.media, "done": media_done(found)}
    )


@require_safe
@csp(REPORT_POLICY)  # type: ignore[arg-type]  # its stub knows no views with arguments
def report(request: HttpRequest, uuid: str) -> HttpResponse:
    """The whole report as kebao writes it: one page without scripts, whose style stands within it."""
    found = report_of(_seen(request, uuid))
    if found is None:
        raise Http404
    return HttpResponse(render_html(found, _language()))


def _seen(request: HttpRequest, uuid: str) -> Check:
    checks = Check.objects.select_related("version__submission__organisation", "version__submission__call")
    found = get_object_or_404(checks, uuid=uuid)
    if found.version is not None:
        may = may_see_submission(request.user, found.version.submission)
    else:
        may = bool(found.owner) and found.owner == owner_of(request)
    if not may:
        raise Http404
    return found


def _language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _groups(report: Report, language: Language) -> list[tuple[str, str, list[ShownFinding]]]:
    """Findings as (heading, meaning of the tag, findings): what must be mended, what should, what a person decides, advice."""
    failed = [finding for finding in report.findings if finding.outcome is Outcome.FAILED]
    asked = [finding for finding in report.findings if finding.outcome is Outcome.CANT_TELL]
    found = [
        (severity.label.to(language), meaning, [one for one in failed if one.severity is severity])
        for severity, meaning in ((Severity.ERROR, "bad"), (Severity.WARNING, "warn"), (Severity.ADVICE, "tip"))
    ]
    found.insert(2, (Outcome.CANT_TELL.label.to(language), "ask", asked))
    return [
        (words, meaning, [shown(one, language, {}) for one in group[:SHOWN]])
        for words, meaning, group in found
        if group
    ]
