"""What puts things right: expired leases, lost hints, groups without a join, old rows. Any number may run at once."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ketang.platform.queue.actions import announce, join_if_complete
from ketang.platform.queue.models import UNFINISHED, Job, JobGroup, JobState
from ketang.platform.queue.recurring import begin_due
from ketang.platform.queue.running import requeue
from ketang.platform.queue.worker_name import is_dead_neighbour
from ketang.platform.storage.actions import clear_incoming

log = logging.getLogger(__name__)

KEEP_DAYS = 30
"""How long finished jobs are kept to be looked at."""


def sweep() -> None:
    """One round. Effects: silent jobs wait again, complete groups are joined, due jobs are announced, recurring ones come again."""
    now = timezone.now()
    requeue(Q(lease_until__lt=now))
    held = Job.objects.filter(state=JobState.RUNNING).values_list("worker", flat=True).distinct()
    for worker in [name for name in held if is_dead_neighbour(name)]:
        requeue(Q(worker=worker))
    unfinished = Job.objects.filter(group=OuterRef("pk"), state__in=UNFINISHED)
    for group in JobGroup.objects.filter(~Exists(unfinished), joined_at=None)[:200]:
        with transaction.atomic():
            join_if_complete(group.pk)
    for job in Job.objects.filter(state=JobState.WAITING, announce_at__lte=now).order_by("announce_at", "pk")[:200]:
        announce(job)
    begin_due()


def prune() -> None:
    """Forget jobs that ended long ago, the database queue's own rows a day after them, files that were cut off, and sessions
    of visitors that have expired: every trial makes one.
    """
    clear_incoming()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    now = timezone.now()
    old = now - timedelta(days=KEEP_DAYS)
    Job.objects.filter(finished_at__lt=old, group=None).delete()
    JobGroup.objects.filter(joined_at__lt=old).delete()
    if settings.BROKER is None:
        from django_tasks_db.models import DBTaskResult

        DBTaskResult.objects.filter(enqueued_at__lt=now - timedelta(days=1)).exclude(status="READY").delete()


def sweep_until(over: threading.Event) -> None:
    """Rounds until `over` is set; a round that fails is logged and the next one comes."""
    rounds = 0
    while not over.wait(settings.JOB_SWEEP_SECONDS if rounds else 0):
        try:
            sweep()
            if rounds % 720 == 0:
                prune()
        except Exception:  # whatever is away today (database, broker, disk) may be back at the next round
            log.exception("this round of the sweeper failed")
            connection.close()
        rounds += 1
    connection.close()
