"""The Celery application of the large column, configured from Django's settings."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from django.conf import settings
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketang.settings")

app = Celery("ketang")
app.conf.update(
    broker_url=settings.BROKER,
    broker_connection_retry_on_startup=True,
    # A web request waits seconds at most for a broker that is away; the sweeper announces later.
    broker_transport_options={"socket_connect_timeout": 2, "socket_timeout": 5, "retry_on_timeout": False},
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0.2},
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_default_queue="default",
    # Our row is the truth: a message is a hint, acknowledged as it is taken, and none is hoarded.
    task_acks_late=False,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
)

TASK_NAME = "ketang.run_task"


@app.task(name=TASK_NAME)  # type: ignore[untyped-decorator]
def run_task(path: str, arguments: list[Any], keywords: dict[str, Any]) -> None:
    """Call the django-tasks task at `path`."""
    import_string(path).call(*arguments, **keywords)
