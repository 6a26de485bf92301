"""Every address that gives a page stands in the acceptance suite; those that do not are written down here, with the reason."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from interface.states import STATES

ANY = "00000000-0000-0000-0000-000000000000"
"""Stands for every word of a state's path: an identity, a slug and a string at once."""
NO_PAGES = {
    "files, feeds and bytes": (
        "offline-file", "calls-feed", "courses-feed", "courses-json", "template", "learn-hours", "lesson-text-file", "learn-certificate-paper", "centre-certificate-papers", "centre-printing-file", "centre-printing-table", "centre-printing-results", "office-paper-file", "office-exam-results", "office-certificates-export", "centre-record", "office-learning-export", "centre-group-export", "lesson-file", "lesson-media", "lesson-captions", "lesson-descriptions", "lesson-sign", "lesson-rendition", "lesson-poster", "office-question-picture", "learn-question-picture", "learn-practice-picture", "learn-notes-file", "lesson-described", "work-file", "work-file-small",
        "own-data-copy", "receipt-paper", "office-ledger-file", "office-mail-raw", "office-mail-part", "office-acceptance-form",
        "office-transfer-list", "notice-paper", "office-recommendation-paper", "office-ranking-export", "office-statistics-export", "office-recommendation-scan", "recommending-letter-paper", "office-objection-evidence", "office-award-paper", "office-award-row-paper", "office-announcement-paper", "office-experts-export", "office-expert-template", "office-seat-paper", "review-declaration-paper",
        "office-call-export", "office-ledger-export", "office-import-refused", "office-ledger-board-export", "sealed-list", "key", "check-report-docx", "check-report-json", "check-medium", "office-desk-cover-picture", "office-desk-cover-small",
        "review-medium", "review-page", "review-captions", "review-sheet-paper",
        "mfa_download_recovery_codes",
    ),
    "the report as a file of its own, which `tests/report` looks at": ("check-report",),
    "answers for scripts and machines": (
        "uploads", "upload", "hand-in-uploads", "hand-in-upload", "recommending-uploads", "recommending-upload", "health", "submission-sending-progress", "offline-progress", "check-progress", "office-desk-disk-progress", "office-desk-cover-progress", "office-import-progress", "office-plan-progress", "office-award-progress", "office-ranking-progress", "review-progress", "office-course-progress",
        "mfa_login_webauthn", "lti-keys",
    ),
    "go elsewhere from where the suite stands": (
        "set_language",
        "recommending-add", "recommending-forward",  # to the list, unless something is sent
        "account_reauthenticate",  # to the second factor, which staff has: `asked-again`
        "account_set_password",  # everybody has a password
        "account_confirm_login_code",  # no codes by mail
        "mfa_authenticate",  # seen by signing in: `sign-in-code`
    ),
    "the words of `office-work`, which is looked at, in a centre's frame, which `centre-works` shows": ("centre-work",),
    "need a passkey, which no browser without hands makes": (
        "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_reauthenticate_webauthn",
    ),
}  # fmt: skip


def named(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., Any]]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLPattern):
            yield found.name or str(found.pattern), found.callback
        else:
            yield from named(found)


def takes_only_post(view: Callable[..., Any] | None) -> bool:
    """Whether a decorator below says `require_POST`, or the list of methods that comes to the same."""
    while view is not None:
        nonlocals = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if nonlocals.get("request_method_list") == ["POST"]:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def looked_at() -> set[str]:
    """Names of the addresses of all states; what is no address (an error is provoked) has none."""
    found = set()
    for state in STATES:
        path = re.sub(r"\{\w+\}", ANY, state.path.partition("?")[0])
        try:
            found.add(resolve(path).view_name)
        except Resolver404:
            assert state.status >= 400, state.name
    return found


def test_every_page_is_looked_at() -> None:
    every = dict(named(get_resolver()))
    written = [name for names in NO_PAGES.values() for name in names]
    assert len(written) == len(set(written))
    expected = {name for name, view in every.items() if not takes_only_post(view)}
    assert sorted(expected - looked_at()) == sorted(written)
