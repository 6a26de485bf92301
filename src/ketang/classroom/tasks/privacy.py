"""The share of handed-in work in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketang.classroom.tasks.actions import forget
from ketang.classroom.tasks.models import Work
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    wanted = ("course__title", "lesson__title", "number", "words", "sent_at", "mark", "comment", "marked_at", "seen_at")
    files = [
        {"work": file.work.number, "course": file.work.course.title, "type": file.content_type, "digest": file.file_id}
        for work in Work.objects.filter(account=account).select_related("course").order_by("pk")
        for file in work.files.select_related("work__course")
    ]
    marked = (
        Work.objects.filter(marked_by=account).order_by("pk").values("course__title", "mark", "comment", "marked_at")
    )
    return {
        "works": list(Work.objects.filter(account=account).order_by("pk").values(*wanted)),
        "work_files": files, "marked": list(marked),
    }  # fmt: skip


def _erase(account: Account) -> Sequence[Kept]:
    """Work and its files go; of what somebody marked, the mark stays with the learner and the name goes."""
    for work in Work.objects.filter(account=account):
        forget(work)
    Work.objects.filter(marked_by=account).update(marked_by=None)
    return []


SHARE = Share(applet="tasks", export=_export, erase=_erase)
