"""What the list pages of a review cost: queries and CPU a request, of a small call and of one with 10 000 packages × 5 sheets.

A temporary instance on SQLite is filled with rows that the product's own models hold; all are synthetic and say so (示例). Each page
is asked for through Django's test client, whose own work counts, too: of ten requests the median of the process's CPU time.

    python benchmarks/review_lists.py [--sizes 100 10000] [--requests 10]

Goal: at most 20 queries a page, as many for every size, and no more than 1.5 times the CPU of the smallest. Panels have 100 members and
pages show as many rows at each size from 100 packages on; pages are asked by turns in three rounds, and the cheapest round counts.
"""

from __future__ import annotations

import hashlib
import math
import random
import statistics
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests"), str(ROOT / "src")]

from load.inside import analyse, arguments, by_size, slow  # noqa: E402  the path is set just above

SHEETS, EXPERTS, BATCH, MOST_QUERIES, MOST_TIMES = 5, 100, 1000, 20, 1.5
OWN, LACKING, ROUNDS = 60, 30, 3
"""The first so many packages of a call are assigned to the expert whose own list is asked for: more than a page shows.
Of so many packages the blind copy could not be made, and so many lack experts and sheets."""


def filled(packages: int, people: dict[str, Any]) -> dict[str, Any]:
    """A call in review of so many packages, with a ranking and a meeting; `people` with its address."""
    from django.utils import timezone

    from ketang.people.organisation.models import Organisation
    from ketang.selection.assigning.counting import recount
    from ketang.selection.calls.actions import create
    from ketang.selection.calls.callfile import read_call
    from ketang.selection.calls.models import Call, CallState
    from ketang.selection.calls.shipped import shipped_call
    from ketang.selection.experts.models import Expert, PanelSeat
    from ketang.selection.ranking.models import Meeting

    file = read_call(shipped_call("tianjin-2023")).model_copy(update={"id": f"review-{packages}"})
    call = create(file=file, actor=people["clerk"])
    Call.objects.filter(pk=call.pk).update(state=CallState.CLOSED)
    unit, _made = Organisation.objects.get_or_create(kind="unit", name="示例职业学院")
    own, _made = Expert.objects.get_or_create(account=people["expert"], defaults={"name": "示例专家"})
    many = [Expert(name=f"示例专家{number}") for number in range(EXPERTS - 1)]
    experts = [own, *Expert.objects.bulk_create(many)]
    now = timezone.now()
    PanelSeat.objects.bulk_create(
        PanelSeat(call=call, expert=one, load_limit=packages, declared_at=now, signed_as=one.name) for one in experts
    )
    keys = _packages(call, unit, packages)
    _sheets(call, keys, experts)
    recount(call)
    _ranking(call, keys, people["clerk"])
    Meeting.objects.create(call=call, opened_by=people["clerk"])
    return people | {"call": call.uuid}


def _packages(call: Any, unit: Any, packages: int) -> list[tuple[int, int]]:
    from django.utils import timezone

    from ketang.selection.intake.models import Submission, Version
    from ketang.selection.scoring.models import BlindCopy

    now = timezone.now()
    made = Submission.objects.bulk_create(
        [
            Submission(
                call=call, organisation=unit, title=f"示例课程{number}", category="P2(3)", state="accepted",
                number=f"REVIEW-{packages}-{number:05d}", submitted_at=now,
            )
            for number in range(packages)
        ], batch_size=BATCH,
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        [
            Version(submission=one, index=1, door="web", name="课程包.zip", digest=f"{one.pk:064}", size=1, received_at=now)
            for one in made
        ], batch_size=BATCH,
    )  # fmt: skip
    for one, version in zip(made, versions, strict=True):
        one.latest = version
    Submission.objects.bulk_update(made, ["latest"], batch_size=200)
    words = {"intro": "示例" * 1000}
    BlindCopy.objects.bulk_create(
        [
            BlindCopy(
                call=call, submission=one, version=version, alias=number, title=one.title, words=words,
                hidden=[["供应单位", 2]], shown=[["1", {"zh": "画面", "en": "picture"}]],
                made_at=None if number < LACKING + 20 else now, message={"zh": "示例"} if number < LACKING else {},
                failed_at=now if number < LACKING else None,
            )
            for number, (one, version) in enumerate(zip(made, versions, strict=True))
        ], batch_size=BATCH,
    )  # fmt: skip
    return [(one.pk, version.pk) for one, version in zip(made, versions, strict=True)]


