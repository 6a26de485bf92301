"""Background work: the worker on the database, or Celery when a broker is named."""

from __future__ import annotations

from typing import Any

from ketang.settings.environment import HOME, env
from ketang.settings.exchange import XAPI
from ketang.settings.mail import IMAP, IMAP_SECONDS

BROKER: str | None = env.str("KETANG_BROKER", "") or None
"""`redis://…` of Valkey or Redis; None: work waits in the database."""

_backend = "ketang.platform.queue.celery_backend.CeleryBackend" if BROKER else "django_tasks_db.DatabaseBackend"
TASKS: dict[str, dict[str, Any]] = {"default": {"BACKEND": _backend, "QUEUES": ["default"]}}

JOB_MODULES = [
    "ketang.platform.storage.jobs",
    "ketang.platform.uploads.jobs",
    "ketang.platform.outbox.jobs",
    "ketang.selection.intake.jobs",
    "ketang.selection.checking.jobs",
    "ketang.selection.desk.jobs",
    "ketang.selection.importing.jobs",
    "ketang.selection.likeness.jobs",
    "ketang.selection.answering.jobs",
    "ketang.selection.notices.jobs",
    "ketang.selection.ranking.jobs",
    "ketang.selection.recommending.jobs",
    "ketang.selection.tallying.jobs",
    "ketang.selection.experts.jobs",
    "ketang.selection.assigning.jobs",
    "ketang.selection.sealing.jobs",
    "ketang.selection.awarding.jobs",
    "ketang.selection.announcing.jobs",
    "ketang.classroom.catalogue.jobs",
    "ketang.classroom.renditions.jobs",
    "ketang.mailroom.jobs",
    "ketang.insight.jobs",
    "ketang.classroom.learning.jobs",
    "ketang.classroom.offline.jobs",
    "ketang.classroom.usage.jobs",
    "ketang.classroom.exams.jobs",
    "ketang.classroom.exchange.jobs",
    "ketang.classroom.lti.jobs",
    "ketang.selection.scoring.jobs",
]
"""Modules that register jobs when imported."""

JOB_RECURRING: dict[str, float] = (
    {
        "insight.digest": 900.0,
        "tallying.keep": 120.0,
        "uploads.let_go": 3600.0,
        "renditions.wake": 300.0,
        "exams.close": 60.0,
        "learning.forget": 86_400.0,
        "offline.forget": 86_400.0,
        "usage.publish": 86_400.0,
        "lti.send": 60.0,
        "lti.forget": 3600.0,
    }
    | ({"mail.fetch": IMAP_SECONDS} if IMAP else {})
    | ({"exchange.send": 60.0} if XAPI else {})
)
"""Jobs that come again by themselves, and how many seconds after the end of the last one."""

JOB_LEASE_SECONDS = env.float("KETANG_JOB_LEASE_SECONDS", 60)
"""How long a worker may be silent before its job is given to another. It is heard four times in that."""

JOB_ANNOUNCE_SECONDS = env.float("KETANG_JOB_ANNOUNCE_SECONDS", 30)
"""A job that still waits so long after the queue was told is told again."""

JOB_SWEEP_SECONDS = env.float("KETANG_JOB_SWEEP_SECONDS", 5)
JOB_POLL_SECONDS = env.float("KETANG_JOB_POLL_SECONDS", 0.5)
"""How often an idle worker looks into the database queue."""
JOB_REST_SECONDS = env.float("KETANG_JOB_REST_SECONDS", 60)
"""How long a worker is idle after a check before it begins anew and gives its memory back."""
JOB_APART_NICE = env.int("KETANG_JOB_APART_NICE", 10)
"""Steps by which work of minutes in a process of its own stands behind whoever waits for a page or for a check."""

MEASUREMENTS = env.str("KETANG_MEASUREMENTS", str(HOME / "measurements"))
"""Folder in which a machine keeps what it measured of sound and picture."""
WORK = env.str("KETANG_WORK", str(HOME / "work"))
"""Folder for files while a worker works on them; on the file system of the store, so that nothing is copied."""
_lufs = env.str("KETANG_LOUDNESS", "-18")
RENDITION_LUFS: float | None = None if _lufs == "off" else float(_lufs)
"""Loudness of lessons in LUFS (EBU R128): one for all courses, so that nobody reaches for the volume; None leaves each as it came."""
RENDITION_LANES = env.int("KETANG_RENDITION_LANES", 1)
"""How many films are converted at once by all workers together."""
TRIAL_RULEBOOKS = env.list("KETANG_TRIAL_RULEBOOKS", default=["tianjin/2023", "access/2.2"])
"""Under which rulebooks a visitor's package is checked."""
