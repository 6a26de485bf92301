"""Appeals with a day for the answer; keys that are corrected; everybody marked anew as if for the first time, and told."""

from __future__ import annotations

import html
import random
import re
import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams import appealing, sitting
from ketang.classroom.exams.answers import Line
from ketang.classroom.exams.marks import worked_out
from ketang.classroom.exams.models import Appeal, Attempt, Marking, Question, Ruling
from ketang.classroom.exams.queries import open_papers, passed, places_of
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.platform.audit.queries import history
from ketang.platform.outbox.models import Letter
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def sat(account: Account, course: Course, *answers: str, over: bool = True) -> Attempt:
    """The short paper with these answers, question by question."""
    attempt = sitting.begin(account=account, paper=open_papers(course)[0], one_at_a_time=True)
    lines = [Line(n, n, 0, tuple(letters), False) for n, letters in enumerate(answers, start=1)]
    sitting.keep(attempt=attempt.uuid, account=account, device=uuid.uuid4(), lines=lines, seen=0)
    return sitting.submit(attempt=attempt.uuid, account=account) if over else attempt


def first_of(course: Course) -> Question:
    return places_of(open_papers(course)[0])[0].question


def work() -> None:
    for job in Job.objects.filter(name="exams.mark", state=JobState.WAITING):
        run(str(job.uuid))


def totals() -> dict[str, list[tuple[Decimal, bool]]]:
    found: dict[str, list[tuple[Decimal, bool]]] = {}
    for marking in Marking.objects.select_related("attempt__account").order_by("attempt", "number"):
        found.setdefault(marking.attempt.account.login, []).append((marking.total, marking.passed))
    return found


def test_a_corrected_key_marks_everybody_anew_and_tells_whom_it_concerns(course: Course, clerk: Account) -> None:
    right, wrong, left = (open_by_command(login=name, name=name).account for name in ("right", "wrong", "left"))
    Account.objects.filter(pk=wrong.pk).update(email="wrong@example.org")
    sat(right, course, "A", "AB", "对")
    lost = sat(wrong, course, "B", "AC", "对")
    sat(left, course, "", "AB", "对")
    assert passed(wrong, course) is None
    appealing.correct_key(actor=clerk, question=first_of(course), right=["B"], is_void=False, reason="教材改了")
    assert totals()["wrong"] == [(Decimal(20), False)]  # in the background
    work()
    assert totals() == {
        "right": [(Decimal(100), True), (Decimal(60), True)],
        "wrong": [(Decimal(20), False), (Decimal(60), True)],
        "left": [(Decimal(60), True), (Decimal(60), True)],
    }
    assert [(one.recipient, "原来 20 分，现在 60 分" in one.text) for one in Letter.objects.all()] == [
        ("wrong@example.org", True)
    ]
    assert passed(wrong, course) == lost
    browser = signed_in(wrong)
    assert "成绩有变" in words(browser.get(reverse("learn-exams", args=[course.uuid])))
    page = reverse("learn-result", args=[lost.uuid])
    told = words(browser.get(page))
    assert ("原来 20 分，现在 60 分" in told, "答案更正过： 教材改了" in told) == (True, True)
    assert "原来 20 分" not in words(browser.get(page))  # seen
    other = signed_in(left)
    assert "成绩有变" not in words(other.get(reverse("learn-exams", args=[course.uuid])))
    assert [one.action for one in history(first_of(course))] == ["exams.correct_key", "exams.mark_anew"]


def test_a_void_question_gives_everybody_its_points_whoever_is_still_at_it_too(course: Course, clerk: Account) -> None:
    wrong, sits = (open_by_command(login=name, name=name).account for name in ("wrong", "sits"))
    sat(wrong, course, "B", "AC", "错")
    at_it = sat(sits, course, "", "AB", "错", over=False)
    appealing.correct_key(actor=clerk, question=first_of(course), right=[], is_void=True, reason="图印错了")
    work()
    sitting.submit(attempt=at_it.uuid, account=sits)
    work()
    assert totals() == {"wrong": [(Decimal(0), False), (Decimal(40), False)], "sits": [(Decimal(80), True)]}


def test_marking_anew_gives_what_marking_for_the_first_time_gives(course: Course, clerk: Account) -> None:
    """Over a history of corrections: random answers, random keys, jobs that run late or twice."""
    chance = random.Random(8)
    people = [open_by_command(login=f"l{n}", name=str(n)).account for n in range(12)]
    places = list(places_of(open_papers(course)[0]))
    for n, account in enumerate(people):
        answers = ["".join(chance.sample("ABCD", 1)), "".join(sorted(chance.sample("ABCD", 2))), chance.choice("对错")]
        sat(account, course, *answers)
        if n % 2 == 0:
            question = chance.choice(places).question
            letters = chance.sample(question.letters, 1)
            try:
                appealing.correct_key(
                    actor=clerk, question=question, right=letters, is_void=chance.random() < 0.2, reason="更正"
                )
            except Refused:
                continue
            if n % 4 == 0:
                work()
    work()
    for attempt in Attempt.objects.all():
        last = attempt.markings.order_by("-number")[0]
        anew, keys = worked_out(attempt)
        assert ({int(place): Decimal(worth) for place, worth in last.points.items()}, last.total, last.keys) == (
            dict(anew.points), anew.total, keys,
        )  # fmt: skip
    assert appealing.mark_piece(places[0].question) == (0, 0)


