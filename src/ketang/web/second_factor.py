"""Staff work only after a second factor: whoever has none sets one up, whoever came in without it gives it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ketang.people.role.queries import needs_second_factor

OPEN = ("/account/", "/static/", "/i18n/", "/healthz", "/display")
"""Addresses that work before: the account's own pages, where the second factor is set up and given, and signing out."""


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware. It asks the database nothing for visitors."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN) or not needs_second_factor(request.user):
            return get_response(request)
        if not is_mfa_enabled(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        if not any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user)):
            return HttpResponseRedirect(
                f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
            )
        return get_response(request)

    return answer
