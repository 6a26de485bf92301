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
from ketang.selection.experts import panel
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
@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("office-ranking", 18), ("office-calibration", 12), ("office-calibration-odd", 10), ("office-orders", 11),
        ("office-order", 12), ("office-ranking-trial", 9), ("office-meeting", 15),
    ],
)  # fmt: skip
def test_queries_do_not_grow(
    name: str, most: int, count: int, administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:  # fmt: skip
    made = ranked(administrator, open_call, unit, actors, count)
    meeting.open_meeting(actor=administrator, call=open_call)
    client = signed_in(actors[Role.CLERK])
    of_call = name in ("office-ranking", "office-ranking-trial", "office-meeting")
    more = ["raw"] if name == "office-order" else []
    address = reverse(name, args=[open_call.uuid if of_call else made.uuid, *more])
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


OFFICE_PAGES = ("office-ranking", "office-ranking-trial", "office-meeting")


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
    assert Ranking.objects.order_by("id").last().asked == {"line": 2, "weights": None, "preferred": None}  # type: ignore[union-attr]
    answer = client.get(reverse("office-ranking-export", args=[made.uuid]))
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def weights_of(call: Call, **changed: str) -> dict[str, str]:
    """The form with the rubric's weights, some of them changed."""
    own = {f"weight-{one.id}": str(one.weight) for one in call.content.rubric.criteria}
    return own | {f"weight-{name}": weight for name, weight in changed.items()}


def test_the_office_tries_weights_and_is_led_to_what_would_change(
    administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    ranked(administrator, open_call, unit, actors, 3)
    client, page = signed_in(actors[Role.CLERK]), reverse("office-ranking-trial", args=[open_call.uuid])
    refused = client.post(page, {"how": "weights", **weights_of(open_call, standard="", teaching="-1")})
    assert refused.context["weights"].errors == {
        "weight-standard": ["请填写权重；不算这一项就填 0。"],
        "weight-teaching": ["权重应在 0 到 1000 之间，最多两位小数。"],
    }
    none = dict.fromkeys(weights_of(open_call), "0")
    assert client.post(page, {"how": "weights", **none}).context["weights"].non_field_errors() == [
        "至少一个权重要大于 0。"
    ]
    answer = client.post(page, {"how": "weights", **weights_of(open_call, standard="50")})
    made = Ranking.objects.order_by("id").last()
    assert made is not None
    own = {one.id: str(one.weight) for one in open_call.content.rubric.criteria}
    assert made.asked == {"line": 1, "weights": {**own, "standard": "50"}, "preferred": None}
    place = reverse("office-order", args=[made.uuid, "weights"])
    assert (answer.status_code, answer["Location"]) == (302, place)  # type: ignore[index]
    waiting = client.get(place).content.decode()
    progress = reverse("office-ranking-progress", args=[made.uuid])
    assert (f'data-check="{progress}"' in waiting, '<meta http-equiv="refresh"' in waiting) == (True, True)
    assert client.get(progress).json() == {"over": False, "state": "正在计算", "media": 0, "done": 0}
    run(str(Job.objects.get(name="ranking.compute", arguments__ranking=str(made.uuid)).uuid))
    assert client.get(progress).json()["over"] is True
    shown = client.get(place)
    assert ("data-check" in shown.content.decode(), shown.context["other"].count(9)) == (False, 3)
    assert shown.context["tried"][0] == ("依据职业标准，内容正确", own["standard"], "50")


def test_the_office_tries_categories(
    administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    ranked(administrator, open_call, unit, actors, 2)
    client, page = signed_in(actors[Role.CLERK]), reverse("office-ranking-trial", args=[open_call.uuid])
    assert client.post(page, {"how": "preferred"}).context["categories"].errors == {
        "preferred": ["请选择至少一个类别。"]
    }
    client.post(page, {"how": "preferred", "preferred": ["P2(3)"]})
    made = Ranking.objects.order_by("id").last()
    assert made is not None
    assert made.asked == {"line": 1, "weights": None, "preferred": ["P2(3)"]}
    run(str(Job.objects.get(name="ranking.compute", arguments__ranking=str(made.uuid)).uuid))
    shown = client.get(reverse("office-order", args=[made.uuid, "preferred"])).content.decode()
    assert "参加排名的申报都在这些类别里，或者都不在，次序不会变。" in shown  # both are of this one category
    assert client.get(reverse("office-order", args=[made.uuid, "nonsense"])).status_code == 404


@pytest.mark.parametrize("role", Role)
def test_nobody_else_sees_what_a_ranking_hangs_on(
    role: Role, administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    made = ranked(administrator, open_call, unit, actors, 1)
    client = Client() if role == Role.VISITOR else signed_in(actors[role])
    names = ("office-calibration", "office-calibration-odd", "office-orders", "office-ranking-progress")
    statuses = {client.get(reverse(name, args=[made.uuid])).status_code for name in names}
    statuses.add(client.get(reverse("office-order", args=[made.uuid, "raw"])).status_code)
    assert statuses == {200 if role in (Role.CLERK, Role.ADMINISTRATOR) else 302 if role == Role.VISITOR else 403}


def test_a_ranking_being_computed_renews_itself_and_one_whose_job_is_gone_says_so(
    administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    ranked(administrator, open_call, unit, actors, 1)
    client, page = signed_in(actors[Role.CLERK]), reverse("office-ranking", args=[open_call.uuid])
    made = actions.ask_ranking(actor=administrator, call=open_call)
    going = client.get(page)
    text = going.content.decode()
    progress = reverse("office-ranking-progress", args=[made.uuid])
    assert (f'data-check="{progress}"' in text, "web/check" in text, "定为最终排名" in text) == (True, True, False)
    Job.objects.filter(arguments__ranking=str(made.uuid)).update(state="failed")
    failed = client.get(page).content.decode()
    assert ("上一次没有算出来，请再计算一次。" in failed, "data-check" in failed, "定为最终排名" in failed) == (
        True, False, True,
    )  # fmt: skip


def test_experts_are_listed_a_page_at_a_time(
    administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    packages = [accepted(open_call, unit, number) for number in (1, 2)]
    for number in range(30):
        seat = seated(open_call, f"评审员{number:02}")
        for package in packages:
            scored(seat, package, f"{5 + (number % 7) / 2:g}")
    made = actions.ask_ranking(actor=administrator, call=open_call)
    run(str(Job.objects.get(name="ranking.compute", arguments__ranking=str(made.uuid)).uuid))
    client = signed_in(actors[Role.CLERK])
    address = reverse("office-calibration", args=[made.uuid])
    pages = [client.get(address, {"page": page}).context for page in (1, 2)]
    names = [[one["name"] for one in page["page"]] for page in pages]
    assert [len(one) for one in names] == [25, 5]
    assert sorted(names[0] + names[1]) == [f"评审员{number:02}" for number in range(30)]
    assert [[strip.name for strip in page["plot"].strips] for page in pages] == names


def test_who_left_is_shown_and_can_be_left_out(
    administrator: Account, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    ranked(administrator, open_call, unit, actors, 2)
    seat = open_call.seats.get(expert__name="评审员乙")
    panel.drop_out(actor=administrator, seat=seat, reason="工作调动")
    client = signed_in(actors[Role.CLERK])
    page = reverse("office-ranking", args=[open_call.uuid])
    assert [(one.seat, one.sheets) for one in client.get(page).context["left"]] == [(seat, 2)]
    listed = client.get(reverse("office-panel", args=[open_call.uuid])).context["left"]
    assert [(one, one.scored) for one in listed] == [(seat, 2)]
    meeting.open_meeting(actor=administrator, call=open_call)
    sheets = client.get(reverse("office-meeting-package", args=[Submission.objects.first().uuid])).context["signed"]  # type: ignore[union-attr]
    assert sorted(sheets) == [(one.expert.name, one == seat) for one in open_call.seats.order_by("expert__name")]
    own = reverse("office-seat", args=[seat.uuid])
    assert client.post(own, {"how": "leave", "reason": ""}).context["leave"].errors == {
        "reason": ["请写明不计入的理由。"]
    }
    answer = client.post(own, {"how": "leave", "reason": "评分不可信"})
    assert (answer.status_code, answer["Location"]) == (302, page)  # type: ignore[index]
    assert client.get(page).context["left"] == []
    assert client.get(own).context["counting"] == 0
