"""The share of exams in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketang.classroom.exams.models import AnswerKey, Appeal, Attempt, Entry, Marking, Paper
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    wanted = ("paper__title", "course__title", "extra_per_cent", "begun_at", "submitted_at", "submitted_how", "used_ms")
    lines = ("attempt__paper__title", "place__order", "chosen", "flagged", "stands", "at")
    marks = ("attempt__paper__title", "number", "cause", "total", "passed", "at")
    asked = ("attempt__paper__title", "place__order", "words", "asked_at", "due_on", "ruling", "answer", "answered_at")
    mine: dict[str, Any] = {"attempt__account": account}
    return {
        "attempts": list(Attempt.objects.filter(account=account).order_by("pk").values(*wanted)),
        "appeals": list(Appeal.objects.filter(**mine).order_by("pk").values(*asked)),
        "answers": list(Entry.objects.filter(**mine).order_by("attempt", "number").values(*lines)),
        "marks": list(Marking.objects.filter(**mine).order_by("attempt", "number").values(*marks)),
        "entered_for_others": list(Entry.objects.filter(by=account).order_by("pk").values("at")),
    }


def _erase(account: Account) -> Sequence[Kept]:
    """Attempts are the learner's own; what they entered for others stays, unsigned."""
    Attempt.objects.filter(account=account).delete()
    Entry.objects.filter(by=account).update(by=None)
    AnswerKey.objects.filter(made_by=account).update(made_by=None)
    Appeal.objects.filter(answered_by=account).update(answered_by=None)
    Paper.objects.filter(made_by=account).update(made_by=None)
    return []


SHARE = Share(applet="exams", export=_export, erase=_erase)
