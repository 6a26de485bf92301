"""What an account is and may: one's own overview."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ketang.people.account.models import Account
from ketang.people.organisation.queries import organisations_of
from ketang.people.role.models import Role
from ketang.people.role.queries import needs_second_factor, roles_of


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Name, roles, units, and the ways to change what can be changed."""
    person = request.user
    assert isinstance(person, Account)  # noqa: S101 - only accounts sign in
    held = roles_of(person)
    shown = {
        "roles": [role.label for role in Role if role in held],
        "organisations": organisations_of(person),
        "has_second_factor": is_mfa_enabled(person),
        "needs_second_factor": needs_second_factor(person),
    }
    return render(request, "web/public/account.html", shown)
