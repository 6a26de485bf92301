"""How the work stands."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count

from ketang.platform.queue.models import Job, JobGroup, JobState


def counts(group: JobGroup | None = None) -> Mapping[str, int]:
    """Jobs by state, of one group or of all; states without a job are absent."""
    jobs = Job.objects.all() if group is None else Job.objects.filter(group=group)
    return dict(jobs.order_by().values_list("state").annotate(count=Count("pk")))


def latest(key: str) -> JobState | None:
    """The state of the job that was enqueued last under this key; None when there was none."""
    state = Job.objects.filter(key=key).order_by("-pk").values_list("state", flat=True).first()
    return None if state is None else JobState(state)
