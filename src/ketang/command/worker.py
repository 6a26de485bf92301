"""`ketang worker`: works on what waits, on the database or by Celery, and sweeps."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ketang.command.kept import Kept, keep
from ketang.command.parent import end_with_parent
from ketang.command.rest import resting
from ketang.command.setup import with_django


@click.command("worker")
@click.option("--processes", default=1, show_default=True, help="Celery 的进程数 · processes of Celery")
@click.option("--supervised", is_flag=True, hidden=True, help="End when the parent is gone.")
def worker(processes: int, supervised: bool) -> None:
    """后台处理排队的任务。 · Work on what waits in the queue."""
    if supervised:
        end_with_parent()
    if os.environ.get("KETANG_BROKER"):
        _on_celery(processes)
    else:
        _on_database()


@with_django
def _on_database() -> None:
    """The worker of django-tasks-db, until a signal ends it."""
    from django.conf import settings
    from django.core.management import call_command
    from django_tasks.signals import task_finished, task_started

    from ketang.platform.queue import apart

    with resting(task_started, task_finished, settings.JOB_REST_SECONDS, apart.is_any_left), _sweeping():
        call_command(
            "db_worker", queue_name="*", interval=settings.JOB_POLL_SECONDS, startup_delay=False, reload=False,
            verbosity=0,
        )  # fmt: skip


@click.command("attempt", hidden=True)
@click.argument("uuid")
@click.argument("attempt", type=int)
@with_django
def attempt(uuid: str, attempt: int) -> None:
    """Work on an attempt that a worker took and handed over, behind everything that somebody waits for."""
    from django.conf import settings

    from ketang.platform.queue import running

    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(settings.JOB_APART_NICE)
    running.go_on(uuid, attempt)


@contextmanager
def _sweeping() -> Iterator[None]:
    """Sweep beside the block."""
    from ketang.platform.queue.sweeping import sweep_until

    over = threading.Event()
    threading.Thread(target=sweep_until, args=(over,), name="sweeper", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _on_celery(processes: int) -> None:
    """Celery in processes of their own, kept alive by this one, which is small: it runs no Django.

    Each is one process of Celery's pool `solo`: those of its other pools may not start processes, which measuring does.
    """
    keep([Kept([sys.executable, "-m", "ketang", "celery"]) for _ in range(processes)])


@click.command("celery", hidden=True)
@with_django
def celery() -> None:
    """One process of Celery's worker, which sweeps, too; ended with its parent."""
    # Django's checks are of the code, not of the instance. Here they would load every page and the client of S3 into a process that waits.
    os.environ["CELERY_SKIP_CHECKS"] = "1"
    from celery.signals import task_postrun, task_prerun
    from django.conf import settings

    from ketang.platform.queue import apart
    from ketang.platform.queue.celery_app import app

    end_with_parent()
    with resting(task_prerun, task_postrun, settings.JOB_REST_SECONDS, apart.is_any_left), _sweeping():
        # Not by Celery's command line, which brings a shell and its editor with it.
        worker = app.Worker(
            pool_cls="solo", loglevel="WARNING", hostname=f"ketang-{os.getpid()}@{socket.gethostname()}",
            without_gossip=True, without_mingle=True, without_heartbeat=True,
        )  # fmt: skip
        worker.start()
        sys.exit(worker.exitcode)
