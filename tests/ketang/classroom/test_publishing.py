"""What was selected becomes a course: its videos, captions and texts in the catalogue's order, under the supplier's name."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kebao.captions.cue import Cue
from kebao.captions.reading import read_captions
from kebao.captions.webvtt import write_webvtt
from kebao.subjects.course import Timed
from kebao.subjects.reading import Opened
from ketang.classroom.catalogue import permissions
from ketang.classroom.catalogue.actions import publish, withdraw
from ketang.classroom.catalogue.models import Course, CourseState, Lesson
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.permitting import PERMISSIONS
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job, JobState
from ketang.platform.refusal import Refused
from ketang.platform.storage.reading import read_whole
from ketang.selection.awarding.actions import confirm, select, undo
from ketang.selection.awarding.models import Decision
from ketang.selection.checking import opening
from ketang.selection.checking.models import Check

PUBLISHED = ["catalogue.prepare", "catalogue.prepared", "catalogue.ready", "catalogue.published"]
"""What is recorded of a course that is to be public as soon as it is prepared."""
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_package_becomes_a_course(
    selected: Decision, administrator: Account, prepare: Callable[[], None], small_package: bytes
) -> None:
    course = publish(actor=administrator, decision=selected)
    assert (course.state, course.supplier, course.published_at) == (CourseState.PREPARING, "示例培训学校", None)
    assert publish(actor=administrator, decision=selected) == course
    assert Job.objects.filter(name="catalogue.prepare").count() == 1
    prepare()
    course.refresh_from_db()
    assert (course.state, course.seconds, course.has_captions, course.has_transcript, course.left_out) == (
        CourseState.PUBLISHED, Decimal("24.000"), True, True, [],
    )  # fmt: skip
    lessons = list(course.lessons.all())
    assert [(one.order, one.chapter, one.title, one.seconds, one.content_type) for one in lessons] == [
        (1, "饮水照护", "职业守则", Decimal(8), "video/mp4"),
        (2, "饮水照护", "试温与防烫 · 试水温", Decimal(8), "video/mp4"),
        (3, "饮水照护", "试温与防烫 · 饮水要点", Decimal(0), ""),
        (4, "饮水照护", "协助饮水", Decimal(8), "video/mp4"),
        (5, "饮水照护", "协助饮水 · 任务单", Decimal(0), ""),
    ]
    assert lessons[2].text == "少量多次，先试后喂。"
    first = lessons[0]
    with zipfile.ZipFile(io.BytesIO(small_package)) as zipped:
        sent = next(zipped.read(name) for name in zipped.namelist() if name.endswith("尊重老人.mp4"))
    assert first.media is not None
    assert read_whole(first.media.digest) == sent
    assert first.captions is not None
    cues = read_captions(read_whole(first.captions.digest).decode()).cues
    assert [(cue.start, cue.end, cue.words) for cue in cues] == [
        (Fraction(1), Fraction("3.5"), "尊重老人"), (Fraction(4), Fraction(6), "讲话和画面"),
    ]  # fmt: skip
    assert first.transcript == [
        {"start": "1.000", "end": "3.500", "text": "尊重老人"}, {"start": "4.000", "end": "6.000", "text": "讲话和画面"},
    ]  # fmt: skip
    assert first.text == "尊重老人的讲话和画面。"
    assert first.poster is not None
    assert read_whole(first.poster.digest)[:3] == b"\xff\xd8\xff"
    assert [entry.action for entry in history(course)] == PUBLISHED


def test_work_that_comes_twice_changes_nothing(
    selected: Decision, administrator: Account, prepare: Callable[[], None]
) -> None:
    course = publish(actor=administrator, decision=selected)
    prepare()
    before = list(Lesson.objects.values_list("pk", flat=True))
    Job.objects.filter(name="catalogue.prepare").update(state=JobState.WAITING)
    prepare()
    assert list(Lesson.objects.values_list("pk", flat=True)) == before
    assert [entry.action for entry in history(course)] == PUBLISHED


def test_withdrawn_and_published_again_at_once(
    selected: Decision, administrator: Account, prepare: Callable[[], None]
) -> None:
    course = publish(actor=administrator, decision=selected)
    prepare()
    with pytest.raises(Refused, match="请先撤下"):
        undo(actor=administrator, decision=selected, reason="改期")
    with pytest.raises(Refused):
        withdraw(actor=administrator, course=course, reason="")
    withdraw(actor=administrator, course=course, reason="单位来函")
    withdraw(actor=administrator, course=course, reason="单位来函")
    assert course.state == CourseState.WITHDRAWN
    again = publish(actor=administrator, decision=selected)
    assert (again, again.state, again.withdrawn_at) == (course, CourseState.PUBLISHED, None)
    withdraw(actor=administrator, course=again, reason="单位来函")
    undo(actor=administrator, decision=selected, reason="改期")
    with pytest.raises(Refused, match="只有入选"):
        publish(actor=administrator, decision=selected)
    assert [entry.action for entry in history(course)] == [
        *PUBLISHED, "catalogue.withdraw", "catalogue.publish", "catalogue.withdraw",
    ]  # fmt: skip


def test_withdrawn_on_the_way_stays_withdrawn(
    selected: Decision, administrator: Account, prepare: Callable[[], None]
) -> None:
    course = publish(actor=administrator, decision=selected)
    withdraw(actor=administrator, course=course, reason="弄错了")
    prepare()
    course.refresh_from_db()
    assert (course.state, course.lessons.count()) == (CourseState.WITHDRAWN, 0)


def test_what_one_person_decided_is_not_published(selected: Decision, administrator: Account) -> None:
    """Neither at first nor again: a decision that was taken back and made anew wants its own second person."""
    undo(actor=administrator, decision=selected, reason="金额写错")
    anew = select(actor=administrator, submission=selected.submission, amount=Decimal(18000))
    with pytest.raises(Refused, match="还没有第二个人复核"):
        publish(actor=administrator, decision=anew)
    assert (Course.objects.count(), Job.objects.filter(name="catalogue.prepare").count()) == (0, 0)
    confirm(actor=Account.objects.get(login="second-clerk"), decision=anew)
    anew.refresh_from_db()
    assert publish(actor=administrator, decision=anew).state == CourseState.PREPARING


def test_no_course_without_its_supplier_s_name(selected: Decision, administrator: Account) -> None:
    Organisation.objects.filter(pk=selected.submission.organisation_id).update(name=" ")
    with pytest.raises(Refused, match="署名"):
        publish(actor=administrator, decision=selected)
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.create(decision=selected, title="课", supplier="")
    assert Course.objects.count() == 0


def test_badges_are_what_every_film_brings(
    selected: Decision, administrator: Account, prepare: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two films of three with a signer and a description are not enough; all three are."""
    opened = opening.opened

    def with_more(films: int) -> Course:
        @contextmanager
        def changed(check: Check) -> Iterator[Opened]:
            with opened(check) as found:
                timed = [resource for resource in found.package.resources if isinstance(resource, Timed)]
                for resource in timed[:films]:
                    more = {"sign": resource.entry.path, "description": resource.entry.captions}
                    resource.entry = resource.entry.model_copy(update=more)
                yield found

        monkeypatch.setattr(opening, "opened", changed)
        Course.objects.all().delete()
        course = publish(actor=administrator, decision=selected)
        prepare()
        course.refresh_from_db()
        return course

    assert with_more(2).badges == ["字幕", "文字稿"]
    course = with_more(3)
    assert course.badges == ["字幕", "手语", "口述", "文字稿"]
    first = course.lessons.get(order=1)
    assert (first.sign_id, first.sign_type) == (first.media_id, "video/mp4")
    assert first.descriptions is not None
    assert (
        read_whole(first.descriptions.digest).decode().startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.500\n尊重老人")
    )


