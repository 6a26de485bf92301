"""The board of a call's scoring: what it counts, its filters, whom it lets in, a copy made again, queries that do not grow."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.models import AuditEntry
from ketang.platform.queue.models import Job
from ketang.selection.assigning.counting import recount
from ketang.selection.assigning.models import Assignment, Plan
from ketang.selection.calls.models import Call
from ketang.selection.ranking.progress import (
    ExpertRow,
    Only,
    Totals,
    expert_rows,
    list_of_experts,
    list_of_packages,
    package_rows,
    totals,
)
from ketang.selection.scoring.models import BlindCopy, Sheet
from ketang_accounts import signed_in
from ketang_sheets import accepted, scored, seated

pytestmark = pytest.mark.django_db
PAGES = ("office-progress", "office-progress-experts")


def reviewing(call: Call, unit: Organisation, count: int) -> list[Assignment]:
    """`count` packages: the first has two sheets, the others one; a third expert has one to do on each, one of them begun."""
    Plan.objects.create(call=call, asked={"wanted": 2})
    seats = [seated(call, name) for name in ("评审员甲", "评审员乙", "评审员丙")]
    waiting = []
    for number in range(1, count + 1):
        package = accepted(call, unit, number)
        scored(seats[0], package, "7")
        if number == 1:
            scored(seats[1], package, "8")
            scored(seats[1], package, "8.5")
        assert package.latest is not None
        waiting.append(
            Assignment.objects.create(
                call=call, submission=package, version=package.latest, expert=seats[2].expert, means="hand"
            )
        )
    Sheet.objects.create(assignment=waiting[0], revision=1)
    recount(call)
    return waiting


def test_counts_of_a_call(open_call: Call, unit: Organisation) -> None:
    waiting = reviewing(open_call, unit, 3)
    copies = list(BlindCopy.objects.order_by("id"))
    BlindCopy.objects.filter(pk=copies[0].pk).update(made_at=timezone.now(), hidden=[["姓名", 2]])
    BlindCopy.objects.filter(pk=copies[1].pk).update(
        message={"zh": "打不开", "en": "Does not open"}, failed_at=timezone.now()
    )
    assert totals(open_call) == Totals(2, 3, 1, 7, 4, 1, 1)
    assert totals(open_call).lacking == 2
    found = {only: [one.number for one in list_of_packages(open_call, only, 2).part(0, 9)] for only in Only}
    assert found == {
        Only.ALL: ["DEMO-0001", "DEMO-0002", "DEMO-0003"], Only.FEW: ["DEMO-0002", "DEMO-0003"], Only.FAILED: ["DEMO-0002"]
    }  # fmt: skip
    rows = package_rows(list_of_packages(open_call, Only.ALL, 2).part(0, 9))
    assert [(row.sheets, row.assigned, row.copy and row.copy.alias) for row in rows] == [
        (2, 3, 101),
        (1, 2, 102),
        (1, 2, 103),
    ]
    experts = expert_rows(open_call, list_of_experts(open_call).part(0, 9))
    told = [(row.expert.name, row.submitted, row.assigned) for row in experts]
    assert told == [("评审员丙", 0, 3), ("评审员甲", 3, 3), ("评审员乙", 1, 1)]
    assert experts[0] == ExpertRow(waiting[0].expert, 3, 0, Sheet.objects.get().changed_at)


def test_an_ended_assignment_counts_no_more(open_call: Call, unit: Organisation) -> None:
    reviewing(open_call, unit, 1)
    Assignment.objects.filter(expert__name="评审员乙").update(ended_at=timezone.now())
    recount(open_call)
    assert totals(open_call) == Totals(2, 1, 0, 2, 1, 1, 0)
    packages = list_of_packages(open_call, Only.FEW, 2).part(0, 9)
    assert [(row.sheets, row.assigned) for row in package_rows(packages)] == [(1, 2)]
    assert [one.name for one in list_of_experts(open_call).part(0, 9)] == ["评审员丙", "评审员甲"]


def test_the_last_activity_is_the_later_of_keeping_and_submitting(open_call: Call, unit: Organisation) -> None:
    waiting = reviewing(open_call, unit, 1)
    later = timezone.now() + timedelta(hours=1)
    done = Assignment.objects.get(expert__name="评审员甲")
    Sheet.objects.create(assignment=done, revision=2, changed_at=later)
    recount(open_call)
    last = {row.expert.name: row.last for row in expert_rows(open_call, [done.expert, waiting[0].expert])}
    assert last == {"评审员甲": later, "评审员丙": Sheet.objects.get(assignment=waiting[0]).changed_at}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "most"), [("office-progress", 19), ("office-progress-experts", 12)])
def test_queries_do_not_grow(
    name: str, most: int, count: int, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    reviewing(open_call, unit, count)
    client, address = signed_in(actors[Role.CLERK]), reverse(name, args=[open_call.uuid])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= most, [one["sql"][:150] for one in asked]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", PAGES)
def test_the_office_alone(role: Role, name: str, open_call: Call, actors: dict[Role, Actor]) -> None:
    client = Client() if role == Role.VISITOR else signed_in(actors[role])
    status = client.get(reverse(name, args=[open_call.uuid])).status_code
    expected = 200 if role in (Role.CLERK, Role.ADMINISTRATOR) else 302 if role == Role.VISITOR else 403
    assert status == expected


def test_a_failed_copy_tells_why_and_is_made_again(
    open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    reviewing(open_call, unit, 2)
    copy = BlindCopy.objects.order_by("id")[0]
    BlindCopy.objects.filter(pk=copy.pk).update(
        message={"zh": "压缩包损坏，读不出来。", "en": "The archive is damaged."}, failed_at=timezone.now()
    )
    page, address = reverse("office-progress", args=[open_call.uuid]), reverse("office-copy-again", args=[copy.uuid])
    assert signed_in(cast(Account, actors[Role.EXPERT])).post(address).status_code == 403
    client = signed_in(actors[Role.CLERK])
    text = client.get(page, {"only": "failed"}).content.decode()
    assert ("压缩包损坏，读不出来。" in text, address in text, "DEMO-0002" in text) == (True, True, False)
    assert client.post(address).headers["Location"] == page
    held = BlindCopy.objects.get(pk=copy.pk)
    assert (held.message, held.is_made, Job.objects.filter(name="scoring.copy").count()) == ({}, False, 1)
    assert AuditEntry.objects.filter(action="scoring.copy_again").count() == 1
