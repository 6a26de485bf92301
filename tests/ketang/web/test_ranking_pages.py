"""Pages of rankings and the meeting: whom they let in, what an expert never sees, queries that do not grow."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Conflict
from ketang.selection.intake.models import Submission
from ketang.selection.ranking import actions, meeting
from ketang.selection.ranking.models import Ranking, Remark, Vote
from ketang_accounts import signed_in
from ketang_sheets import accepted, scored, seated

pytestmark = pytest.mark.django_db


def ranked(administrator: Account, call: Call, unit: Organisation, actors: dict[Role, Actor], count: int) -> Ranking:
    """A ranking of `count` packages by two experts, one of whom is the role's."""
    expert = actors[Role.EXPERT]
    assert isinstance(expert, Account)
    seats = [seated(call, "评审员甲", expert), seated(call, "评审员乙")]
    for number in range(1, count + 1):
        package = accepted(call, unit, number)
        for seat, score in zip(seats, (str(number), "7.5"), strict=True):
            scored(seat, package, score)
    made = actions.ask_ranking(actor=administrator, call=call, line=1)
    run(str(Job.objects.get(name="ranking.compute", arguments__ranking=str(made.uuid)).uuid))
    return made


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "most"), [("office-ranking", 16), ("office-calibration", 14), ("office-meeting", 15)])
def test_queries_do_not_grow(
    name: str, most: int, count: int, administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:  # fmt: skip
    made = ranked(administrator, open_call, unit, actors, count)
    meeting.open_meeting(actor=administrator, call=open_call)
    client = signed_in(actors[Role.CLERK])
    address = reverse(name, args=[made.uuid if name == "office-calibration" else open_call.uuid])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= most


def test_a_member_sees_others_sheets_without_supplier_or_title_and_votes(
    administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    ranked(administrator, open_call, unit, actors, 2)
    first, second = Submission.objects.order_by("id")
    client = signed_in(actors[Role.EXPERT])
    agenda, page = (
        reverse("expert-meeting", args=[open_call.uuid]),
        reverse("expert-meeting-package", args=[first.uuid]),
    )
    assert [client.get(one).status_code for one in (agenda, page)] == [403, 403]
    meeting.open_meeting(actor=administrator, call=open_call)
    Conflict.objects.create(
        expert=open_call.seats.get(expert__name="评审员甲").expert, submission=second, ground="declared"
    )
    shown = [client.get(one).content.decode() for one in (agenda, page)]
    for text in shown:
        assert (unit.name in text, first.title in text, first.number in text, second.title in text) == (False,) * 4
    assert ("评审员乙" in shown[1], "您须回避" in shown[0]) == (True, True)
    assert client.get(reverse("expert-meeting-package", args=[second.uuid])).status_code == 403
    assert client.post(page, {"how": "for"}).status_code == 302
    assert client.post(page, {"how": "remark", "words": "实操完整。"}).status_code == 302
    client.post(page, {"how": "close"})
    client.post(agenda, {"how": "close"})
    assert list(Vote.objects.values_list("submission", "choice")) == [(first.pk, "for")]
    assert list(Remark.objects.values_list("submission", "words")) == [(first.pk, "实操完整。")]
    assert meeting.Meeting.objects.get().closed_at is None


OFFICE_PAGES = ("office-ranking", "office-meeting")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_the_office_alone(role: Role, name: str, open_call: Call, actors: dict[Role, Actor]) -> None:
    client = Client() if role == Role.VISITOR else signed_in(actors[role])
    status = client.get(reverse(name, args=[open_call.uuid])).status_code
    expected = 200 if role in (Role.CLERK, Role.ADMINISTRATOR) else 302 if role == Role.VISITOR else 403
    assert status == expected


def test_a_ranking_is_asked_for_made_final_and_taken_away(
    administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    made = ranked(administrator, open_call, unit, actors, 3)
    client = signed_in(actors[Role.CLERK])
    client.post(reverse("office-ranking-final", args=[made.uuid]), {"reason": ""})
    assert not Ranking.objects.filter(is_final=True).exists()
    client.post(reverse("office-ranking-final", args=[made.uuid]), {"reason": "评审会通过"})
    assert Ranking.objects.get(is_final=True) == made
    client.post(reverse("office-ranking", args=[open_call.uuid]), {"line": "2"})
    assert Ranking.objects.order_by("id").last().asked == {"line": 2, "weights": None}  # type: ignore[union-attr]
    answer = client.get(reverse("office-ranking-export", args=[made.uuid]))
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
