"""The check that a request asks for, if whoever asks may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.selection.checking.models import Check
from ketang.selection.intake.permissions import may_edit_submission, may_see_submission
from ketang.web.uploads.owner import owner_of


def asked_check(request: HttpRequest, uuid: str) -> Check:
    """A version's check for who may see the submission; a draft's for its supplier alone; that of a course for the office; a trial for the visitor who tried. 404 for everybody else."""
    checks = Check.objects.select_related(
        "version__submission__organisation", "version__submission__call", "draft_of__organisation"
    )
    found = get_object_or_404(checks, uuid=uuid)
    if found.version is not None:
        may = may_see_submission(request.user, found.version.submission)
    elif found.draft_of is not None:
        may = may_edit_submission(request.user, found.draft_of)
    elif found.owner.startswith("course:"):
        may = may_publish_courses(request.user)
    else:
        may = bool(found.owner) and found.owner == owner_of(request)
    if not may:
        raise Http404
    return found
