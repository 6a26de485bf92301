"""How a call goes, in figures: arrivals by day, submissions by category and by verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ketang.selection.calls.models import Call, in_language
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake.models import Submission

DAYS = 30
KEPT_SECONDS = 60
"""How long figures are kept: counting a hundred thousand takes longer than a page may."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, how many, and its length as a share of the longest (0 to 1)."""

    words: str
    count: int
    share: float

    @property
    def hundredths(self) -> int:
        """Its length, of a hundred; whoever is there at all is seen."""
        return max(1, round(100 * self.share)) if self.count else 0

    @property
    def height(self) -> int:
        """As a column of at most eighty."""
        return max(2, round(80 * self.share)) if self.count else 0

    @property
    def top(self) -> int:
        """Where such a column begins."""
        return 80 - self.height


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a call, and when they were counted."""

    counted_at: datetime
    total: int
    days: Sequence[Bar]
    categories: Sequence[Bar]
    verdicts: Sequence[Bar]


def figures(call: Call) -> Figures:
    """The call's figures, at most a minute old."""
    key = f"insight.figures:{call.pk}:{get_language()}"
    found = cache.get(key)
    if not isinstance(found, Figures):
        found = Figures(timezone.now(), _arrived(call).count(), _days(call), _categories(call), _verdicts(call))
        cache.set(key, found, KEPT_SECONDS)
    return found


def _arrived(call: Call):  # type: ignore[no-untyped-def]  # a QuerySet of Submission, as Django's stubs call it
    return Submission.objects.filter(call=call).exclude(number="")


def _bars(rows: Sequence[tuple[str, int]]) -> list[Bar]:
    longest = max((count for _words, count in rows), default=0)
    return [Bar(words, count, count / longest if longest else 0.0) for words, count in rows]


def _days(call: Call) -> list[Bar]:
    """Submissions by the day of their first receipt on the call's clock: the last thirty days, or those before it closed."""
    last = min(timezone.now(), call.closes_at).astimezone(call.zone).date()
    first = last - timedelta(days=DAYS - 1)
    start = datetime.combine(first, time(), call.zone)
    within = _arrived(call).filter(submitted_at__gte=start, submitted_at__lt=start + timedelta(days=DAYS))
    counted: dict[date, int] = dict(
        within.annotate(day=TruncDate("submitted_at", tzinfo=call.zone))
        .order_by()
        .values_list("day")
        .annotate(Count("pk"))
    )
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return _bars([(day.isoformat(), counted.get(day, 0)) for day in days])


def _categories(call: Call) -> list[Bar]:
    """Submissions by category: the call's own in its order, then what else was written."""
    counted = dict(_arrived(call).order_by().values_list("category").annotate(Count("pk")))
    known = [(in_language(one["name"]), counted.pop(one["id"], 0)) for one in call.file.get("categories", ())]
    others = sum(counted.values())
    return _bars([*known, *([(_("其他"), others)] if others else [])])


def _verdicts(call: Call) -> list[Bar]:
    """Submissions by what the newest check of the version that counts says."""
    newest = Check.objects.filter(version=OuterRef("latest")).order_by("-id")
    told = _arrived(call).annotate(
        word=Subquery(newest.values("verdict")[:1]), state_of_check=Subquery(newest.values("state")[:1])
    )
    counted = dict.fromkeys(("passed", "review", "failed", "open", "none"), 0)
    for word, state, count in told.order_by().values_list("word", "state_of_check").annotate(Count("pk")):
        place = "none" if state is None else word if state == CheckState.DONE and word in counted else "open"
        counted[place] += count
    words = {
        "passed": _("符合"), "review": _("待复核"), "failed": _("不符合"), "open": _("检查没有完成"), "none": _("没有电子版"),
    }  # fmt: skip
    return _bars([(words[place], count) for place, count in counted.items()])
