"""The assignment that a request asks for, if it is the asker's own; what is shown of it goes through the masks of its blind copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ketang.people.permissions import require
from ketang.selection.assigning.models import Assignment
from ketang.selection.scoring.blinding import Blinder
from ketang.selection.scoring.models import BlindCopy
from ketang.selection.scoring.permissions import may_have_sheet, may_score
from ketang.selection.scoring.queries import assignment_of, copy_of


def own_assignment(request: HttpRequest, uuid: str) -> Assignment:
    """The assignment; 404 for everybody to whom it was not given: that it is there tells something, too."""
    found = get_object_or_404(assignment_of(uuid))
    if not may_have_sheet(request.user, found):
        raise Http404
    return found


def looked_at(request: HttpRequest, uuid: str) -> tuple[Assignment, BlindCopy | None]:
    """The assignment that may be scored now, and its blind copy; 403 while the declaration is not signed or a conflict stands."""
    found = own_assignment(request, uuid)
    require(may_score(request.user, found))
    return found, copy_of(found)


def blind(request: HttpRequest, template: str, copy: BlindCopy | None, shown: Mapping[str, Any]) -> HttpResponse:
    """A page in which every name of the masks is replaced, wherever it came from."""
    answer = render(request, template, {"copy": copy, **shown})
    if copy is not None and copy.masks:
        answer.content = Blinder(copy.masks).page(answer.content.decode()).encode()
    answer["Cache-Control"] = "private, no-store"
    return answer
