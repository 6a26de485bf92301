"""Texts, charts and task sheets of a package become lessons that are read, seen and counted; what is in them can do nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from kebao.subjects.reading import Opened
from ketang.classroom.catalogue.actions import publish
from ketang.classroom.catalogue.models import Course, Lesson, LessonFile
from ketang.classroom.learning.actions import finish
from ketang.classroom.learning.models import Progress
from ketang.classroom.learning.tickets import Ticket, now_ms
from ketang.people.account.models import Account
from ketang.selection.awarding.models import Decision
from ketang.selection.checking import opening
from ketang.selection.checking.models import Check

from .conftest import select_package

pytestmark = pytest.mark.django_db(transaction=True)


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(out, kind)
    return out.getvalue()


def word() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_heading("任务", 1)
    document.add_paragraph("洗手", style="List Bullet")
    document.add_picture(io.BytesIO(picture("PNG")))
    document.save(out)
    return out.getvalue()


ADDED = {
    "文本/页.html": "<script>alert(1)</script><h1 onclick=x>洗手</h1><img src='../图表/图.png' alt='水池'><img src='../../x.png'>".encode(),
    "文本/任务.docx": word(),
    "文本/说明.txt": "早上最多。".encode(),
    "图表/图.png": picture("PNG"),
    "图表/画.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "视频/尊重老人.分段.vtt": "WEBVTT\n\n00:00.000 --> 00:03.000\n守则\n\n00:05.000 --> 00:06.000\n画面 <b>二</b>\n\n01:00.000 --> 01:01.000\n太晚\n".encode(),
    "图表/量.csv": "时间,量\n7:00,200\n9:00,100\n".encode(),
}
RESOURCES: tuple[dict[str, Any], ...] = (
    {"id": "n1", "kind": "text", "role": "讲授", "title": "洗手", "path": "文本/页.html", "task_sheet": "文本/任务.docx"},
    {"id": "n2", "kind": "chart", "role": "讲授", "title": "一天的水", "path": "图表/图.png", "table": "图表/量.csv", "alt": "柱形图",
     "text_alternative": "文本/说明.txt", "minutes": 5},
    {"id": "n3", "kind": "chart", "title": "画", "path": "图表/画.svg", "alt": "一幅画"},
    {"id": "n4", "kind": "text", "title": "不在", "path": "文本/不在.txt"},
    {"id": "n5", "kind": "simulation", "title": "仿真", "path": "仿真/不在.html"},
)  # fmt: skip


@pytest.fixture
def course(
    supplier_draft: Any, administrator: Account, small_package: bytes, settings: Any, tmp_path: Any, prepare: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Course:  # fmt: skip
    """A published course with five further resources."""
    settings.WORK = str(tmp_path / "work")
    out = io.BytesIO(small_package)
    with zipfile.ZipFile(out, "a") as package:
        root = package.namelist()[0].partition("/")[0]
        for path, content in ADDED.items():
            package.writestr(f"{root}/{path}", content)
    decision: Decision = select_package(supplier_draft, administrator, out.getvalue())
    opened = opening.opened

    @contextmanager
    def with_more(check: Check) -> Iterator[Opened]:
        with opened(check) as found:
            told = found.package.manifest.model_dump()
            told["resources"][0]["description"] = told["resources"][1]["path"]
            told["resources"] = [*told["resources"], *RESOURCES]
            found.package.manifest = type(found.package.manifest).model_validate(told)
            yield found

    monkeypatch.setattr(opening, "opened", with_more)
    made = publish(actor=administrator, decision=decision)
    prepare()
    made.refresh_from_db()
    return made


def test_each_kind_becomes_a_lesson(course: Course) -> None:
    lessons = list(course.lessons.filter(order__gt=5))
    assert [(one.order, one.kind, one.title, one.text, one.counts_ms, one.stretches) for one in lessons] == [
        (6, "text", "洗手", "洗手\n水池", 60_000, [[0, 60_000, "讲授"]]),
        (7, "task", "洗手 · 任务单", "任务\n洗手", 600_000, [[0, 600_000, "实操"]]),
        (8, "chart", "一天的水", "柱形图\n早上最多。\n时间 量\n7:00 200\n9:00 100", 300_000, [[0, 300_000, "讲授"]]),
        (9, "chart", "画", "一幅画", 120_000, []),
    ]
    assert course.left_out == ["不在", "仿真"]
    assert [one.article for one in lessons] == [
        '<h2 id="part-1" class="govuk-heading-m">洗手</h2><img src="files/1" alt="水池" loading="lazy">',
        '<h2 id="part-1" class="govuk-heading-m">任务</h2><ul><li>洗手</li></ul><p><img src="files/1" alt="" loading="lazy"></p>',
        '<figure><img src="files/1" alt="柱形图" loading="lazy"></figure><p>早上最多。</p>',
        "<p>一幅画</p>",
    ]
    assert lessons[2].table == {"head": ["时间", "量"], "rows": [["7:00", "200"], ["9:00", "100"]], "left_out": 0}
    files = LessonFile.objects.filter(lesson__in=lessons).order_by("lesson__order", "number")
    assert [(one.lesson.order, one.number, one.name, one.content_type) for one in files] == [
        (6, 1, "picture", "image/png"), (7, 1, "picture", "image/png"), (8, 1, "picture", "image/png"), (8, 2, "量.csv", ""),
    ]  # fmt: skip


def test_pages_of_each_kind(course: Course) -> None:
    visitor = Client()
    pages = {
        order: visitor.get(reverse("lesson", args=[course.uuid, order])).content.decode() for order in (6, 7, 8, 9)
    }
    assert [
        "<script>alert" in pages[6], "onclick" in pages[6], '<h2 id="part-1" class="govuk-heading-m">洗手</h2>' in pages[6],
        '<ul><li>洗手</li></ul>' in pages[7], 'role="img" aria-label="7:00：200"' in pages[8], '<th scope="row" class="govuk-table__header" data-own-words>7:00</th>' in pages[8],
        'href="files/2" download' in pages[8], "<p>一幅画</p>" in pages[9], "数据表" in pages[9],
    ] == [False, False, True, True, True, True, True, True, False]  # fmt: skip
    shown = visitor.get(reverse("lesson-file", args=[course.uuid, 8, 1]))
    assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"], shown["Content-Security-Policy"]) == (
        200, "image/png", "nosniff", "default-src 'none'; sandbox",
    )  # fmt: skip
    saved = visitor.get(reverse("lesson-file", args=[course.uuid, 8, 2]))
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"] == "attachment; filename*=utf-8''%E9%87%8F.csv"
    assert b"".join(saved.streaming_content) == ADDED["图表/量.csv"]  # type: ignore[attr-defined]
    for place in ([course.uuid, 8, 3], [course.uuid, 9, 1], [course.uuid, 99, 1]):
        assert visitor.get(reverse("lesson-file", args=place)).status_code == 404
    Course.objects.update(state="withdrawn")
    assert visitor.get(reverse("lesson-file", args=[course.uuid, 8, 1])).status_code == 404


def test_time_with_each_kind_counts_up_to_its_ceiling(
    course: Course, actors: dict[Any, Any], administrator: Account
) -> None:
    now = now_ms()
    for lesson in course.lessons.filter(order__in=(6, 7, 8)):
        finish(ticket=Ticket(administrator.pk, lesson.pk, lesson.thread, now - 3_600_000), now=now)
    found = Progress.objects.filter(account=administrator).order_by("lesson__order")
    assert [(one.counted_ms, one.by_class) for one in found] == [
        (60_000, {"theory": 60_000}), (600_000, {"practice": 600_000}), (300_000, {"theory": 300_000}),
    ]  # fmt: skip


def test_old_lessons_without_an_article_are_still_read(course: Course) -> None:
    Lesson.objects.filter(order=6).update(article="", text="一<b>\n二")
    page = Client().get(reverse("lesson", args=[course.uuid, 6])).content.decode()
    assert '<div class="article" lang="zh-Hans"><p>一&lt;b&gt;<br>二</p></div>' in page


def test_parts_of_a_film_and_its_recorded_description(course: Course) -> None:
    film, other = course.lessons.get(order=1), course.lessons.get(order=2)
    assert (film.chapters, other.chapters) == (
        [{"start": "0.000", "text": "守则"}, {"start": "5.000", "text": "画面 二"}], [],
    )  # fmt: skip
    assert (film.described_id, film.described_type, film.described_whole, film.descriptions) == (
        other.media_id, "video/mp4", True, None,
    )  # fmt: skip
    visitor = Client()
    address = reverse("lesson-described", args=[course.uuid, 1])
    page = visitor.get(reverse("lesson", args=[course.uuid, 1])).content.decode()
    assert [
        f'<audio data-described="whole" preload="metadata" src="{address}"' in page, '<span>画面 二</span>' in page,
        'data-captions="on" data-sign="on" data-describe="off"' in page,
    ] == [True, True, True]  # fmt: skip
    part = visitor.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part["Content-Type"], part["Content-Length"]) == (206, "video/mp4", "4")
    assert visitor.get(reverse("lesson-described", args=[course.uuid, 2])).status_code == 404


def test_a_lesson_begins_as_its_visitor_wishes_and_finds_words_without_scripts(course: Course) -> None:
    visitor, address = Client(), reverse("lesson", args=[course.uuid, 1])
    kept = visitor.post(reverse("display"), {"captions": "off", "description": "on", "next": address})
    assert (kept.status_code, kept["Location"]) == (302, address)
    page = visitor.get(address, {"find": "尊重"}).content.decode()
    assert [
        'data-captions="off" data-sign="on" data-describe="on"' in page, "<mark>尊重</mark>老人" in page, "找到 1 处，已标出。" in page,
        f'<input type="hidden" name="next" value="{address}"' in page, '<option value="off" selected>关闭</option>' in page,
    ] == [True, True, True, True, True]  # fmt: skip
    assert "没有找到。" in visitor.get(address, {"find": "<script>"}).content.decode()
