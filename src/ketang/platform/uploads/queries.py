"""Reading uploads."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ketang.platform.uploads.models import Upload

UNCLAIMED = timedelta(days=1)
"""How long a whole upload may wait for the page that takes it."""


def holds(digest: str) -> bool:
    """Whether an upload of these bytes may still be waiting to be taken; from then on the taker holds them."""
    return Upload.objects.filter(digest=digest, whole_at__gt=timezone.now() - UNCLAIMED).exists()
