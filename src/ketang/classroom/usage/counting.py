"""Counting and publishing: the true counts never leave this file."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.classroom.learning.models import Progress
from ketang.classroom.usage.models import UsageRow
from ketang.classroom.usage.releasing import Counts, Figures, released
from ketang.people.consent.models import Consent, Purpose
from ketang.people.preference.display import Display
from ketang.people.preference.models import Preference

NEEDS: Mapping[str, str | Promise] = {
    "size": _("大号文字"), "theme": _("高对比颜色"), "spacing": _("宽松间距"), "reading": _("易读"), "description": _("口述"),
    "motion": _("减少动画"), "time": _("延长时间"),
}  # fmt: skip
"""What somebody may have set. Captions and sign are on for everybody to begin with, so that nothing follows from them."""
_SET: Mapping[str, tuple[str, ...]] = {
    "size": ("large",), "theme": ("contrast",), "spacing": ("wide",), "reading": ("easy",), "description": ("on",), "motion": ("less",),
    "time": ("half", "double"),
}  # fmt: skip


def needs_of(display: str) -> list[str]:
    """What was set, by the kept text of somebody's settings."""
    found = Display.read(display)
    return [name for name, words in _SET.items() if getattr(found, name) in words]


def publish() -> int:
    """Publish anew what may be. Gives how many courses have other figures now. Effects: rows."""
    true, studied = _counts()
    changed = 0
    with transaction.atomic():
        history: dict[int, list[Figures]] = {}
        for row in UsageRow.objects.select_for_update().order_by("pk"):
            history.setdefault(row.course_id, []).append(Figures(row.learners, row.agreed, row.needs))
        for course, counts in true.items():
            before = history.get(course, [])
            now = released(before, counts)
            if now is None or (before and now == before[-1]):
                continue
            UsageRow.objects.filter(course=course, is_latest=True).update(is_latest=False)
            UsageRow.objects.create(
                course_id=course, learners=now.learners, agreed=now.agreed, needs=dict(now.needs), counted_ms=studied[course]
            )  # fmt: skip
            changed += 1
    return changed


def _counts() -> tuple[dict[int, Counts], dict[int, int]]:
    """The true counts of each course, and the time studied in it."""
    studying = Progress.objects.filter(counted_ms__gt=0)
    whole = studying.values("course").annotate(people=Count("account", distinct=True), spent=Sum("counted_ms"))
    rows = {row["course"]: row for row in whole.order_by("course")}
    standing = Consent.objects.filter(text__purpose=Purpose.NEEDS, withdrawn_at=None)
    agreed = set(standing.values_list("account", flat=True))
    displays = dict(Preference.objects.filter(account__in=agreed).values_list("account", "display"))
    by_course: dict[int, tuple[int, dict[str, int]]] = {}
    pairs = studying.filter(account__in=agreed).values_list("course", "account").order_by("course").distinct()
    for course, account in pairs:
        count, needs = by_course.get(course, (0, dict.fromkeys(NEEDS, 0)))
        for name in needs_of(displays.get(account, "")):
            needs[name] += 1
        by_course[course] = (count + 1, needs)
    nobody: tuple[int, dict[str, int]] = (0, {})
    counts = {course: Counts(row["people"], *by_course.get(course, nobody)) for course, row in rows.items()}
    return counts, {course: row["spent"] for course, row in rows.items()}
