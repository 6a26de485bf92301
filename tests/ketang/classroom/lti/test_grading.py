"""Marks that go back: the best, of who agreed, anew when it changes, later each time; a platform that is away or refuses; a kill in between."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import jwt
import pytest
from django.test import Client
from django.utils import timezone

from exam_rows import course_with_papers
from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.appealing import correct_key, mark_piece
from ketang.classroom.exams.models import Attempt, Question
from ketang.classroom.lti import actions, grading, keys, launching
from ketang.classroom.lti.grading import best, due, work_on
from ketang.classroom.lti.models import Grade, Guest, Platform, ResourceLink
from ketang.classroom.lti.queries import platforms
from ketang.people.account.models import Account
from ketang.people.privacy.registry import shares
from ketang_accounts import signed_in

from .conftest import CLAIM, SCORE, Forge, sit

pytestmark = pytest.mark.django_db


def custom(course: Course) -> dict[str, Any]:
    return {f"{CLAIM}custom": {"course": str(course.uuid)}}


@pytest.fixture
def learner(client: Client, forge: Forge, course: Course) -> Account:
    """Came, and agreed."""
    return forge.come(client, "agree", **custom(course))


def work(forge: Forge) -> int:
    return work_on(forge.platform)


def given(forge: Forge) -> list[float]:
    return [one["scoreGiven"] for one in forge.scores]


def stands() -> tuple[Decimal | None, bool, bool, str]:
    one = Grade.objects.get()
    return one.points, one.waits, one.sent_at is not None, one.refused


def test_a_mark_goes_back_once(forge: Forge, learner: Account, course: Course) -> None:
    assert work(forge) == 0
    sit(learner, course)
    assert (work(forge), work(forge), stands()) == (1, 0, (Decimal("80.00"), False, True, ""))
    told = forge.scores[0]
    at = told.pop("timestamp")
    assert (at[-1], abs(datetime.fromisoformat(at).timestamp() - time.time()) < 60) == ("Z", True)
    assert told == {
        "scoreGiven": 80.0, "scoreMaximum": 100, "activityProgress": "Completed", "gradingProgress": "FullyGraded", "userId": "u-7",
    }  # fmt: skip
    head = forge.heads[0]
    assert (head["path"], head["authorization"], head["content-type"]) == (
        "/lineitems/1/scores?type=x", "Bearer opens", "application/vnd.ims.lis.v1.score+json",
    )  # fmt: skip
    asked = forge.asked[0]
    assertion = asked.pop("client_assertion")
    assert asked == {
        "grant_type": "client_credentials", "scope": SCORE,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    }  # fmt: skip
    claims = jwt.decode(assertion, keys.signing().public, algorithms=["RS256"], audience=f"{forge.origin}/token")
    assert (claims["iss"], claims["sub"]) == ("client-1", "client-1")
    assert "示例同学" not in str(forge.scores)


def test_the_best_counts_and_what_changes_is_told_anew(
    forge: Forge, learner: Account, course: Course, administrator: Account
) -> None:
    sit(learner, course, "B")
    assert work(forge) == 1
    sit(learner, course)
    assert work(forge) == 1
    sit(learner, course, "B")  # worse: nothing to tell
    assert (work(forge), given(forge), best(learner, course)) == (0, [40.0, 80.0], Decimal("80.00"))
    question = Question.objects.get(edition=course.current, stem="水温要先试再喂。")
    correct_key(actor=administrator, question=question, right=[], is_void=True, reason="题目有误")
    mark_piece(question)
    assert (work(forge), given(forge)) == (1, [40.0, 80.0, 100.0])
    times = [one["timestamp"] for one in forge.scores]
    assert times == sorted(set(times))  # later each time


def test_times_grow_though_the_clock_goes_back(forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course, "B")
    work(forge)
    ahead = timezone.now() + timedelta(hours=1)
    Grade.objects.update(at=ahead, sent_at=ahead)
    sit(learner, course)
    assert work(forge) == 1
    assert Grade.objects.get().at == ahead + timedelta(milliseconds=1)


def test_without_consent_nothing_leaves(client: Client, forge: Forge, course: Course) -> None:
    learner = forge.come(client, "without", **custom(course))
    sit(learner, course)
    assert (work(forge), forge.asked, Grade.objects.get().points) == (0, [], None)
    launching.agree(account=learner, language="zh-hans", agreed=True)
    assert (work(forge), given(forge)) == (1, [80.0])  # what was before too: the text says so


def test_taken_back(forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course)
    assert grading.collect(forge.platform) == 1
    launching.agree(account=learner, language="zh-hans", agreed=False)
    assert (work(forge), forge.scores, Grade.objects.get().waits) == (0, [], False)
    launching.agree(account=learner, language="zh-hans", agreed=True)
    assert (work(forge), given(forge)) == (1, [80.0])
    launching.agree(account=learner, language="zh-hans", agreed=False)
    launching.agree(account=learner, language="zh-hans", agreed=True)
    assert work(forge) == 0  # the platform has it


def test_a_consent_names_its_receiver(forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course)
    Platform.objects.update(issuer="https://other.example")
    assert work(forge) == 0


@pytest.mark.parametrize("status", [401, 408, 425, 429, 500, 503, 301])
def test_a_platform_that_is_away_is_tried_later_and_later(
    forge: Forge, learner: Account, course: Course, status: int
) -> None:
    sit(learner, course)
    forge.answers = [(status, "busy")]
    waits = []
    for _time in range(12):
        assert work(forge) == 0
        row = forge.platform
        assert row.again_at is not None
        waits.append(round((row.again_at - timezone.now()).total_seconds() / 60))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert (due(), stands()) == ([], (Decimal("80.00"), True, False, ""))
    assert ("busy" in forge.platform.trouble) is (status != 301)
    Platform.objects.update(again_at=timezone.now())
    forge.answers = [(200, "")]
    assert (len(due()), work(forge), stands()[1:3]) == (1, 1, (False, True))
    assert (forge.platform.tries, forge.platform.trouble) == (0, "")
    assert len({one["timestamp"] for one in forge.scores}) == 1  # the same mark each time


@pytest.mark.parametrize(
    "token", [(401, {"error": "invalid_client"}), (200, {}), (200, "x"), (200, []), (302, {}), (500, {})]
)
def test_no_token(forge: Forge, learner: Account, course: Course, token: tuple[int, Any]) -> None:
    sit(learner, course)
    forge.token = token
    assert (work(forge), forge.scores, forge.platform.tries, stands()[1]) == (0, [], 1, True)


def test_nobody_there(forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course)
    Platform.objects.update(token_url="http://127.0.0.1:9/token")
    assert (work(forge), "ConnectionError" in forge.platform.trouble) == (0, True)


def test_one_platform_that_is_away_holds_up_no_other(
    client: Client, forge: Forge, learner: Account, course: Course
) -> None:
    Platform.objects.create(
        name="一",
        issuer="https://a.example",
        client_id="x",
        deployments=["1"],
        again_at=timezone.now() + timedelta(hours=1),
    )
    off = Platform.objects.create(name="二", issuer="https://b.example", client_id="x", deployments=["1"], is_on=False)
    assert (due(), off.is_on) == ([forge.platform], False)


def test_refused_is_kept_and_sent_again(
    client: Client, forge: Forge, learner: Account, course: Course, administrator: Account
) -> None:
    other = forge.come(Client(), "agree", **custom(course), sub="u-8")
    sit(learner, course)
    sit(other, course)
    forge.answers = [(404, "gone <b>"), (200, "")]
    assert work(forge) == 2
    row = Grade.objects.get(guest__sub="u-7")
    assert (row.refused, row.waits, row.sent_at) == ("404 gone <b>", False, None)
    assert (Grade.objects.get(guest__sub="u-8").sent_at is not None, work(forge)) == (True, 0)
    counted = platforms().get()
    assert (counted.people, counted.waiting, counted.sent, counted.refusals) == (2, 0, 1, 1)
    office = signed_in(administrator)
    page = f"/office/lti/{forge.platform.uuid}"
    said = office.get(page).content.decode()
    assert ("404 gone &lt;b&gt;" in said, "u-7" in said) == (True, True)
    assert office.post(page, {"how": "again"}).status_code == 302
    assert (work(forge), Grade.objects.get(guest__sub="u-7").refused) == (1, "")


def test_a_better_mark_is_told_though_one_was_refused(forge: Forge, learner: Account, course: Course) -> None:
    forge.answers = [(403, "closed"), (200, "")]
    sit(learner, course, "B")
    work(forge)
    sit(learner, course, "B")
    assert work(forge) == 0  # the same mark is not told again by itself
    sit(learner, course)
    assert (work(forge), stands()) == (1, (Decimal("80.00"), False, True, ""))


def test_killed_after_the_platform_took_it(forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course)
    work(forge)
    Grade.objects.update(waits=True, sent_at=None)  # the note was lost
    forge.answers = [(409, "old timestamp")]
    assert (work(forge), stands()) == (1, (Decimal("80.00"), False, True, ""))
    assert forge.scores[0] == forge.scores[1]  # to the last sign


def test_written_anew_while_it_is_sent(forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course, "B")
    grading.collect(forge.platform)

    def meanwhile(_line: str, _mark: Any) -> None:
        sit(learner, course)
        grading.collect(forge.platform)

    grading._send(meanwhile, Grade.objects.select_related("guest", "link").get())
    assert (stands(), work(forge), given(forge)) == ((Decimal("80.00"), True, False, ""), 1, [80.0])


def test_an_odd_answer_is_an_answer(forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course)
    forge.answers = [(200, "<html>")]
    assert (work(forge), stands()[2]) == (1, True)


def test_a_flood_is_no_answer(forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course)
    forge.answers = [(200, "x" * (2 << 20))]
    assert (work(forge), stands()[1:3]) == (0, (True, False))


def test_the_place_changes(client: Client, forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course)
    work(forge)
    moved = {"scope": [SCORE], "lineitem": f"{forge.origin}/lineitems/2"}
    forge.launch(client, **custom(course), **{"https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": moved})
    assert (work(forge), forge.heads[-1]["path"]) == (1, "/lineitems/2/scores")
    other = course_with_papers("另一门")
    forge.launch(client, **custom(other), **{"https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": moved})
    assert work(forge) == 0
    sit(learner, other, "B")
    assert (work(forge), given(forge), ResourceLink.objects.count()) == (1, [80.0, 80.0, 40.0], 1)


def test_no_place_for_marks(client: Client, forge: Forge, course: Course) -> None:
    learner = forge.come(
        client, "agree", **custom(course), **{"https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": None}
    )
    sit(learner, course)
    assert (work(forge), forge.asked) == (0, [])


def test_switched_off(forge: Forge, learner: Account, course: Course, administrator: Account) -> None:
    sit(learner, course)
    actions.switch(actor=administrator, platform=forge.platform, is_on=False)
    assert due() == []


def test_own_page(client: Client, forge: Forge, learner: Account, course: Course) -> None:
    sit(learner, course)
    work(forge)
    said = client.get("/learn/platform").content.decode()
    assert all(words in said for words in ("示例职业学院（127.0.0.1", "u-7", "80.00", "现在：同意送回"))
    assert "我来的学习平台" in client.get("/learn/").content.decode()
    client.post("/learn/platform", {"agree": "no"})
    assert "现在：不送" in client.get("/learn/platform").content.decode()
    client.post("/learn/platform", {"agree": "yes"})
    assert "现在：同意送回" in client.get("/learn/platform").content.decode()
    other = Client()
    assert other.get("/learn/platform").status_code == 302


def test_a_persons_data(client: Client, forge: Forge, learner: Account, course: Course) -> None:
    share = next(one for one in shares() if one.applet == "lti")
    Attempt.objects.all().delete()
    sit(learner, course)
    work(forge)
    told = share.export(learner)
    assert [(row["platform__name"], row["sub"]) for row in told["platform"]] == [("示例职业学院", "u-7")]
    assert [(row["link__course__title"], row["points"]) for row in told["marks"]] == [(course.title, Decimal("80.00"))]
    forge.launch(client, **custom(course), sub="u-9")
    assert [str(kept.ground) for kept in share.erase(learner)] == ["在对方那里，请向对方要求删除。"]
    assert (Guest.objects.count(), Grade.objects.count(), list(share.erase(learner))) == (0, 0, [])


def test_erased_before_anything_was_sent(forge: Forge, learner: Account) -> None:
    share = next(one for one in shares() if one.applet == "lti")
    assert list(share.erase(learner)) == []


def test_who_has_no_password_takes_a_copy_and_closes_the_account(
    client: Client, forge: Forge, learner: Account, course: Course
) -> None:
    sit(learner, course)
    work(forge)
    assert client.get("/account/").status_code == 200
    assert client.post("/account/data/copy")["Content-Type"] == "application/zip"
    said = client.post("/account/data/close", {"sure": "on"}).content.decode()
    assert "已经送回其他学习平台的考试成绩" in said
    learner.refresh_from_db()
    assert (learner.is_active, learner.name, Guest.objects.count()) == (False, "", 0)
    again = forge.come(Client(), "without", **custom(course))
    assert again.pk != learner.pk  # somebody new
