"""Renditions in the background: made once a source, whatever kills the worker; what browsers do not play is published through them."""

from __future__ import annotations

import time
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from kebao.model.text import Text
from ketang.classroom.catalogue import actions
from ketang.classroom.catalogue.models import Course, CourseState, EditionState, Lesson
from ketang.classroom.catalogue.preparing import Prepared, begin_edition, put_in
from ketang.classroom.renditions.actions import ask, ask_again, give_up, take
from ketang.classroom.renditions.models import Conversion, ConversionState, Purpose, Rendition
from ketang.classroom.renditions.queries import renditions_of
from ketang.people.account.models import Account
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import read_whole
from ketang.web.ranges import stored_response
from ketang_accounts import signed_in
from ketang_columns import Column, kill, until
from odd_films import film, unplayable


def convert() -> None:
    """Do the waiting work of conversions, as a worker does."""
    while jobs := list(Job.objects.filter(name="renditions.make", state=JobState.WAITING)):
        for job in jobs:
            run(str(job.uuid))


def lesson(content: bytes, content_type: str = "video/mp4", **more: Any) -> Lesson:
    more = {"kind": "video", "title": "片子", "seconds": 1, **more}
    return Lesson(order=1, media=put_bytes(content), content_type=content_type, **more)


def course_with(*lessons: Lesson, at_once: bool = False) -> Course:
    """A course whose first edition holds these lessons, as after unpacking."""
    course = Course.objects.create(title="课", supplier="示例残联")
    edition = begin_edition(course, name="课.zip", digest="0" * 64, at_once=at_once)
    for order, one in enumerate(lessons, 1):
        one.order = order
    put_in(edition, Prepared(lessons))
    course.refresh_from_db()
    return course


