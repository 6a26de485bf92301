"""Which entry of the navigation a page of the review stands under, wherever its address stands."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve, reverse

from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.web.templatetags.ketang import navigation

ONE = uuid.UUID(int=1)
CALLS, POOL, REVIEW, FINANCE, PAYMENTS, PUBLIC = (
    "/office/calls/", "/office/experts/", "/review/", "/finance/", "/finance/payments/", "/calls/",
)  # fmt: skip
PAGES = {
    "office": {
        "office-assigned": CALLS, "office-assignment-end": CALLS, "office-assignments": CALLS, "office-plan": CALLS,
        "office-panel": CALLS, "office-seat": CALLS, "office-conflicts": CALLS, "office-progress": CALLS,
        "office-progress-experts": CALLS, "office-ranking": CALLS, "office-calibration": CALLS, "office-meeting": CALLS,
        "office-meeting-package": CALLS, "office-award": CALLS, "office-award-bands": CALLS, "office-award-row": CALLS,
        "office-announcing": CALLS, "office-objection": CALLS, "office-expert": POOL, "office-expert-import": POOL,
        "office-arrival": "/office/", "office-today": "/office/today",
    },
    "expert": {
        "expert-meeting": REVIEW, "expert-meeting-package": REVIEW, "review-findings": REVIEW, "review-sheet": REVIEW,
        "review-declaration": "/review/declarations/",
    },
    "finance": {"finance": FINANCE, "finance-payments": PAYMENTS, "finance-payment": PAYMENTS},
    "public": {"announcements": PUBLIC, "announcement": PUBLIC, "object": PUBLIC, "objection": PUBLIC, "home": "/"},
}  # fmt: skip
ROWS = [(audience, name, here) for audience, pages in PAGES.items() for name, here in pages.items()]
LISTS = {"office-today", "finance", "finance-payments", "announcements", "home"}


@pytest.mark.parametrize(("audience", "name", "here"), ROWS, ids=[row[1] for row in ROWS])
def test_a_page_stands_under_one_entry(audience: str, name: str, here: str) -> None:
    request = RequestFactory().get(reverse(name, args=[] if name in LISTS else [ONE]))
    request.user, request.resolver_match = AnonymousUser(), resolve(request.path)
    shown = navigation({"request": request}, audience)["entries"]  # type: ignore[arg-type]  # a context is read as a dict
    assert [address for _words, address, is_here in shown if is_here] == [here]


def test_an_address_that_is_none_stands_under_nothing() -> None:
    request = RequestFactory().get("/nowhere")
    assert [one[2] for one in navigation({"request": request}, "public")["entries"]] == [False] * 3  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "here"), [(Role.CLERK, "/office/courses/"), (Role.CENTRE, "/centre/")])
def test_a_clerk_on_a_centres_page_stays_in_the_office(actors: dict[Role, Actor], role: Role, here: str) -> None:
    """Sheets of a class are checked by somebody else: the centre's other people, or the office."""
    request = RequestFactory().get(reverse("centre-printing", args=[ONE]))
    request.user, request.resolver_match = actors[role], resolve(request.path)  # type: ignore[assignment]  # of people alone
    shown = navigation({"request": request}, "centre")["entries"]  # type: ignore[arg-type]  # as above
    assert [address for _words, address, is_here in shown if is_here] == [here]
    assert ("/centre/" in [address for _words, address, _here in shown]) == (role == Role.CENTRE)
