"""The whole report to take away: HTML as kebao writes it, Word, JSON."""

from __future__ import annotations

import tempfile
from pathlib import Path

from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kebao.model.report import Report
from kebao.report.html import render_html
from kebao.report.json import report_json
from ketang.selection.checking.queries import report_of
from ketang.web.checks.asked import asked_check
from ketang.web.language import kebao_language

REPORT_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
}
"""kebao's report brings its style and pictures within itself and has no script: nothing else may load."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@csp(REPORT_POLICY)  # type: ignore[arg-type]  # its stub knows no views with arguments
def html(request: HttpRequest, uuid: str) -> HttpResponse:
    """One page without scripts, whose style stands within it."""
    return HttpResponse(render_html(_report(request, uuid), kebao_language()))


@require_safe
def docx(request: HttpRequest, uuid: str) -> HttpResponse:
    """For the file and for mail."""
    from kebao.report.docx import write_docx  # with libraries of documents and pictures, which no page needs

    report = _report(request, uuid)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "report.docx"
        write_docx(report, place, kebao_language())
        return _attached(place.read_bytes(), DOCX, "docx", uuid)


@require_safe
def json(request: HttpRequest, uuid: str) -> HttpResponse:
    """For programs: `kebao.report/2`."""
    return _attached(report_json(_report(request, uuid)).encode(), "application/json", "json", uuid)


def _report(request: HttpRequest, uuid: str) -> Report:
    found = report_of(asked_check(request, uuid))
    if found is None:
        raise Http404
    return found


def _attached(content: bytes, content_type: str, suffix: str, uuid: str) -> HttpResponse:
    name = f"report-{uuid}.{suffix}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"},
    )
