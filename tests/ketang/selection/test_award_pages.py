"""The page of a list while its proposal is worked out: it renews itself, for who has scripts and for who has none."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.selection.awarding.lists import make_list
from ketang.selection.awarding.models import AwardList
from ketang.selection.calls.models import Call
from ketang_accounts import signed_in

from .awards import in_review, ranked

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(call: Call, unit: Organisation, administrator: Account) -> AwardList:
    ranked(call, [(in_review(call, unit, administrator), "9.0")])
    return make_list(actor=administrator, call=call)


def test_a_list_being_worked_out_renews_itself(made: AwardList, actors: dict[Role, Actor]) -> None:
    client = signed_in(actors[Role.CLERK])
    page, progress = reverse("office-award", args=[made.call.uuid]), reverse("office-award-progress", args=[made.uuid])
    assert client.post(reverse("office-award-act", args=[made.uuid]), {"how": "propose"}).status_code == 302
    going = client.get(page).content.decode()
    assert (f'data-check="{progress}"' in going, '<meta http-equiv="refresh" content="10">' in going) == (True, True)
    assert ('value="propose"' in going, 'value="approve"' in going) == (False, False)
    assert client.get(progress).json() == {"over": False, "state": "正在测算", "media": 0, "done": 0}
    run(str(Job.objects.get(name="awarding.propose").uuid))
    assert client.get(progress).json()["over"] is True
    done = client.get(page).content.decode()
    assert ("data-check" in done, 'http-equiv="refresh"' in done, 'value="approve"' in done) == (False, False, True)


@pytest.mark.parametrize("role", Role)
def test_nobody_else_asks_how_far_it_is(made: AwardList, actors: dict[Role, Actor], role: Role) -> None:
    client = Client() if role == Role.VISITOR else signed_in(actors[role])
    expected = 200 if role in (Role.CLERK, Role.ADMINISTRATOR) else 302 if role == Role.VISITOR else 403
    assert client.get(reverse("office-award-progress", args=[made.uuid])).status_code == expected
