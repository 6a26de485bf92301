"""Work for task sheets: evidence of every kind, hostile files told apart, marks by who may give them, everything told and recorded."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from ketang.classroom.catalogue.models import Course, Lesson
from ketang.classroom.groups.assisting import allow
from ketang.classroom.groups.models import Enrolment, Group
from ketang.classroom.tasks import actions, permissions, recordings
from ketang.classroom.tasks.models import Mark, Work, WorkFile
from ketang.classroom.tasks.privacy import SHARE
from ketang.classroom.tasks.queries import unseen_marks, works_for, works_on
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.outbox.models import Letter
from ketang.platform.queue.models import Job
from ketang.platform.refusal import Refused
from ketang.platform.storage.reading import read_whole
from ketang_accounts import signed_in

from .conftest import WAV, photograph

pytestmark = pytest.mark.django_db


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def send(client: Client, course: Course, words: str = "", *contents: bytes) -> Any:
    files = [SimpleUploadedFile("照片.jpg", content, content_type="image/jpeg") for content in contents]
    return client.post(reverse("learn-work-new", args=[course.uuid, 4]), {"words": words, "evidence": files})


def test_words_photographs_and_recordings_are_handed_in(course: Course, learner: Account, sheet: Lesson) -> None:
    sent = send(browser(learner), course, "做了两次", photograph(), photograph("PNG"), WAV)
    assert (sent.status_code, sent["Location"]) == (302, reverse("lesson", args=[course.uuid, 4]) + "#work-title")
    work = Work.objects.get()
    assert (work.account, work.course, work.thread, work.number, work.words, work.mark) == (
        learner, course, sheet.thread, 1, "做了两次", Mark.SENT,
    )  # fmt: skip
    files = list(work.files.all())
    assert [(one.number, one.content_type, one.small_id is not None) for one in files] == [
        (1, "image/jpeg", True), (2, "image/jpeg", True), (3, "audio/wav", False),
    ]  # fmt: skip
    kept = read_whole(files[0].file_id)
    assert b"HIDDEN-PLACE" in photograph()
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size, b"HIDDEN-PLACE" in kept, dict(image.getexif())) == (
            "JPEG",
            (640, 480),
            False,
            {},
        )
    assert read_whole(files[2].file_id) == WAV
    (entry,) = history(work)
    assert (entry.action, json.loads(entry.payload)) == (
        "tasks.hand_in", {"lesson": str(sheet.thread), "number": 1, "files": 3},
    )  # fmt: skip
    page = browser(learner).get(reverse("lesson", args=[course.uuid, 4])).content.decode()
    assert ["等老师看" in page, "做了两次" in page, "交给老师" in page, 'action="/learn/works/' in page] == [
        True,
        True,
        False,
        True,
    ]


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a", "b")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html><script>alert(1)</script></html>", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"MZ\x90\x00",
        b"%PDF-1.7", zipped(), b"#EXTM3U\nhttp://evil.example/a.mp3", photograph()[:400], b"\xff\xd8\xff<script>", photograph("GIF"),
        b"\x00\x00\x00\x20ftypheic" + b"\0" * 40,
    ],
    ids=["empty", "html", "svg", "program", "pdf", "zip", "playlist", "cut", "polyglot", "gif", "heic"],
)  # fmt: skip
def test_what_is_neither_photograph_nor_recording_is_refused(course: Course, learner: Account, content: bytes) -> None:
    page = send(browser(learner), course, "我的话", photograph(), content).content.decode()
    # An empty file is what a browser sends for a field in which none was chosen; Django says so itself.
    assert ["第 2 个文件：" in page or "空" in page, "我的话" in page, "<title>错误：" in page] == [True, True, True]
    assert (Work.objects.count(), WorkFile.objects.count()) == (0, 0)


def test_too_much_is_refused(course: Course, learner: Account, sheet: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    for words, files, told, field in (
        (" ", [], "请写几句", "words"), ("字" * 5001, [], "最多写 5000 个字，现在有 5001 个", "words"), ("", [WAV] * 7, "最多 6 个文件", "evidence"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=told) as refused:
            actions.hand_in(learner=learner, lesson=sheet, words=words, files=files)
        assert refused.value.field == field
    monkeypatch.setattr(recordings, "MOST_BYTES", len(WAV) - 1)
    with pytest.raises(Refused, match="录音太大"):
        actions.hand_in(learner=learner, lesson=sheet, files=[WAV])
    with pytest.raises(Refused, match="不用交作业"):
        actions.hand_in(learner=learner, lesson=course.lessons.select_related("edition").get(order=1), words="一")
    assert "一次最多 6 个文件" in send(browser(learner), course, "", *[WAV] * 7).content.decode()
    assert Work.objects.count() == 0


def test_marked_again_and_passed(
    course: Course, learner: Account, sheet: Lesson, group: Group, teacher: Account
) -> None:
    work = actions.hand_in(learner=learner, lesson=sheet, words="第一次", files=[WAV])
    with pytest.raises(Refused, match="还在等老师看"):
        actions.hand_in(learner=learner, lesson=sheet, words="又一次")
    with pytest.raises(IntegrityError), transaction.atomic():
        Work.objects.create(account=learner, course=course, thread=sheet.thread, number=2)
    tutor = signed_in(teacher)
    assert str(work.uuid) in tutor.get(reverse("centre-works")).content.decode()
    address = reverse("centre-work", args=[work.uuid])
    page = tutor.get(address).content.decode()
    assert ["第一次" in page, "<p>扶稳，再喂。</p>" in page, "听录音" in page] == [True, True, True]
    for sent, told in (({}, "请选择“通过”或“再做一次”。"), ({"passed": "no", "comment": " "}, "请写一句：哪里要改")):
        assert told in tutor.post(address, sent).content.decode()
    assert tutor.post(address, {"passed": "no", "comment": "扶住后背再喂。"})["Location"] == reverse("centre-works")
    work.refresh_from_db()
    assert (work.mark, work.comment, work.marked_by) == (Mark.AGAIN, "扶住后背再喂。", teacher)
    assert [(entry.action, json.loads(entry.payload)) for entry in history(work)][-1] == (
        "tasks.mark",
        {"mark": "again"},
    )
    assert "扶住" not in str([entry.payload for entry in history(work)])
    (letter,) = Letter.objects.all()
    assert (letter.recipient, letter.subject, "扶住" in letter.text) == (
        "learner@example.org", "老师看过了您交的作业：协助饮水 · 任务单", False,
    )  # fmt: skip
    own = browser(learner)
    assert unseen_marks(learner) == 1
    assert "有 1 份作业有了评语。" in own.get(reverse("learn")).content.decode()
    assert "扶住后背再喂。" in own.get(reverse("learn-works")).content.decode()
    assert (unseen_marks(learner), "有了评语" in own.get(reverse("learn")).content.decode()) == (0, False)
    second = actions.hand_in(learner=learner, lesson=sheet, words="第二次")
    assert "第 1 次" in tutor.get(reverse("centre-work", args=[second.uuid])).content.decode()
    actions.mark(actor=teacher, work=second, passed=True)
    with pytest.raises(Refused, match="已经通过"):
        actions.hand_in(learner=learner, lesson=sheet, words="第三次")
    with pytest.raises(Refused, match="刚刚有人看过"):
        actions.mark(actor=teacher, work=second, passed=False, comment="不")
    assert [(one.number, one.mark) for one in works_on(learner, sheet)] == [(2, "passed"), (1, "again")]
    assert [one.number for one in works_for(teacher, waiting=False)] == [2, 1]
    page = own.get(reverse("lesson", args=[course.uuid, 4])).content.decode()
    assert ["通过" in page, "交给老师" in page] == [True, False]


def test_taken_back_with_its_bytes(course: Course, learner: Account, sheet: Lesson, clerk: Account) -> None:
    work = actions.hand_in(learner=learner, lesson=sheet, words="错的", files=[photograph(), WAV])
    key = work.uuid
    browser(learner).post(reverse("learn-work-take-back", args=[key]))
    assert (Work.objects.count(), WorkFile.objects.count(), Job.objects.filter(name="storage.release").count()) == (
        0,
        0,
        3,
    )
    work = actions.hand_in(learner=learner, lesson=sheet, words="对的")
    actions.mark(actor=clerk, work=work, passed=True)
    with pytest.raises(Refused, match="不能收回"):
        actions.take_back(learner=learner, work=work)


@pytest.mark.parametrize("role", Role)
def test_who_may_mark(actors: dict[Role, Actor], role: Role, learner: Account, sheet: Lesson, group: Group) -> None:
    work = actions.hand_in(learner=learner, lesson=sheet, words="做好了")
    may = role in {Role.CLERK, Role.ADMINISTRATOR, Role.CENTRE}
    actor = actors[role]
    assert (permissions.may_mark(actor, work), permissions.may_see_work(actor, work)) == (may, may)
    if isinstance(actor, Account):
        assert [one.pk for one in works_for(actor)] == ([work.pk] if may else [])
    if not may:
        with pytest.raises(PermissionDenied):
            actions.mark(actor=actor, work=work, passed=True)


def test_a_centre_marks_its_own_learners_in_their_course_while_the_class_goes_on(
    course: Course, learner: Account, sheet: Lesson, group: Group, teacher: Account
) -> None:
    work = actions.hand_in(learner=learner, lesson=sheet, words="做好了")

    def may() -> tuple[bool, int]:
        return permissions.may_mark(teacher, work), works_for(teacher).count()

    assert may() == (True, 1)
    Group.objects.update(closed_at="2026-01-01T00:00:00Z")
    assert may() == (False, 0)
    Group.objects.update(closed_at=None)
    group.courses.clear()
    assert may() == (False, 0)
    group.courses.add(course)
    Enrolment.objects.update(left_at="2026-01-01T00:00:00Z")
    assert may() == (False, 0)
    own = Work.objects.create(account=teacher, course=course, thread=sheet.thread, number=1)
    Enrolment.objects.create(group=group, account=teacher)
    assert (permissions.may_mark(teacher, own), own in works_for(teacher)) == (False, False)


def test_files_are_for_who_may_see_the_work(
    course: Course, learner: Account, sheet: Lesson, group: Group, teacher: Account, clerk: Account
) -> None:
    work = actions.hand_in(learner=learner, lesson=sheet, files=[photograph(), WAV])
    picture, sound = work.files.all()
    other = open_by_command(login="learner-2", name="学员乙").account
    addresses = [
        reverse("work-file", args=[picture.uuid]),
        reverse("work-file-small", args=[picture.uuid]),
        reverse("work-file", args=[sound.uuid]),
    ]
    for client, status in (
        (browser(learner), 200),
        (signed_in(teacher), 200),
        (signed_in(clerk), 200),
        (browser(other), 403),
        (Client(), 302),
    ):
        assert [client.get(address).status_code for address in addresses] == [status] * 3
    shown = browser(learner).get(addresses[2])
    assert (shown["Content-Type"], shown["X-Content-Type-Options"], shown["Content-Security-Policy"]) == (
        "audio/wav", "nosniff", "sandbox; default-src 'none'; media-src *; style-src 'unsafe-inline'",
    )  # fmt: skip
    for name in ("office-works", "centre-works"):
        assert browser(other).get(reverse(name)).status_code == 403
    assert browser(other).post(reverse("learn-work-take-back", args=[work.uuid])).status_code == 404
    # Somebody who acts for the learner hands in for them, under both names.
    allow(learner=learner, login=other.login, language="zh-hans", text="我同意。")
    helper = browser(other)
    helper.post(reverse("learn-act"), {"for": str(learner.helped_by.get().uuid)})
    assert helper.get(addresses[0]).status_code == 200
    helper.post(reverse("learn-work-take-back", args=[work.uuid]))
    send(helper, course, "帮他交的")
    again = Work.objects.get()
    assert (again.account, [entry.action for entry in history(again)], next(iter(history(again))).actor) == (
        learner, ["tasks.hand_in"], f"account:{other.uuid}",
    )  # fmt: skip


def test_a_copy_and_an_erasure(learner: Account, sheet: Lesson, clerk: Account) -> None:
    work = actions.hand_in(learner=learner, lesson=sheet, words="我的", files=[WAV])
    actions.mark(actor=clerk, work=work, passed=True, comment="好")
    told: Any = SHARE.export(learner)
    assert [(one["words"], one["mark"], one["comment"]) for one in told["works"]] == [("我的", "passed", "好")]
    assert [(one["type"], one["work"]) for one in told["work_files"]] == [("audio/wav", 1)]
    marked: Any = SHARE.export(clerk)
    assert [one["comment"] for one in marked["marked"]] == ["好"]
    SHARE.erase(clerk)
    work.refresh_from_db()
    assert (work.marked_by, work.comment) == (None, "好")
    assert SHARE.erase(learner) == []
    assert (Work.objects.count(), WorkFile.objects.count(), Job.objects.filter(name="storage.release").count()) == (
        0,
        0,
        1,
    )


def test_a_visitor_is_told_and_a_withdrawn_course_takes_nothing(course: Course, learner: Account) -> None:
    assert "登录以后，可以把做好的照片" in Client().get(reverse("lesson", args=[course.uuid, 4])).content.decode()
    assert send(Client(), course, "一").status_code == 302
    assert browser(learner).get(reverse("learn-work-new", args=[course.uuid, 1])).status_code == 404
    Course.objects.update(state="withdrawn")
    assert send(browser(learner), course, "一").status_code == 404
    assert Work.objects.count() == 0
