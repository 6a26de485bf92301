"""What is sent of whom, once; nothing without configuration or consent; a store that is away, refuses, or had it already."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import Settings

from ketang.classroom.apps import _vet_store
from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams import sitting
from ketang.classroom.exams.models import Attempt
from ketang.classroom.exams.queries import open_papers
from ketang.classroom.exchange.actions import agree, send_again, send_piece
from ketang.classroom.exchange.collecting import collect
from ketang.classroom.exchange.models import Statement
from ketang.classroom.exchange.permissions import may_keep_exchange
from ketang.classroom.exchange.queries import agrees, state
from ketang.classroom.exchange.statements import KINDS, Score, Thing, statement
from ketang.classroom.exchange.store import NotAStore, Store, Unreachable
from ketang.classroom.learning.models import Progress
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.privacy.registry import shares
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang_accounts import signed_in

from .conftest import Peer

pytestmark = pytest.mark.django_db


def sit(learner: Account, course: Course, chosen: str = "A") -> Attempt:
    begun = sitting.begin(account=learner, paper=open_papers(course)[0], one_at_a_time=True)
    sitting.keep_form(attempt=begun, chosen={1: ([chosen], False), 2: (["A", "B"], False)}, seen=0)
    return sitting.submit(attempt=begun.uuid, account=learner)


def agreed(learner: Account) -> None:
    agree(account=learner, language="zh-hans", agreed=True)


def all_sent() -> list[int]:
    found = []
    while (sent := send_piece()) is not None:
        found.append(sent)
    return found


def test_nothing_leaves_without_configuration(course: Course, learner: Account, settings: Settings) -> None:
    settings.XAPI = ""
    sit(learner, course)
    assert (send_piece(), Statement.objects.count()) == (None, 0)
    assert "exchange.send" not in settings.JOB_RECURRING


def test_nothing_leaves_without_consent(peer: Peer, course: Course, learner: Account) -> None:
    sit(learner, course)
    assert (all_sent(), peer.got, Statement.objects.count()) == ([], [], 0)
    agreed(learner)
    assert all_sent() == []  # what was before the consent stays here


def test_a_result_is_told_once_without_a_name(peer: Peer, course: Course, learner: Account) -> None:
    agreed(learner)
    attempt = sit(learner, course)
    assert (all_sent(), all_sent()) == ([1], [])
    told = peer.told[0]
    moment = told.pop("timestamp")
    assert abs(datetime.fromisoformat(moment) - datetime.now(UTC)) < timedelta(minutes=1)
    duration = told["result"].pop("duration")
    assert duration.startswith("PT")
    inside = {
        "objectType": "Activity", "id": f"https://ketang.example.org/courses/{course.uuid}",
        "definition": {"type": "http://adlnet.gov/expapi/activities/course", "name": {"zh-CN": course.title}},
    }  # fmt: skip
    assert told == {
        "id": str(Statement.objects.get().uuid),
        "actor": {"objectType": "Agent", "account": {"homePage": "https://ketang.example.org", "name": str(learner.uuid)}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed", "display": {"en-US": "passed"}},
        "object": {
            "objectType": "Activity", "id": f"https://ketang.example.org/learn/papers/{attempt.paper.uuid}",
            "definition": {"type": "http://adlnet.gov/expapi/activities/assessment", "name": {"zh-CN": "试卷1"}},
        },
        "result": {"score": {"raw": 80.0, "min": 0, "max": 100.0, "scaled": 0.8}, "success": True, "completion": True},
        "context": {
            "platform": "Ketang", "language": "zh-CN", "contextActivities": {"parent": [inside]}, "registration": str(attempt.uuid),
        },
        "version": "1.0.3",
    }  # fmt: skip
    head = peer.heads[0]
    assert (head["path"], head["x-experience-api-version"], head["content-type"]) == ("/xapi/statements", "1.0.3", "application/json")  # fmt: skip
    assert base64.b64decode(head["authorization"].removeprefix("Basic ")) == b"ketang:s@fe"
    assert "示例学员" not in str(peer.got)
    assert "learner" not in str(peer.got)


def test_failed_and_finished_are_told_too(peer: Peer, course: Course, learner: Account) -> None:
    agreed(learner)
    sit(learner, course, "B")
    lesson = course.lessons.order_by("order")[0]
    Progress.objects.create(
        account=learner, course=course, thread=lesson.thread, lesson=lesson, finished_at=timezone.now(), finished_how="said", counted_ms=90_000,
    )  # fmt: skip
    assert sum(all_sent()) == 2
    verbs = {one["verb"]["display"]["en-US"]: one["result"].get("success") for one in peer.told}
    assert verbs == {"failed": False, "completed": None}
    done = next(one for one in peer.told if one["verb"]["display"]["en-US"] == "completed")
    assert (done["result"]["duration"], done["object"]["definition"]["name"]) == ("PT90.00S", {"zh-CN": lesson.title})


def test_a_store_that_is_away_is_tried_again(peer: Peer, course: Course, learner: Account) -> None:
    agreed(learner)
    sit(learner, course)
    for status in (500, 503, 401, 403, 429, 301):
        peer.answers = [status]
        with pytest.raises(Unreachable):
            send_piece()
    assert (state().waiting, state().sent, state().refused) == (1, 0, 0)
    peer.answers = [200]
    assert (all_sent(), state().waiting, state().sent) == ([1], 0, 1)


def test_killed_after_the_store_took_it(peer: Peer, course: Course, learner: Account) -> None:
    agreed(learner)
    sit(learner, course)
    assert all_sent() == [1]
    Statement.objects.update(sent_at=None)  # the commit was lost
    peer.answers = [409, 409]
    assert (all_sent(), state().sent, state().refused) == ([1], 1, 0)
    peer.answers = [200]
    Statement.objects.update(sent_at=None)
    assert all_sent() == [1]
    assert peer.got[0] == peer.got[1]  # the same to the last sign, under the same identity


def test_one_that_is_refused_holds_up_no_other(
    peer: Peer, course: Course, learner: Account, actors: dict[Role, Actor]
) -> None:
    agreed(learner)
    for chosen in "ABA":
        sit(learner, course, chosen)
    peer.answers = [400, 200, 400, 200]  # all together, then one by one: the second is refused
    assert all_sent() == [3]
    assert (state().sent, state().refused, state().waiting) == (2, 1, 0)
    assert Statement.objects.exclude(refused="").get().refused == '400 "said"'
    with pytest.raises(PermissionDenied):
        send_again(actor=actors[Role.CLERK])
    assert (send_again(actor=actors[Role.ADMINISTRATOR]), all_sent(), state().sent) == (1, [1], 3)


def test_taken_back(peer: Peer, course: Course, learner: Account, settings: Settings) -> None:
    agreed(learner)
    sit(learner, course)
    assert collect() == 1
    agree(account=learner, language="zh-hans", agreed=False)
    sit(learner, course)
    assert (all_sent(), Statement.objects.count(), agrees(learner)) == ([], 0, False)
    agreed(learner)
    settings.XAPI = "https://a:b@other.example.org/xapi"
    assert not agrees(learner)  # a consent to one receiver is none to another


def test_addresses_of_stores() -> None:
    read = Store.read("https://key:s%40fe@lrs.example.org:8443/xapi/")
    assert (read.host, read.port, read.path, read.login, read.password, read.secure) == (
        "lrs.example.org", 8443, "/xapi", "key", "s@fe", True,
    )  # fmt: skip
    for wrong in ("http://a:b@lrs.example.org/x", "https://lrs.example.org/x", "ftp://a:b@lrs.example.org", "https://a:b@h/x?y=1", "lrs"):  # fmt: skip
        with pytest.raises(NotAStore):
            Store.read(wrong)


def test_nobody_there() -> None:
    with pytest.raises(Unreachable):
        Store.read("http://a:b@127.0.0.1:9/xapi").send([{}])


def test_the_same_row_gives_the_same_statement() -> None:
    def made(**more: Any) -> dict[str, Any]:
        told: dict[str, Any] = {
            "origin": "https://k.example.org", "source": "marking:1", "learner": UUID(int=1), "verb": "passed", "inside": None,
            "of": Thing("https://k.example.org/p", f"{KINDS}assessment", "卷"), "at": datetime(2026, 3, 5, tzinfo=UTC),
        }  # fmt: skip
        return statement(**(told | more))

    assert made() == made()
    assert made()["id"] != made(source="marking:2")["id"]
    third = made(score=Score(Decimal("66.67"), Decimal(200), False))["result"]
    assert third == {"score": {"raw": 66.67, "min": 0, "max": 200.0, "scaled": 0.3334}, "success": False, "completion": True}  # fmt: skip


def test_pages(peer: Peer, course: Course, learner: Account, actors: dict[Role, Actor]) -> None:
    client = Client()
    client.force_login(learner)
    assert "示例学习记录库（127.0.0.1）" in client.get("/learn/exchange").content.decode()
    client.post("/learn/exchange", {"agree": "yes"})
    assert agrees(learner)
    sit(learner, course)
    assert all_sent() == [1]
    office = signed_in(actors[Role.ADMINISTRATOR])  # type: ignore[arg-type]
    said = office.get("/office/exchange/").content.decode()
    assert "示例学习记录库（127.0.0.1）" in said
    assert "s@fe" not in said
    assert signed_in(actors[Role.CLERK]).get("/office/exchange/").status_code == 403  # type: ignore[arg-type]
    client.post("/learn/exchange", {"agree": "no"})
    assert not agrees(learner)


def test_results_as_a_table(course: Course, learner: Account, actors: dict[Role, Actor]) -> None:
    sit(learner, course)
    clerk = signed_in(actors[Role.CLERK])  # type: ignore[arg-type]
    answer = clerk.get(f"/office/courses/{course.uuid}/exams/results.csv")
    lines = b"".join(answer).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    assert lines[0] == "登录号,姓名,试卷,开始,交卷,怎样交卷,用时（秒）,得分,总分,及格"
    cells = lines[1].split(",")
    assert (len(lines), cells[:3], cells[5], cells[7:]) == (
        2,
        ["learner", "示例学员", "试卷1"],
        "本人交卷",
        ["80.00", "100.00", "及格"],
    )
    assert b"".join(clerk.get(f"/office/courses/{course.uuid}/exams/results.xlsx"))[:2] == b"PK"  # type: ignore[arg-type]
    assert clerk.get(f"/office/courses/{course.uuid}/exams/results.pdf").status_code == 404
    mine = Client()
    mine.force_login(learner)
    assert mine.get(f"/office/courses/{course.uuid}/exams/results.csv").status_code == 403


def test_a_persons_data(peer: Peer, course: Course, learner: Account) -> None:
    agreed(learner)
    sit(learner, course)
    assert all_sent() == [1]
    share = next(one for one in shares() if one.applet == "exchange")
    assert [row["body"]["verb"]["display"]["en-US"] for row in share.export(learner)["statements"]] == ["passed"]
    assert [str(kept.ground) for kept in share.erase(learner)] == ["在对方那里，请向对方要求删除。"]
    assert (Statement.objects.count(), list(share.erase(learner))) == (0, [])
    assert share.erase(open_by_command(login="other", name="").account) == []


@pytest.mark.parametrize(
    "address", ["https://host.example/xapi", "ftp://a:secret@host.example", "https://a:secret@host.example:x"]
)
def test_a_store_that_is_named_wrongly_is_said_at_the_start_without_its_password(address: str) -> None:
    with override_settings(XAPI=address), pytest.raises(ImproperlyConfigured) as said:
        _vet_store()
    assert str(said.value).startswith("KETANG_XAPI: ")
    assert "secret" not in f"{said.value!r} {said.value.__cause__} {said.value.__context__}"


@pytest.mark.parametrize("address", ["", "https://a:secret@host.example/xapi", "http://a:b@127.0.0.1:8080"])
def test_none_and_a_good_store_may_start(address: str) -> None:
    with override_settings(XAPI=address):
        _vet_store()


def test_who_keeps_it(actors: dict[Role, Actor]) -> None:
    assert [role for role, one in actors.items() if may_keep_exchange(one)] == [Role.ADMINISTRATOR]
