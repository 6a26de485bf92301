"""A supplier's own submission, for every page about one."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.selection.intake.models import Submission
from ketang.selection.intake.permissions import may_edit_submission
from ketang.selection.intake.queries import submissions_of


def account_of(request: HttpRequest) -> Account:
    """Who is signed in."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    return request.user


def own_submission(request: HttpRequest, uuid: str) -> Submission:
    """The submission of that address; Http404 when it is not one of the person's suppliers'."""
    submission = get_object_or_404(submissions_of(account_of(request)), uuid=uuid)
    require(may_edit_submission(request.user, submission))
    return submission
