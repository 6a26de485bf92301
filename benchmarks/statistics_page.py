"""What the statistics page costs: queries and CPU a request, of a few packages and of 10 000 in each of three calls.

A temporary instance on SQLite is filled with rows that the product's own models hold; all are synthetic and say so (示例). Half of the
packages are decided on, a third selected; each has a tally and seven faults that count, and a tenth a notice. The page is asked
for through Django's test client, whose own work counts, too, each time with nothing kept from the time before: of so many requests the
median of the process's CPU time. Beside it: what the worker spends to find out which tallies are out of date, and what the answer
costs within the minute in which figures are kept.

    python benchmarks/statistics_page.py [--sizes 10 10000] [--requests 5]

Goal: at most 20 queries for every size, and less than a second of CPU at 10 000 packages in each of three calls.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests"), str(ROOT / "src")]

from load.inside import analyse, arguments, by_size, slow  # noqa: E402  the path is set just above

BATCH, MOST_QUERIES, MOST_SECONDS, YEARS = 1000, 20, 1.0, (2031, 2032, 2033)
BOOK = "tianjin/2023"
CLAUSES = ("A2(2).1", "A2(2).3", "A3(1)", "A3(2).1", "A4(1)", "A4(2)", "A5", "F1", "P7.1", "P8(1)")


def filled(packages: int, people: dict[str, Any]) -> None:
    """Three calls of so many packages each, in place of those that were here."""
    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call, CallState
    from ketang.selection.calls.shipped import shipped_call

    shipped = read_call(shipped_call("tianjin-2023"))
    Call.objects.update(state=CallState.DRAFT)  # none of those before is counted
    for year in YEARS:
        closes = datetime(year, 8, 31, 23, 59, 59)
        file = shipped.model_copy(update={"id": f"counted-{packages}-{year}", "closes": closes})
        call = create(file=file, actor=people["clerk"])
        Call.objects.filter(pk=call.pk).update(state=CallState.DECIDED)
        _packages(call, packages, people)


def _packages(call: Any, packages: int, people: dict[str, Any]) -> None:
    from ketang.people.organisation.models import Organisation
    from ketang.selection.checking.models import Check
    from ketang.selection.intake.models import Submission, Version

    drawn, at = random.Random(call.pk), datetime(2031, 3, 2, 1, 0, tzinfo=UTC)
    units = Organisation.objects.bulk_create(
        [Organisation(kind="unit", name=f"示例单位{call.pk}-{number}") for number in range(max(1, packages // 3))],
        batch_size=BATCH,
    )
    ids = [one["id"] for one in call.file["categories"]]
    states = ("accepted", "accepted", "accepted", "complete", "incomplete", "submitted", "refused", "withdrawn")
    made = Submission.objects.bulk_create(
        [
            Submission(
                call=call, organisation=drawn.choice(units), title=f"示例课程{number}", category=drawn.choice(ids),
                state="accepted" if number % 2 == 0 else drawn.choice(states), number=f"COUNTED-{call.pk}-{number:05d}",
                submitted_at=at, changed_at=at, draft={"form": {"address": "示例" * 200}}, reason=f"示例理由{number % 40}",
            )
            for number in range(packages)
        ], batch_size=BATCH,
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        [
            Version(submission=one, index=1, door="web", name="课.zip", digest=f"{one.pk:064}", size=1, received_at=at)
            for one in made
        ], batch_size=BATCH,
    )  # fmt: skip
    for one, version in zip(made, versions, strict=True):
        one.latest = version
    Submission.objects.bulk_update(made, ["latest"], batch_size=200)
    checks = Check.objects.bulk_create(
        [Check(version=one, name="课.zip", digest=one.digest, state="done") for one in versions], batch_size=BATCH
    )
    _tallies(call, made, checks, drawn)
    _decided(made, people, drawn)


def _tallies(call: Any, made: list[Any], checks: list[Any], drawn: random.Random) -> None:
    from ketang.selection.notices.models import Notice, NoticeItem
    from ketang.selection.tallying.models import SupplierKind, TalliedFault, Tally
    from ketang.selection.tallying.queries import basis_of, region

    here = region()
    assert here is not None
    basis, districts = basis_of(here), [one.id for one in here.districts]
    tallies = Tally.objects.bulk_create(
        [
            Tally(
                submission=one, call=call, district=drawn.choice([*districts, "", "outside"]), district_from="code",
                supplier_kind=drawn.choice(SupplierKind.values), hours=Decimal(drawn.randint(0, 400)) / 10,
                check_of=check, change=one.changed_at, basis=basis,
            )
            for one, check in zip(made, checks, strict=True)
        ], batch_size=BATCH,
    )  # fmt: skip
    TalliedFault.objects.bulk_create(
        [
            TalliedFault(tally=one, call=call, rulebook=BOOK, clause=clause, rule=rule, gravity=gravity)
            for one in tallies
            for clause in drawn.sample(CLAUSES, 3)
            for gravity in [drawn.choice(("error", "warning"))]
            for rule in ("", f"example-{clause.lower()}", *(("example",) if clause == "F1" else ()))
        ], batch_size=BATCH,
    )  # fmt: skip
    notices = Notice.objects.bulk_create(
        [
            Notice(submission=one, number=f"示例〔{call.pk}〕{one.pk}号", state="sent", due_at=one.changed_at)
            for one in made[::10]
        ], batch_size=BATCH,
    )  # fmt: skip
    NoticeItem.objects.bulk_create(
        [
            NoticeItem(notice=one, order=1, kind="finding", rulebook=BOOK, clause=drawn.choice(CLAUSES))
            for one in notices
        ],
        batch_size=BATCH,
    )


def _decided(made: list[Any], people: dict[str, Any], drawn: random.Random) -> None:
    from ketang.selection.awarding.models import Decision

    now = datetime(2031, 10, 1, 1, 0, tzinfo=UTC)
    Decision.objects.bulk_create(
        [
            Decision(
                submission=one, version=one.latest, outcome="selected" if number % 3 else "not-selected",
                amount=Decimal(drawn.randint(100, 200)) * 100 if number % 3 else None, reason=f"示例理由{number % 60}",
                decided_by=people["clerk"], confirmed_at=now,
            )
            for number, one in enumerate(made[::2])
        ], batch_size=BATCH,
    )  # fmt: skip


def cpu(act: Callable[[], object], times: int) -> float:
    """The median of CPU seconds."""
    found = []
    for _ in range(times):
        began = time.process_time()
        act()
        found.append(time.process_time() - began)
    return sorted(found)[len(found) // 2]


def measured(people: dict[str, Any], requests: int) -> dict[str, tuple[int, float]]:
    """Queries and seconds of CPU by what is done."""
    from django.conf import settings
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from interface.places import session_of
    from ketang.selection.tallying.actions import keep_tallies

    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(people["clerk"])

    def page() -> None:
        answer = client.get("/office/statistics/", secure=True)
        if answer.status_code != 200:
            raise SystemExit(f"the page answered {answer.status_code}")

    def fresh() -> None:
        cache.clear()
        page()

    def sheet() -> None:
        cache.clear()
        client.get("/office/statistics/export.xlsx", secure=True).getvalue()

    found = {}
    acts = {"page": fresh, "page, figures kept": page, "workbook": sheet, "worker, nothing new": keep_tallies}
    for name, act in acts.items():
        act()
        with CaptureQueriesContext(connection) as asked:
            act()
        found[name] = (len(asked), cpu(act, requests))
        slow(name, asked)
    return found


def main() -> int:
    """The table; 1 when a goal was missed."""
    given = arguments(__doc__, (10, 10_000), 5)

    def told_of(size: int, people: dict[str, Any]) -> dict[str, tuple[int, float]]:
        filled(size, people)
        analyse()
        return measured(people, given.requests)

    told = by_size(given.sizes, told_of)
    print(f"{'':22} " + " ".join(f"{size:>7} × {len(YEARS)} packages" for size in given.sizes))
    for name in told[given.sizes[0]]:
        print(
            f"{name:22} "
            + " ".join(f"{told[size][name][0]:>3} q {told[size][name][1]:>9.3f} s CPU" for size in given.sizes)
        )
    pages = [told[size]["page"] for size in given.sizes]
    good = len({count for count, _cpu in pages}) == 1 and pages[0][0] <= MOST_QUERIES
    good = good and max(seconds for _count, seconds in pages) < MOST_SECONDS
    print("✓ same queries, within the goals" if good else "✗ a goal was missed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
