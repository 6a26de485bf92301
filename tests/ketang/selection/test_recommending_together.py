"""Several bodies at the same moment, on both columns: one file is one arrival, and each letter has a number of its own."""

from __future__ import annotations

import threading
from datetime import datetime

from django.db import connection
from django.utils import timezone

from ketang.people.account.actions import open_by_command
from ketang.people.organisation.models import OrganisationKind
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.selection.calls import actions as calls
from ketang.selection.calls.callfile import read_call
from ketang.selection.ledger.actions import claim
from ketang.selection.ledger.models import Arrival
from ketang.selection.recommending import actions, letters, packages
from ketang.selection.recommending.links import link_of
from ketang.selection.recommending.models import Listed, Recommendation, Recommender
from ketang.selection.recommending.progress import standings
from ketang.selection.recommending.queries import list_of_listed, removed
from ketang_columns import Column

BODIES = 4


def test_one_file_from_four_bodies_is_one_arrival(column: Column, shipped_call: str) -> None:
    clerk = open_by_command(login="clerk", name="经办甲").account
    appoint_first_administrator(account=clerk)
    file = read_call(shipped_call).model_copy(update={"closes": datetime(2099, 8, 31, 23, 59, 59)})
    call = calls.publish(call=calls.create(file=file, actor=clerk), actor=clerk)
    names = [f"示例第{number}协会" for number in range(BODIES)]
    bodies = [
        actions.register(actor=clerk, call=call, kind=OrganisationKind.ASSOCIATION, name=name) for name in names
    ]  # fmt: skip
    link = link_of(actions.show_link(actor=clerk, recommender=bodies[0]).rpartition("/")[2])
    assert link is not None
    stored = put_bytes(b"the same bytes from everybody")
    keys: list[str] = []

    def at_once(body: Recommender) -> None:
        try:
            made = packages.forward(
                recommender=body, name="课.zip", digest=stored.digest, size=stored.size, at=timezone.now()
            )  # fmt: skip
            letters.issue(recommender=body, chosen=[str(made.listed.uuid)])
            keys.append(actions.open_link(link=link))
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=at_once, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    (arrival,) = Arrival.objects.all()
    assert sorted(Recommendation.objects.values_list("number", flat=True)) == [
        f"TIANJIN-2023-J{number:03d}" for number in range(1, BODIES + 1)
    ]
    assert (Listed.objects.filter(arrival=arrival).count(), len(keys)) == (BODIES, 1)
    of = claim(
        actor=clerk, arrival=arrival, call=call, supplier="示例学校", kind="unit", title="快递收寄", category="P2(3)"
    )
    shown = [standings(list_of_listed(body, "快递").part(0, 9)) for body in bodies]
    assert [[(one.number, one.words) for one in found] for found in shown] == [[(of.number, "检查中")]] * BODIES
    letters.withdraw(recommender=bodies[0], recommendation=bodies[0].recommendations.get(), reason="更正")
    listed = Listed.objects.get(recommender=bodies[0])
    packages.remove(recommender=bodies[0], listed=listed)
    assert removed(bodies[0]) == [listed]