def test_captions_are_written_anew() -> None:
    read = read_captions(
        "1\n00:00:04,000 --> 00:00:02,000\n倒着走\n\n2\n00:00:01,500 --> 00:00:02,000\n<i>A</i> & B\n第二行\n\n3\n00:00:00,000 --> 00:00:01,000\n先\n"
    )
    assert write_webvtt(read.cues) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n先\n\n00:00:01.500 --> 00:00:02.000\nA &amp; B\n第二行\n"
    )
    assert write_webvtt([Cue(Fraction("3599.9996"), Fraction(3601), ("-->",))]) == (
        "WEBVTT\n\n01:00:00.000 --> 01:00:01.000\n--&gt;\n"
    )


@pytest.mark.parametrize("role", Role)
def test_permissions(actors: dict[Role, Actor], role: Role) -> None:
    may = role in {Role.CLERK, Role.ADMINISTRATOR}
    assert permissions.may_publish_courses(actors[role]) is may
    if not may:
        with pytest.raises(PermissionDenied):
            publish(actor=actors[role], decision=Decision())
        with pytest.raises(PermissionDenied):
            withdraw(actor=actors[role], course=Course(), reason="不")


def test_the_table_is_whole() -> None:
    importlib.import_module("ketang.urls")  # and with it every room's permissions
    here = {name.rpartition(".")[2] for name in PERMISSIONS if name.startswith("ketang.classroom.")}
    groups = {"may_keep_groups", "may_give_new_password", "may_read_group", "may_act_for", "may_see_learning"}
    exams = {"may_keep_exams", "may_sit", "may_practise"}  # in the rooms' own tests
    certificates = {"may_read_certificate", "may_take_certificate", "may_keep_certificates"}  # in `certificates`
    tasks = {"may_mark", "may_see_work"}  # in `tasks/test_tasks`
    papers = {"may_keep_sheets", "may_read_sheets", "may_check_sheet"}  # in `papers/test_papers`
    exchange = {"may_keep_exchange"}  # in `exchange/test_sending`
    lti = {"may_keep_platforms"}  # in `lti/test_platforms`
    rooms = certificates | exams | exchange | groups | lti | papers | tasks
    assert here == {"may_publish_courses"} | rooms  # groups are walked in `groups/test_groups`
