"""Two desks at the same moment, on both columns: one waybill is registered once, and one form is."""

from __future__ import annotations

import threading
from uuid import uuid4

from django.db import connection

from ketang.people.account.actions import open_by_command
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.refusal import Refused
from ketang.selection.desk import actions
from ketang.selection.desk.models import Delivery, Parcel
from ketang.selection.ledger.models import Arrival
from ketang_columns import Column


def test_two_clerks_with_one_parcel_at_the_same_moment(column: Column) -> None:
    clerk = open_by_command(login="clerk", name="经办甲").account
    appoint_first_administrator(account=clerk)
    results: list[str] = []

    def at_once(**way: object) -> None:
        fields = {"actor": clerk, "delivery": Delivery.HAND, "key": uuid4(), **way}
        try:
            results.append(str(actions.register_parcel(**fields)[0].pk))  # type: ignore[arg-type]  # variations
        except Refused as refused:
            results.append(str(refused))
        finally:
            connection.close()

    for way in ({"tracking": "SF1234567890"}, {"key": uuid4()}):
        threads = [threading.Thread(target=at_once, kwargs=way) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    by_number, by_key = results[:4], results[4:]
    assert sorted("登记过" in one for one in by_number) == [False, True, True, True]
    assert (len(by_key), len(set(by_key))) == (4, 1)
    assert (Parcel.objects.count(), Arrival.objects.count()) == (2, 2)
