"""The one task that queues carry: work on the job of this uuid."""

from __future__ import annotations

from django_tasks import task

from ketang.platform.queue import apart, running


@task()
def run_job(uuid: str) -> None:
    """Work on the job, if it still waits."""
    running.run(uuid, apart.begin)
