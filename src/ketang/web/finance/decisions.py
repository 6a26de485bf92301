"""What was selected, and for what fee."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ketang.people.permissions import require
from ketang.selection.awarding.models import Outcome
from ketang.selection.awarding.permissions import may_see_decisions
from ketang.selection.awarding.queries import decisions as standing_decisions

PAGE = 50


@login_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Every standing selection with its fee, and the sum of those behind which two people stand."""
    require(may_see_decisions(request.user))
    selected = standing_decisions().filter(outcome=Outcome.SELECTED)
    page = Paginator(selected, PAGE).get_page(request.GET.get("page"))
    two = Q(confirmed_at__isnull=False)
    told = selected.aggregate(
        total=Sum("amount", filter=two), count=Count("pk", filter=two), waiting=Count("pk", filter=~two)
    )
    shown = {"page": page, **told, "total": told["total"] or 0}
    return render(request, "web/finance/decisions.html", shown)
