"""Fills an instance's ledger with synthetic arrivals as the product's own models hold them: `python arrivals.py COUNT`.

Each comes an hour after the one before, by every door, in every state, one in fifty late; of ten one was entered into a
submission. Prints JSON: the cookie of a clerk and the call's address.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from load.rows import PARTS, TOPICS, _fill, _people

BATCH = 5000
BEGAN = datetime(2015, 1, 1, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
DOORS = ("web", "mail", "desk", "mail", "disk", "web", "mail", "desk", "web", "mail")
STATES = ("unclaimed", "answered", "set-aside", "merged", "unclaimed", "answered", "set-aside", "unclaimed", "merged")
ENTERED = 1000


def main() -> None:
    """Fill up to the count that is asked for."""
    import django

    django.setup()
    from django.db import connection

    from interface.places import session_of

    people = _people()
    _fill(ENTERED, people)
    _arrivals(int(sys.argv[1]), people["call"])
    with connection.cursor() as cursor:  # what PostgreSQL's autovacuum does within a minute of such a change
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
    print(json.dumps({"sessions": {"clerk": session_of(people["clerk"])}, "slug": people["call"].slug}))


def _arrivals(wanted: int, call: Any) -> None:
    from django.db import transaction

    from ketang.selection.intake.models import Submission
    from ketang.selection.ledger.models import Arrival, ArrivalPassage

    submissions = list(Submission.objects.select_related("organisation").order_by("id")[:ENTERED])
    made = (_arrival(n, call, submissions) for n in range(Arrival.objects.count(), wanted))
    while part := list(islice(made, BATCH)):
        with transaction.atomic():
            Arrival.objects.bulk_create(part)
            ArrivalPassage.objects.bulk_create(
                ArrivalPassage(arrival=one, text=ArrivalPassage.text_of(one)) for one in part
            )


def _arrival(n: int, call: Any, submissions: list[Any]) -> Any:
    from ketang.selection.ledger.models import Arrival

    at = BEGAN + timedelta(hours=n)
    counts = call.closes_at + timedelta(days=1) if n % 50 == 7 else at
    door, of = DOORS[n % 10], submissions[n // 10 % len(submissions)] if n % 10 == 0 else None
    return Arrival(
        number=f"SJ{at:%Y}-{n:06d}", door=door, medium="paper" if door == "desk" else "electronic", call=call,
        state="entered" if of is not None else STATES[n % 9], submission=of, supplier=f"示例第{n % 4999}职业培训中心",
        title=f"{TOPICS[n % 10]}{PARTS[n % 6]} {n % 977}", sender=f"sender-{n % 4999}@example.org", name="课程包.zip",
        digest=f"{n:064x}", size=n, received_at=at, counts_at=counts, registered_at=at, reason="示例",
    )  # fmt: skip


if __name__ == "__main__":
    main()
