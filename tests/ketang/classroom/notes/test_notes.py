"""Notes are their writer's alone: kept at a second of a lesson, found, given out, erased; nobody else ever meets them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ketang.classroom.catalogue.models import Course, Lesson
from ketang.classroom.groups.assisting import allow
from ketang.classroom.notes import actions
from ketang.classroom.notes.models import Note
from ketang.classroom.notes.privacy import SHARE
from ketang.classroom.notes.queries import notes_of, notes_on
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.platform.audit.models import AuditEntry
from ketang.platform.refusal import Refused
from learning_rows import published_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return published_course()


@pytest.fixture
def learner() -> Account:
    return open_by_command(login="learner-1", name="学员甲").account


@pytest.fixture
def other() -> Account:
    return open_by_command(login="learner-2", name="学员乙").account


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def film(course: Course) -> Lesson:
    return course.lessons.get(order=2)


def test_a_note_is_kept_at_its_second(course: Course, learner: Account) -> None:
    client, address = browser(learner), reverse("learn-note-write", args=[course.uuid, 2])
    before = AuditEntry.objects.count()
    sent = client.post(address, {"words": " 手腕\r\n内侧 ", "at": "1:15"})
    note = Note.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"{reverse('lesson', args=[course.uuid, 2])}#note-{note.uuid}")
    assert (note.account, note.course, note.thread, note.at_ms, note.words, note.at) == (
        learner, course, film(course).thread, 75_000, "手腕\n内侧", "01:15",
    )  # fmt: skip
    client.post(address, {"words": "没有时间的"})
    client.post(address, {"words": "先", "at": "3秒"})
    assert [one.words for one in notes_on(learner, film(course))] == ["先", "手腕\n内侧", "没有时间的"]
    page = client.get(reverse("lesson", args=[course.uuid, 2])).content.decode()
    assert 'href="#t=75" data-seeks="lesson" data-time="75">01:15</a>' in page
    assert "<p>手腕<br>内侧</p>" in page
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("sent", "told", "field"),
    [
        ({"words": "  "}, "请写下笔记的内容。", "words"),
        ({"words": "字" * 5001}, "一条笔记最多 5000 个字，现在有 5001 个。", "words"),
        ({"words": "记", "at": "昨天"}, "看不懂这个时间。", "at"),
        ({"words": "记", "at": "99:00"}, "这一课没有这么长，全长 03:20。", "at"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(
    course: Course, learner: Account, sent: dict[str, str], told: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.write_note(account=learner, lesson=film(course), words=sent["words"], at=sent.get("at", ""))
    assert refused.value.field == field
    page = browser(learner).post(reverse("learn-note-write", args=[course.uuid, 2]), sent).content.decode()
    assert [told in page, f'href="#note-{field}"' in page, "<title>错误：" in page, sent["words"].strip() in page] == [
        True
    ] * 4
    assert Note.objects.count() == 0


def test_there_is_an_end_to_notes(course: Course, learner: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_NOTES", 1)
    actions.write_note(account=learner, lesson=film(course), words="一")
    with pytest.raises(Refused, match="已经有 1 条"):
        actions.write_note(account=learner, lesson=film(course), words="二")


def test_all_notes_are_found_changed_saved_and_dropped(course: Course, learner: Account) -> None:
    second = published_course("剪纸入门")
    for lesson, words, at in (
        (film(course), "试水温用手腕", "0:05"),
        (course.lessons.get(order=1), "先问好", ""),
        (second.lessons.get(order=2), "折三次", ""),
    ):
        actions.write_note(account=learner, lesson=lesson, words=words, at=at)
    client = browser(learner)

    def shown(**look: str) -> list[str]:
        return re.findall(r"<p>([^<>]+)</p></div>", client.get(reverse("learn-notes"), look).content.decode())

    assert shown() == ["折三次", "先问好", "试水温用手腕"]
    assert (shown(words="手腕 饮水"), shown(words="剪纸"), shown(words="没有的词")) == (
        ["试水温用手腕"],
        ["折三次"],
        [],
    )
    assert "没有找到" in client.get(reverse("learn-notes"), {"words": "没有的词"}).content.decode()
    note = Note.objects.get(words="先问好")
    assert "请写下笔记的内容。" in client.post(reverse("learn-note", args=[note.uuid]), {"words": " "}).content.decode()
    assert client.post(reverse("learn-note", args=[note.uuid]), {"words": "先说明，再做"})["Location"] == reverse(
        "learn-notes"
    )
    file = client.get(reverse("learn-notes-file"))
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert file.content.decode() == (
        "我的笔记\r\n\r\n剪纸入门\r\n\r\n试水温\r\n折三次\r\n\r\n老年人饮水照护入门\r\n\r\n职业守则\r\n先说明，再做\r\n\r\n试水温\r\n00:05 试水温用手腕\r\n"
    )
    assert client.get(reverse("learn-note-drop", args=[note.uuid])).status_code == 405
    client.post(reverse("learn-note-drop", args=[note.uuid]))
    assert [one.words for one in notes_of(learner)] == ["折三次", "试水温用手腕"]


def test_notes_outlive_their_lesson_and_follow_it_to_the_next_edition(course: Course, learner: Account) -> None:
    actions.write_note(account=learner, lesson=film(course), words="记住", at="0:05")
    address = f'href="{reverse("lesson", args=[course.uuid, 2])}#t=5"'
    client = browser(learner)
    assert address in client.get(reverse("learn-notes")).content.decode()
    Course.objects.update(state="withdrawn")
    page = client.get(reverse("learn-notes")).content.decode()
    assert ["记住" in page, address in page, "试水温" in page] == [True, False, True]
    Lesson.objects.all().delete()
    assert "已经不在的课" in client.get(reverse("learn-notes")).content.decode()


def test_nobody_else_meets_a_note(course: Course, learner: Account, other: Account) -> None:
    note = actions.write_note(account=learner, lesson=film(course), words="秘密的话")
    stranger = browser(other)
    for name, how in (("learn-note", "get"), ("learn-note", "post"), ("learn-note-drop", "post")):
        assert getattr(stranger, how)(reverse(name, args=[note.uuid]), {"words": "改"}).status_code == 404
    pages = [reverse("lesson", args=[course.uuid, 2]), reverse("learn-notes"), reverse("learn-notes-file")]
    assert [b"\xe7\xa7\x98\xe5\xaf\x86" in stranger.get(page).content for page in pages] == [False] * 3
    visitor = Client()
    assert [visitor.get(page).status_code for page in pages] == [200, 302, 302]
    assert "notes-title" not in visitor.get(pages[0]).content.decode()
    # Somebody who acts for the learner studies for them, and does not read what they wrote; nor do they write into their own by mistake.
    allow(learner=learner, login=other.login, language="zh-hans", text="我同意。")
    stranger.post(reverse("learn-act"), {"for": str(learner.helped_by.get().uuid)})
    page = stranger.get(pages[0]).content.decode()
    assert ["您正在协助" in page, "秘密的话" in page, "notes-title" in page] == [True, False, False]
    note.refresh_from_db()
    assert note.words == "秘密的话"


def test_a_copy_and_an_erasure_hold_all_of_them(course: Course, learner: Account, other: Account) -> None:
    actions.write_note(account=learner, lesson=film(course), words="我的", at="0:05")
    actions.write_note(account=other, lesson=film(course), words="别人的")
    told: Any = SHARE.export(learner)
    assert [(one["course__title"], one["lesson__title"], one["at_ms"], one["words"]) for one in told["notes"]] == [
        (course.title, "试水温", 5000, "我的")
    ]
    assert SHARE.erase(learner) == []
    assert [one.words for one in Note.objects.all()] == ["别人的"]


def test_a_lesson_that_is_not_public_takes_no_note(course: Course, learner: Account) -> None:
    Course.objects.update(state="withdrawn")
    assert browser(learner).post(reverse("learn-note-write", args=[course.uuid, 2]), {"words": "记"}).status_code == 404
