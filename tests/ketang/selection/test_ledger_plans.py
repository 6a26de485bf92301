"""Whatever the ledger is filtered by, an index answers: nothing is walked from end to end, nothing is sorted, and rows cost no queries."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ketang.platform.audit.actions import SYSTEM
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Door, Lateness
from ketang.selection.ledger import actions
from ketang.selection.ledger.columns import COLUMNS, Rows
from ketang.selection.ledger.models import ArrivalState, Medium
from ketang.selection.ledger.queries import Chosen, list_of_ledger

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
FILTERS: dict[str, dict[str, object]] = {
    "nothing": {}, "state": {"state": ArrivalState.UNCLAIMED}, "door": {"door": Door.MAIL}, "medium": {"medium": Medium.PAPER},
    "late": {"late": Lateness.LATE}, "day": {"since": DAY, "until": DAY}, "open": {"since": DAY}, "supplier": {"supplier": "示例"},
    "words": {"words": "照护"}, "all": {"words": "照护", "door": Door.MAIL, "state": ArrivalState.UNCLAIMED, "since": DAY,
                                      "late": Lateness.IN_TIME, "supplier": "示例", "medium": Medium.ELECTRONIC},
}  # fmt: skip


def plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def walked(steps: list[str]) -> list[str]:
    """Steps that read a whole table, or sort. Calls are few, and their titles are read at once."""
    scans = [step for step in steps if step.startswith("SCAN selection_") and "INDEX" not in step]
    return [step for step in steps if "TEMP B-TREE" in step or (step in scans and step != "SCAN selection_call")]


def queries(rows: Rows) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        rows.count(5001)
        rows.part(0, 25)
    return [query["sql"] for query in asked]


def test_an_index_answers_every_filter(call: Call) -> None:
    for at in range(1, 4):
        actions.register(
            actor=SYSTEM, door=Door.MAIL, medium=Medium.ELECTRONIC, received_at=datetime(2026, 3, at, tzinfo=UTC), call=call,
            supplier="示例学校", title="照护",
        )  # fmt: skip
    found = {}
    for name, asked in FILTERS.items():
        rows = Rows(list_of_ledger(Chosen(**asked)), list(COLUMNS.values()))  # type: ignore[arg-type]  # of several types
        first, *others = queries(rows)
        # What is counted through a search is what the page is taken from; else the keys are asked for by themselves.
        found[name] = (walked(plan(first)), [walked(plan(sql)) for sql in others], "LIMIT" in first)
    assert set(found) == set(FILTERS)
    # Without a filter count and keys are those of the table, backwards and no further than wanted.
    whole = ["SCAN selection_arrival"]
    assert {
        name: (first, [steps for steps in others if steps], limited) for name, (first, others, limited) in found.items()
    } == {name: (whole, [whole], True) if name == "nothing" else ([], [], True) for name in FILTERS}


def test_a_plan_that_walks_is_seen(call: Call) -> None:
    """The test of the test: a column without an index, and an order without one."""
    assert walked(plan("SELECT id FROM selection_arrival WHERE sender = 'x' ORDER BY title")) == [
        "SCAN selection_arrival", "USE TEMP B-TREE FOR ORDER BY",
    ]  # fmt: skip


def test_all_columns_cost_the_same_with_one_row_and_with_three(call: Call) -> None:
    costs = []
    for count in (1, 2):
        for _ in range(count):
            actions.register(
                actor=SYSTEM, door=Door.MAIL, medium=Medium.ELECTRONIC, received_at=datetime(2026, 3, 1, tzinfo=UTC), call=call
            )  # fmt: skip
        costs.append(len(queries(Rows(list_of_ledger(Chosen()), list(COLUMNS.values())))))
    assert costs == [4, 4]
