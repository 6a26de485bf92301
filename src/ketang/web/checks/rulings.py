"""Every ruling of a submission, those taken back too: for its supplier, the office and the experts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kebao.report.arranging import KINDS, kind_of
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import report_of
from ketang.selection.ruling.effective import waits_for_a_look
from ketang.selection.ruling.permissions import may_rule, may_see_rulings
from ketang.selection.ruling.queries import newest_check, rulings_of
from ketang.web.checks.ruling import shown_rulings
from ketang.web.checks.shown import MEANINGS
from ketang.web.checks.summing_up import verdict_of
from ketang.web.language import kebao_language

PAGE = 50
MOST = 200
"""Open findings on the page; the report has all."""


@login_required
@require_safe
def rulings(request: HttpRequest, uuid: str) -> HttpResponse:
    """The machine's verdict and the one with rulings, what is still open (for the office), and the whole history."""
    checks = Check.objects.select_related("version__submission__organisation", "version__submission__call")
    check = get_object_or_404(checks.exclude(version=None), uuid=uuid)
    assert check.version is not None  # noqa: S101 - excluded above
    submission = check.version.submission
    if not may_see_rulings(request.user, submission):
        raise Http404
    language, report = kebao_language(), report_of(check)
    page = Paginator(rulings_of(request.user, submission), PAGE).get_page(request.GET.get("page"))
    shown = {"check": check, "submission": submission, "page": page}
    if report is None or not check.is_done:
        return render(request, "web/checks/rulings.html", shown)
    beside = shown_rulings(request, check, report, language)
    newest = newest_check(submission)
    shown |= {"verdict": verdict_of(report, language), "beside": beside, "is_newest": newest == check}
    if may_rule(request.user) and newest == check:
        unruled = [
            f
            for f in report.findings
            if kind_of(f) != KINDS[-1]
            and f.fingerprint not in beside.waived
            and beside.findings[f.fingerprint].ruling is None
        ]
        waiting = [c for c in report.clauses if waits_for_a_look(c) and (c.rulebook, c.id) not in beside.clauses]
        shown |= {
            "rules": True,
            "unruled": [
                (f.title.to(language), f.message.to(language), MEANINGS[kind_of(f)], beside.findings[f.fingerprint])
                for f in unruled[:MOST]
            ],
            "more": max(0, len(unruled) - MOST),
            "waiting": len(waiting),
            "waivable": [
                (clause.id, clause.text.to(language), beside.clauses[place])
                for clause in report.clauses
                if (place := (clause.rulebook, clause.id)) in beside.clauses and beside.clauses[place].ruling is None
            ],
        }
    return render(request, "web/checks/rulings.html", shown)
