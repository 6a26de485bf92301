"""A thin backend of django-tasks on Celery: it sends, and nothing more. Results are rows of our own, not Celery's."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task
from django_tasks.utils import normalize_json


class CeleryBackend(BaseTaskBackend):
    """Sends a task as a message; raises what the broker's client raises (`kombu.exceptions.OperationalError`)."""

    supports_defer = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Send the task's path and its arguments, which must be JSON."""
        from ketang.platform.queue.celery_app import TASK_NAME, app

        self.validate_task(task)
        identity, arguments, keywords = str(uuid4()), normalize_json(list(args)), normalize_json(dict(kwargs))
        app.send_task(
            TASK_NAME,
            args=[task.module_path, arguments, keywords],
            queue=task.queue_name,
            task_id=identity,
            eta=task.run_after,
        )
        return TaskResult(
            task=task, id=identity, status=TaskResultStatus.READY, enqueued_at=timezone.now(), started_at=None,
            finished_at=None, last_attempted_at=None, args=arguments, kwargs=keywords, backend=self.alias, errors=[],
            worker_ids=[],
        )  # fmt: skip
