"""What the frame of every page shows: who runs the site, how pages look to the person, where they are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ketang.people.preference.display import Display
from ketang.web.display import COOKIE


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor; it asks the database nothing."""
    return {
        "site": settings.SITE,
        "display": Display.read(request.COOKIES.get(COOKIE, "")),
        "is_demonstration": settings.DEMONSTRATION_MARK.exists(),
    }
