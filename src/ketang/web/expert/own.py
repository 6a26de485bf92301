"""What was assigned to an expert, and how far it has come."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.models import Role
from ketang.people.role.queries import holds
from ketang.selection.experts.queries import own_seats
from ketang.selection.ranking.queries import meetings_of
from ketang.selection.scoring.queries import copies_of, list_of_own
from ketang.web.paging import page_of

PAGE = 50


@login_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Packages by their blind numbers, those of the newest call first; above them the declarations that wait to be signed and the meetings."""
    require(holds(request.user, Role.EXPERT))
    assert isinstance(request.user, Account)  # noqa: S101 - who holds a role is signed in
    page = page_of(list_of_own(request.user), request.GET.get("page"), PAGE)
    copies = copies_of(page.object_list)
    # Calls may have one title: each has its own table, under a heading that tells it apart.
    of_call = groupby(page.object_list, key=lambda assignment: assignment.call)
    calls = [(call, [(one, copies.get(one.version_id)) for one in found]) for call, found in of_call]
    seats = list(own_seats(request.user))
    held = meetings_of(seat.call_id for seat in seats if seat.is_declared)
    meetings = [(seat.call, held[seat.call_id]) for seat in seats if seat.call_id in held]
    shown = {"page": page, "calls": calls, "seats": seats, "meetings": meetings}
    return render(request, "web/expert/review.html", shown)
