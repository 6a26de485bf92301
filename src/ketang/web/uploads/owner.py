"""Whose upload it is: an account's, or that of a visitor who tries a check."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.http import HttpRequest

from ketang.platform.audit.actions import actor_key
from ketang.platform.uploads.actions import claim
from ketang.platform.uploads.models import Upload

_KEY = "visitor"


def owner_of(request: HttpRequest, *, make: bool = False) -> str:
    """The key under which this browser's uploads are kept; empty for a visitor who has none.

    Args:
        request: whose session is asked.
        make: give a visitor a key where there is none yet.
    """
    if request.user.is_authenticated:
        return actor_key(request.user)
    if make and _KEY not in request.session:
        request.session[_KEY] = secrets.token_urlsafe(32)
    secret = request.session.get(_KEY, "")
    return f"visitor:{secret}" if secret else ""


def upload_of(request: HttpRequest, key: object) -> Upload | None:
    """The upload of that key for a page that takes it, if it is one of this browser's and its time was not over.

    None for anything else, foolish keys included.
    """
    owner = owner_of(request)
    try:
        wanted = UUID(str(key))
    except ValueError:
        return None
    found = Upload.objects.filter(uuid=wanted, owner=owner).first() if owner else None
    return found if found is not None and claim(upload=found) else None
