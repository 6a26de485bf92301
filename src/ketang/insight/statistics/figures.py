"""All statistics of some calls, read at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import get_language

from ketang.insight.statistics import costs, counting, reasons
from ketang.insight.statistics.choosing import year_of
from ketang.insight.statistics.costs import Cost
from ketang.insight.statistics.counting import Counts, Row, percent
from ketang.insight.statistics.reasons import Reason, Said
from ketang.platform.queue.models import Job, JobState
from ketang.selection.calls.models import Call
from ketang.selection.tallying.models import DistrictFrom, Tally
from ketang.selection.tallying.queries import region

KEPT_SECONDS = 60
SAID = 15
"""Written reasons that are told, the commonest first."""


@dataclass(frozen=True, slots=True)
class Step:
    """One call in the row of calls. `number` counts them; `change` of received packages to the call before, None for the first."""

    number: int
    call: Call
    year: int
    counts: Counts
    median: Decimal | None
    change: int | None
    change_share: Decimal | None

    @property
    def change_words(self) -> str:
        """How many more or fewer, and the share; a dash for the first call."""
        if self.change is None:
            return "—"
        share = "" if self.change_share is None else f"{'+' if self.change > 0 else ''}{percent(self.change_share)}"
        more = f"{self.change:+d}" if self.change else "0"
        return f"{more}（{share}）".replace("-", "−") if self.change and share else more.replace("-", "−")


@dataclass(frozen=True, slots=True)
class Known:
    """By what districts are known: packages by source, and the share of which nothing is known, 0 to 1."""

    sources: list[tuple[DistrictFrom, int]]
    unknown: int
    unknown_share: Decimal | None
    has_districts: bool

    @property
    def percent(self) -> str:
        """The unknown share as it is read."""
        return percent(self.unknown_share)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything. `unconfirmed` selections wait for a second person and count nowhere else. `tallied_at` is when tallies were last looked through, None before; `untallied` packages have none yet."""

    counted_at: datetime
    tallied_at: datetime | None
    untallied: int
    whole: Counts
    unconfirmed: int
    categories: list[Row]
    districts: list[Row]
    known: Known
    kinds: list[Row]
    steps: list[Step]
    checked: int
    clauses: list[Reason]
    said: list[Said]
    hourly: list[Cost]
    without_hours: int


def kept_statistics(calls: Sequence[Call]) -> Statistics:
    """The statistics of these calls, at most a minute old: who chooses other calls and comes back sees the same figures."""
    key = f"insight.statistics:{get_language()}:{','.join(str(call.pk) for call in calls)}"
    key = f"insight.statistics:{hashlib.sha256(key.encode()).hexdigest()}"
    found = cache.get(key)
    if not isinstance(found, Statistics):
        found = statistics(calls)
        cache.set(key, found, KEPT_SECONDS)
    return found


def statistics(calls: Sequence[Call]) -> Statistics:
    """Count these calls, the one that closes first first. Ten queries, however many packages and calls there are."""
    found, selected = counting.groups(calls), counting.awards(calls)
    given = [one for one in selected if one.is_confirmed]
    whole, here = counting.whole(found, given), region()
    kept = Tally.objects.filter(call__in=calls).order_by().values_list("district_from")
    tallies = {source: (count, done) for source, count, done in kept.annotate(Count("pk"), Count("check_of_id"))}
    last = Job.objects.filter(key="tallying.keep", state=JobState.DONE).order_by("-pk").first()
    return Statistics(
        counted_at=timezone.now(), tallied_at=last.finished_at if last is not None else None,
        untallied=whole.received - sum(count for count, _done in tallies.values()), whole=whole,
        unconfirmed=len(selected) - len(given),
        categories=counting.by_category(calls, found, given), districts=counting.by_district(here, found, given),
        known=_known(tallies, whole.received, has_districts=here is not None), kinds=counting.by_kind(found, given),
        steps=_steps(calls, found, given), checked=sum(done for _count, done in tallies.values()),
        clauses=reasons.by_clause(calls),
        said=reasons.of_decisions(calls, SAID), hourly=costs.by_category(calls, given),
        without_hours=sum(1 for one in given if not one.hours),
    )  # fmt: skip


def _known(tallies: dict[str, tuple[int, int]], received: int, *, has_districts: bool) -> Known:
    sources: list[tuple[DistrictFrom, int]] = [
        (source, tallies.get(source, (0, 0))[0]) for source in DistrictFrom if source != DistrictFrom.NOTHING
    ]
    unknown = received - sum(count for _source, count in sources)
    return Known(sources, unknown, Decimal(unknown) / received if received else None, has_districts)


def _steps(calls: Sequence[Call], found: Sequence[counting.Group], given: Sequence[counting.Awarded]) -> list[Step]:
    made = counting.counted(lambda one: one.call, found, given)
    by: dict[int, list[counting.Awarded]] = {}
    for one in given:
        by.setdefault(one.call, []).append(one)
    steps: list[Step] = []
    for number, call in enumerate(calls, start=1):
        counts, before = made.get(call.pk, Counts()), steps[-1].counts.received if steps else None
        cost = costs.cost("", by.get(call.pk, ()))
        change = None if before is None else counts.received - before
        share = Decimal(change) / before if before and change is not None else None
        median = cost.median if cost is not None else None
        steps.append(Step(number, call, year_of(call), counts, median, change, share))
    return steps
