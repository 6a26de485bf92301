"""Courses of before there were editions: each becomes a course with its first edition, on both columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

import ketang_columns
from ketang_columns import Column
from ketang_servers import Servers, make_bucket
from ketang_steps import step_by_step

BEFORE = [("classroom", "0002_sign_and_descriptions"), ("selection", "0033_paying"), ("common", "0005_signing")]


@pytest.fixture(params=["small", "large"])
def before_editions(request: pytest.FixtureRequest, tmp_path: Path) -> Column:
    """An instance whose tables are those of before."""
    if request.param == "small":
        made = Column("small", tmp_path, ketang_columns._environment(tmp_path))
    else:
        import psycopg

        servers: Servers = request.getfixturevalue("large_servers")
        with psycopg.connect(f"{servers.postgres}/postgres", autocommit=True) as administration:
            administration.execute("CREATE DATABASE trial_migrating")
        make_bucket(servers.s3, "trial-migrating")
        made = Column("large", tmp_path, ketang_columns._environment(tmp_path, servers, "trial_migrating", 7))
    step_by_step(made, BEFORE)
    return made


@pytest.mark.sweep
def test_each_course_gets_its_first_edition(
    before_editions: Column, django_db_blocker: pytest_django.DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), ketang_columns.used_here(before_editions):
        _fill()
        before_editions.run("django", "migrate", "classroom")
        from ketang.classroom.catalogue.models import Course, Lesson
        from ketang.platform.queue.models import Job

        rows = [
            (one.title, one.state, one.current and one.current.number, [(e.number, e.state, e.name) for e in one.editions.all()])
            for one in Course.objects.order_by("id")
        ]  # fmt: skip
        assert rows == [
            ("已发布", "published", 1, [(1, "current", "课.zip")]), ("正在准备", "preparing", None, [(1, "preparing", "课.zip")]),
            ("已撤下", "withdrawn", 1, [(1, "current", "课.zip")]), ("没有成功", "failed", None, [(1, "failed", "课.zip")]),
            ("早撤下", "withdrawn", None, [(1, "dropped", "课.zip")]),
        ]  # fmt: skip
        lessons = list(Lesson.objects.order_by("id"))
        assert [(one.title, one.kind, one.edition.course.title) for one in lessons] == [
            ("片子", "video", "已发布"), ("录音", "audio", "已发布"), ("文字", "text", "已发布"), ("片子", "video", "已撤下"),
            ("录音", "audio", "已撤下"), ("文字", "text", "已撤下"),
        ]  # fmt: skip
        assert len({one.thread for one in lessons}) == 6
        job = Job.objects.get()
        edition = Course.objects.get(title="正在准备").editions.get()
        assert (job.arguments, job.key) == ({"edition": str(edition.uuid)}, f"catalogue.prepare:{edition.uuid}")


def _fill() -> None:
    apps = MigrationLoader(connection, replace_migrations=False).project_state(BEFORE).apps

    def make(app: str, model: str, /, **fields: Any) -> Any:
        return apps.get_model(app, model).objects.create(**fields)

    now = timezone.now()
    unit = make("people", "Organisation", kind="unit", name="示例学校")
    call = make("selection", "Call", slug="call", file={}, state="archived", opens_at=now, closes_at=now)
    film = make("common", "StoredFile", digest="a" * 64, size=1)
    for number, (title, state, with_lessons) in enumerate(
        (("已发布", "published", True), ("正在准备", "preparing", False), ("已撤下", "withdrawn", True),
         ("没有成功", "failed", False), ("早撤下", "withdrawn", False))
    ):  # fmt: skip
        sent = make("selection", "Submission", call=call, organisation=unit, title=title, number=f"N-{number}")
        version = make(
            "selection", "Version", submission=sent, index=1, door="web", name="课.zip", digest="b" * 64, size=1, received_at=now
        )  # fmt: skip
        decision = make("selection", "Decision", submission=sent, version=version, outcome="selected", amount=1)
        course = make(
            "classroom", "Course", decision=decision, title=title, supplier="示例学校", state=state,
            published_at=now if state == "published" else None,
        )  # fmt: skip
        if with_lessons:
            make("classroom", "Lesson", course=course, order=1, title="片子", media=film, content_type="video/mp4")
            make("classroom", "Lesson", course=course, order=2, title="录音", media=film, content_type="audio/mp4")
            make("classroom", "Lesson", course=course, order=3, title="文字", text="字")
        if state == "preparing":
            key = f"catalogue.prepare:{course.uuid}"
            make("common", "Job", name="catalogue.prepare", key=key, arguments={"course": str(course.uuid)})