def _sheets(call: Any, keys: list[tuple[int, int]], experts: list[Any]) -> None:
    from ketang.selection.assigning.models import Assignment
    from ketang.selection.scoring.models import Sheet, SubmittedSheet

    drawn = random.Random(6)
    given = Assignment.objects.bulk_create(
        [
            Assignment(call=call, submission_id=submission, version_id=version, expert=one, means="solver")
            for place, (submission, version) in enumerate(keys)
            for one in _experts(drawn, experts, place)
        ], batch_size=BATCH,
    )  # fmt: skip
    names = [one.id for one in call.content.rubric.criteria]
    Sheet.objects.bulk_create([Sheet(assignment=one, revision=3) for one in given], batch_size=BATCH)
    SubmittedSheet.objects.bulk_create(
        [
            SubmittedSheet(
                assignment=one, call=call, submission_id=one.submission_id, index=1, scores=dict.fromkeys(names, "7"),
                rubric={}, total=Decimal("7.0000"), signed_as=one.expert.name,
                digest=hashlib.sha256(str(one.pk).encode()).hexdigest(),
            )
            for one in given
        ], batch_size=BATCH,
    )  # fmt: skip


def _experts(drawn: random.Random, experts: list[Any], place: int) -> list[Any]:
    """Who scores a package."""
    if OWN <= place < OWN + LACKING:
        return drawn.sample(experts, 1)
    return [experts[0], *drawn.sample(experts[1:], SHEETS - 1)] if place < OWN else drawn.sample(experts, SHEETS)


def _ranking(call: Any, keys: list[tuple[int, int]], clerk: Any) -> None:
    from django.utils import timezone

    from ketang.selection.ranking.models import RankedRow, Ranking

    made = Ranking.objects.create(call=call, method="example/1", inputs="0" * 64, made_at=timezone.now(), made_by=clerk)
    RankedRow.objects.bulk_create(
        [
            RankedRow(
                ranking=made, submission_id=submission, order=place, place=place, raw=Decimal(7), adjusted=Decimal(7),
                sheets=SHEETS, spread=Decimal("0.5"),
            )
            for place, (submission, _version) in enumerate(keys, start=1)
        ], batch_size=BATCH,
    )  # fmt: skip


def pages(people: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Pages by name: who asks, for what."""
    call = f"/office/calls/{people['call']}"
    return {
        "progress board": ("clerk", f"{call}/review"), "progress, page 3": ("clerk", f"{call}/review?page=3"),
        "progress, few sheets": ("clerk", f"{call}/review?only=few"),
        "progress, copy failed": ("clerk", f"{call}/review?only=failed"),
        "progress of experts": ("clerk", f"{call}/review/experts"), "ranking": ("clerk", f"{call}/ranking"),
        "ranking by spread": ("clerk", f"{call}/ranking?order=spread"), "meeting": ("clerk", f"{call}/meeting"),
        "assignments": ("clerk", f"{call}/assignments"), "assignments, few": ("clerk", f"{call}/assignments?few=1"),
        "expert's own list": ("expert", "/review/"),
    }  # fmt: skip


def measured(people: dict[str, Any], requests: int) -> dict[str, tuple[int, float]]:
    """Queries and milliseconds of CPU by page."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from interface.places import session_of

    clients = {}
    for role in ("clerk", "expert"):
        clients[role] = Client(headers={"host": "localhost"})
        clients[role].cookies[settings.SESSION_COOKIE_NAME] = session_of(people[role])
    found: dict[str, tuple[int, float]] = {}
    for name, (role, address) in [*pages(people).items()] * ROUNDS:
        answer = clients[role].get(address, secure=True)
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}")
        times = []
        for _ in range(requests):
            began = time.process_time()
            clients[role].get(address, secure=True)
            times.append(time.process_time() - began)
        with CaptureQueriesContext(connection) as asked:
            clients[role].get(address, secure=True)
        found[name] = (len(asked), min(1000 * statistics.median(times), found.get(name, (0, math.inf))[1]))
        slow(name, asked)
    return found


def main() -> int:
    """The table; 1 when a goal was missed."""
    given = arguments(__doc__, (100, 10_000), 10)

    def told_of(size: int, people: dict[str, Any]) -> dict[str, tuple[int, float]]:
        known = filled(size, people)
        analyse()
        return measured(known, given.requests)

    told = by_size(given.sizes, told_of)
    print(f"{'page':24} " + " ".join(f"{size:>9} packages" for size in given.sizes))
    missed = []
    for name in told[given.sizes[0]]:
        row = [told[size][name] for size in given.sizes]
        good = len({count for count, _cpu in row}) == 1 and row[0][0] <= MOST_QUERIES
        times = row[-1][1] / row[0][1]
        good &= times <= MOST_TIMES
        missed += [] if good else [name]
        print(
            f"{name:24} "
            + " ".join(f"{count:>4} q {cpu:>8.1f} ms" for count, cpu in row)
            + f" {times:>5.2f}×"
            + (" ✓" if good else " ✗")
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
