"""Jobs that a test waits for: all that is to be done now, and not what the product has put down for another hour or year."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ketang.platform.queue.models import UNFINISHED, Job

SOON = timedelta(minutes=10)
"""Longer than an attempt that failed rests, shorter than anything is put off: bytes are let go after an hour."""


def unfinished() -> QuerySet[Job]:
    """Jobs that run, wait, or come again soon. Asked anew each time: the clock goes on."""
    later = Q(not_before__gt=timezone.now() + SOON)
    return Job.objects.filter(~later, state__in=UNFINISHED)
