"""How the work stands."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count

from ketang.platform.queue.models import Job, JobGroup


def counts(group: JobGroup | None = None) -> Mapping[str, int]:
    """Jobs by state, of one group or of all; states without a job are absent."""
    jobs = Job.objects.all() if group is None else Job.objects.filter(group=group)
    return dict(jobs.order_by().values_list("state").annotate(count=Count("pk")))
