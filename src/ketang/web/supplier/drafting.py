"""The check of a draft, begun by its supplier; the report's page shows how far it has come."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketang.platform.refusal import Refused
from ketang.selection.checking.drafts import check_draft
from ketang.web.supplier.own import own_submission

HOURLY = 30
"""Checks of one draft in an hour: more than anybody mends."""


@login_required
@require_POST
def check(request: HttpRequest, uuid: str) -> HttpResponse:
    """Begin a check of the draft as it is now; what stands in the way is said on the page of the last step."""
    submission = own_submission(request, uuid)
    try:
        if _too_many(uuid):
            raise Refused(_("这份草稿一小时内检查得太多了。请稍后再来。"))
        made = check_draft(actor=request.user, submission=submission)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("submission-send", args=[uuid]))
    return HttpResponseRedirect(reverse("check", args=[made.uuid]))


def _too_many(uuid: str) -> bool:
    key = f"draft-check:{uuid}"
    cache.add(key, 0, 3600)
    return cache.incr(key) > HOURLY