@pytest.mark.django_db(transaction=True)
class TestConversions:
    """On the small column, in one process."""

    def test_a_source_is_converted_once_for_all_its_courses(self) -> None:
        content = film(1.0, size=(960, 540))
        first = course_with(lesson(content), at_once=True)
        assert (first.state, Conversion.objects.get().state) == (CourseState.PUBLISHED, ConversionState.WAITING)
        convert()
        made = Conversion.objects.get()
        assert (made.state, made.message) == (ConversionState.DONE, {})
        assert abs(made.seconds - 1) <= Decimal("0.04")
        found = renditions_of(made.source)
        assert {name: (one.content_type, one.width, one.height) for name, one in found.items()} == {
            "720p": ("video/mp4", 960, 540), "480p": ("video/mp4", 854, 480), "audio": ("audio/mp4", 0, 0),
            "sheet": ("image/jpeg", 0, 0),
        }  # fmt: skip
        assert made.lufs is not None
        assert made.gain_db == pytest.approx(-18 - made.lufs, abs=0.01)
        files = StoredFile.objects.count()
        course_with(lesson(content), at_once=True)
        convert()
        assert (Conversion.objects.count(), Rendition.objects.count(), StoredFile.objects.count()) == (1, 4, files)
        with override_settings(RENDITION_LUFS=None):
            ask(made.source, Purpose.LESSON)
        assert list(Conversion.objects.order_by("id").values_list("recipe", "state")) == [
            ("1 -18 LUFS", ConversionState.DONE), ("1", ConversionState.WAITING),
        ]  # fmt: skip
        assert renditions_of(made.source) == found  # until the other is there

    def test_what_browsers_do_not_play_is_ready_when_it_is_converted(self, administrator: Account) -> None:
        course = course_with(lesson(unplayable(), ""), lesson(film(seed=9)))
        edition = course.editions.get()
        assert (course.state, edition.state) == (CourseState.PREPARING, EditionState.PREPARING)
        convert()
        course.refresh_from_db()
        assert course.state == CourseState.READY
        actions.show(actor=administrator, course=course)
        visitor = Client()
        page = visitor.get(reverse("lesson", args=[course.uuid, 1])).content.decode()
        sources = [f'src="{reverse("lesson-rendition", args=[course.uuid, 1, name])}"' for name in ("480p", "audio")]
        assert [one in page for one in sources] == [True, False]
        assert f'src="{reverse("lesson-media", args=[course.uuid, 1])}"' not in page
        assert visitor.get(reverse("lesson-media", args=[course.uuid, 1])).status_code == 404

    @pytest.mark.parametrize("content", [b"no film at all", unplayable()[:3000]])
    def test_what_cannot_be_converted_is_said_by_the_lesson(self, administrator: Account, content: bytes) -> None:
        playable = course_with(lesson(content, title="坏片"))
        assert playable.state == CourseState.READY
        convert()
        playable.refresh_from_db()
        failed = Conversion.objects.get()
        assert (failed.state, playable.state) == (ConversionState.FAILED, CourseState.READY)
        page = signed_in(administrator).get(reverse("office-course", args=[playable.uuid])).content.decode()
        assert [failed.message["zh"] in page, "转换没有成功" in page, "再转换一次" in page] == [True] * 3
        waiting = course_with(lesson(content, "", title="坏片"))
        assert waiting.state == CourseState.FAILED
        assert waiting.message["zh"] == f"“坏片”浏览器不能直接播放，也没能转换：{failed.message['zh']}"
        office = signed_in(administrator)
        office.post(reverse("office-course-convert", args=[playable.uuid, failed.uuid]))
        failed.refresh_from_db()
        assert (failed.state, Job.objects.filter(name="renditions.make", state="waiting").count()) == ("waiting", 1)

    def test_one_cut_short_is_converted_as_far_as_it_goes_and_said_to_be(self) -> None:
        whole = film(4.0, container="mpegts")
        ask(put_bytes(whole), Purpose.LESSON)
        mkv = film(6.0, container="matroska", seed=5)
        ask(put_bytes(mkv[: len(mkv) * 2 // 3]), Purpose.LESSON)
        convert()
        first, second = Conversion.objects.order_by("id")
        assert (first.state, first.message) == (ConversionState.DONE, {})
        assert second.state == ConversionState.DONE
        assert "就断了，标明的时长是 00:06" in second.message["zh"]

    def test_a_signer_s_film_is_left_out_where_it_cannot_be_had(self) -> None:
        sign = put_bytes(b"no film")
        course = course_with(lesson(film(), title="有手语", sign=sign, sign_type=""))
        edition = course.editions.get()
        assert (edition.has_sign, edition.state) == (True, EditionState.PREPARING)
        convert()
        edition.refresh_from_db()
        assert (edition.state, edition.has_sign, edition.left_out) == (EditionState.READY, False, ["有手语（手语）"])
        other = put_bytes(unplayable(seed=3))
        signed = course_with(lesson(film(seed=4), title="有手语", sign=other, sign_type=""), at_once=True)
        convert()
        found = Conversion.objects.get(source=other)
        assert (found.purpose, [one.name for one in found.renditions.all()]) == (Purpose.SIGN, ["480p"])
        answer = Client().get(reverse("lesson-sign", args=[signed.uuid, 1]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "video/mp4")
        b"".join(answer)  # type: ignore[arg-type]

    def test_a_visitor_chooses_and_is_remembered(self, administrator: Account) -> None:
        course = course_with(lesson(film(size=(960, 540), seed=11)), at_once=True)
        visitor, address = Client(), reverse("lesson", args=[course.uuid, 1])
        assert "播放方式" not in visitor.get(address).content.decode()
        convert()

        def played(page: str) -> tuple[str, int]:
            """First source, and how many ways are offered beside the chosen one."""
            first = page.partition('<source src="')[2].partition('"')[0]
            return first.rpartition("/")[2], page.count('href="?quality=')

        assert played(visitor.get(address).content.decode()) == ("720p", 3)
        assert played(visitor.get(address, {"quality": "480p"}).content.decode()) == ("480p", 3)
        assert played(visitor.get(address).content.decode()) == ("480p", 3)
        assert played(visitor.get(address, {"quality": "nonsense"}).content.decode()) == ("720p", 3)
        assert played(visitor.get(address, {"quality": "audio"}).content.decode()) == ("audio", 3)
        assert played(Client().get(address, {"quality": "original"}).content.decode()) == ("media", 3)
        part = visitor.get(
            reverse("lesson-rendition", args=[course.uuid, 1, "480p"]), headers={"range": "bytes=4-7"}
        )  # fmt: skip
        made = renditions_of(course.lessons.get().media_id or "")["480p"]
        assert (part.status_code, b"".join(part), part["Content-Type"], part["ETag"]) == (  # type: ignore[arg-type]
            206, b"ftyp", "video/mp4", f'"{made.file_id}"',
        )  # fmt: skip
        assert visitor.get(reverse("lesson-rendition", args=[course.uuid, 1, "4k"])).status_code == 404
        actions.withdraw(actor=administrator, course=course, reason="单位来函")
        assert visitor.get(reverse("lesson-rendition", args=[course.uuid, 1, "480p"])).status_code == 404

    def test_a_lane_goes_on_with_what_it_was_killed_at(self) -> None:
        for seed in (1, 2):
            ask(put_bytes(film(seed=seed)), Purpose.LESSON)
        assert Job.objects.filter(name="renditions.make").count() == 1
        held = take(0)
        assert held is not None
        assert take(0) == held
        other = take(1)
        assert other is not None
        assert other != held
        assert (take(2), ask_again(held)) == (None, False)
        give_up(other, Text(zh="不行", en="no"))
        assert ask_again(other) is True
        convert()
        assert set(Conversion.objects.values_list("state", "lane")) == {(ConversionState.DONE, None)}

    def test_files_are_handed_out_by_others_where_settings_say(self) -> None:
        stored, request = put_bytes(b"a film"), RequestFactory().get("/", headers={"range": "bytes=0-1"})
        with override_settings(FILES_BY="x-accel:/stored/"):
            answer = stored_response(request, stored, "video/mp4", direct=True)
            assert (answer.status_code, answer["X-Accel-Redirect"], answer["Content-Type"], "Content-Length" in answer) == (
                200, f"/stored/{stored.path}", "video/mp4", False,
            )  # fmt: skip
            assert b"".join(stored_response(request, stored, "text/vtt")) == b"a "  # type: ignore[arg-type]


def test_by_a_worker_on_both_columns(column: Column) -> None:
    """From the lesson to a part of its rendition; on S3 also by a signed link, which needs no session."""
    source = put_bytes(unplayable(2.0))
    ask(source, Purpose.LESSON)
    with column.worker():
        until(lambda: not Conversion.objects.exclude(state=ConversionState.DONE).exists(), column.log, 120)
    made = renditions_of(source)
    assert sorted(made) == ["480p", "audio", "sheet"]
    assert read_whole(made["480p"].file_id)[4:8] == b"ftyp"
    if column.name == "large":
        with override_settings(FILES_BY="s3", FILES_LINK_SECONDS=600):
            answer = stored_response(RequestFactory().get("/"), made["480p"].file, "video/mp4", direct=True)
        assert answer.status_code == 302
        import urllib.request

        link = urllib.request.Request(answer["Location"], headers={"Range": "bytes=4-7"})
        with urllib.request.urlopen(link) as got:
            assert (got.status, got.read(), got.headers["Content-Type"]) == (206, b"ftyp", "video/mp4")


def test_killed_in_the_middle_and_begun_anew(column: Column, tmp_path: Path) -> None:
    kill_while_converting(column, films=2, kills=2)


@pytest.mark.sweep
def test_killed_many_times(column: Column) -> None:
    kill_while_converting(column, films=6, kills=12)


def kill_while_converting(column: Column, *, films: int, kills: int) -> None:
    """Each kill hits a worker at a conversion, twice each at most, for the third attempt is the last; in the end each source
    is converted once, and nothing lies about.
    """
    sources = [put_bytes(film(4.0, size=(1280, 720), seed=seed)) for seed in range(films)]
    for source in sources:
        ask(source, Purpose.LESSON)
    for number in range(kills):
        begun, worker = timezone.now(), column.start("worker")
        try:
            until(partial(_is_time, begun), column.log, 120)
            time.sleep(0.1 + 0.37 * number % 1)
        finally:
            kill(worker)
    with column.worker():
        until(lambda: not _is_any_left(), lambda: (list(Conversion.objects.values()), column.log()), 300)
    for source in sources:
        found = Conversion.objects.get(source=source)
        assert sorted(one.name for one in found.renditions.all()) == ["480p", "720p", "audio", "sheet"]
        assert all(read_whole(one.file_id) for one in found.renditions.all())
    assert Rendition.objects.count() == 4 * films


def _is_time(since: datetime) -> bool:
    """Whether a conversion was begun after that moment which may still be killed, or none is left."""
    begun = Job.objects.filter(name="renditions.make", state=JobState.RUNNING, started_at__gte=since, attempt__lt=3)
    return begun.exists() or not _is_any_left()


def _is_any_left() -> bool:
    return Conversion.objects.exclude(state=ConversionState.DONE).exists()
