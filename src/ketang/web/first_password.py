"""Whoever came in with a one-time password chooses their own before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ketang.people.account.models import Account

OPEN = ("/static/", "/i18n/", "/healthz", "/display", "/account/logout/", "/account/first-password", "/learn/progress")
"""Addresses that work before."""


def first_password(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware; it asks the database nothing that the second factor has not asked."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN):
            return get_response(request)
        if isinstance(request.user, Account) and request.user.password_until is not None:
            return HttpResponseRedirect(reverse("first-password"))
        return get_response(request)

    return answer
