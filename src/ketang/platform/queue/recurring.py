"""Jobs that come again by themselves, as often as the settings say. Any number of sweepers may look at once."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.models import UNFINISHED, Job


def begin_due() -> None:
    """Enqueue each recurring job whose last one ended long enough ago; never a second beside one that waits or runs."""
    for name, seconds in settings.JOB_RECURRING.items():
        last = Job.objects.filter(key=name).order_by("-pk").first()
        if last is not None and last.state in UNFINISHED:
            continue
        ended = last.finished_at if last is not None else None
        if ended is None or ended + timedelta(seconds=seconds) <= timezone.now():
            enqueue(name, key=name)
