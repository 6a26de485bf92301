"""Background work: the worker on the database, or Celery when a broker is named."""

from __future__ import annotations

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