def test_many_are_marked_in_pieces_and_a_job_begun_anew_goes_on(course: Course, clerk: Account, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(appealing, "PIECE", 2)
    for n in range(5):
        sat(open_by_command(login=f"l{n}", name=str(n)).account, course, "A")
    question = first_of(course)
    appealing.correct_key(actor=clerk, question=question, right=["C"], is_void=False, reason="更正")
    assert appealing.mark_piece(question) == (2, 2)  # and then the worker was killed
    work()
    assert {len(rows) for rows in totals().values()} == {2}


@pytest.mark.parametrize(
    ("which", "right", "is_void", "reason", "said"),
    [
        (1, ["B"], False, " ", "请写明更正的理由"),
        (1, [], False, "错了", "请选择正确答案"),
        (1, ["E"], False, "错了", "请选择正确答案"),
        (1, ["A"], False, "错了", "和现在的答案一样"),
        (3, ["对", "错"], False, "错了", "只能有一个正确答案"),
    ],
)
def test_keys_that_are_none(course: Course, clerk: Account, which: int, right: list[str], is_void: bool, reason: str, said: str) -> None:  # fmt: skip
    question = places_of(open_papers(course)[0])[which - 1].question
    with pytest.raises(Refused, match=said):
        appealing.correct_key(actor=clerk, question=question, right=right, is_void=is_void, reason=reason)
    assert (question.keys.count(), Job.objects.filter(name="exams.mark").count()) == (1, 0)


def test_from_an_appeal_to_its_answer_on_the_pages(course: Course, learner: Account, clerk: Account, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(timezone, "localdate", lambda *_a, **_k: date(2026, 3, 5))
    attempt = sat(learner, course, "B", "AB", "对")
    asks, office = signed_in(learner), signed_in(clerk)
    address = reverse("learn-appeal", args=[attempt.uuid, 1])
    assert "请写下哪里不对。" in words(asks.post(address, {"words": " "}))
    answer = asks.post(address, {"words": "书上说先关灯。"}, follow=True)
    appeal = Appeal.objects.get()
    assert f"申诉已提交，最晚 {appeal.due_on:%Y-%m-%d} 答复。" in words(answer)
    assert appeal.due_on > date(2026, 3, 5)
    asks.post(address, {"words": "书上第 8 页说先关灯。"})
    listed = words(office.get(reverse("office-appeals")))
    assert ("喂水前先做什么" in listed, "待答复" in listed) == (True, True)
    page = reverse("office-appeal", args=[appeal.uuid])
    shown = words(office.get(page))
    assert [one in shown for one in ("书上第 8 页说先关灯。", "B. 关灯 · 学习者选的", "学员甲")] == [True, True, False]
    assert "请写下答复。" in words(office.post(page, {"ruling": "upheld", "answer": ""}))
    key = reverse("office-question-key", args=[first_of(course).uuid])
    assert "已有 1 份交过的答卷有这道题" in words(office.get(key))
    assert "请写明更正的理由" in words(office.post(key, {"right": "B"}))
    assert office.post(key, {"right": "B", "reason": "教材第 8 页"}).status_code == 302
    office.post(page, {"ruling": "upheld", "answer": "您说得对，已更正。"})
    work()
    home = reverse("learn")
    assert ["考试申诉有了答复" in words(asks.get(home)), "考试成绩有变" in words(asks.get(home))] == [True, True]
    result = words(asks.get(reverse("learn-result", args=[attempt.uuid])))
    assert ["考试申诉有了答复" in words(asks.get(home)), "考试成绩有变" in words(asks.get(home))] == [False, False]
    assert [one in result for one in ("有理，已处理", "您说得对，已更正。", "原来 60 分，现在 100 分")] == [True] * 3
    assert "已经答复" in words(asks.post(address, {"words": "再问"}))
    assert [one.action for one in history(appeal)] == ["exams.appeal", "exams.appeal", "exams.answer_appeal"]


def test_who_may(course: Course, learner: Account, clerk: Account) -> None:
    attempt, other = sat(learner, course, "B"), open_by_command(login="other", name="乙").account
    place = places_of(attempt.paper)[0]
    with pytest.raises(PermissionDenied):
        appealing.appeal(account=other, attempt=attempt, place=place, words="不对")
    with pytest.raises(PermissionDenied):
        appealing.appeal(account=learner, attempt=attempt, place=places_of(open_papers(course)[1])[0], words="不对")
    made = appealing.appeal(account=learner, attempt=attempt, place=place, words="不对")
    for actor in (learner, other):
        with pytest.raises(PermissionDenied):
            appealing.answer_appeal(actor=actor, appeal=made, ruling=Ruling.REJECTED, answer="没有问题。")
        with pytest.raises(PermissionDenied):
            appealing.correct_key(actor=actor, question=place.question, right=["B"], is_void=False, reason="我说的")
        browser = signed_in(actor)
        for name, key in (
            ("office-appeals", None),
            ("office-appeal", made.uuid),
            ("office-question-key", place.question.uuid),
        ):
            assert browser.get(reverse(name, args=[key] if key else [])).status_code == 403
    assert signed_in(other).get(reverse("learn-appeal", args=[attempt.uuid, 1])).status_code == 404
