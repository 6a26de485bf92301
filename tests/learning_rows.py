"""A published course for tests of learning, made of rows alone: no film is rendered."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from ketang.classroom.catalogue.indexing import keep_entry
from ketang.classroom.catalogue.models import Course, Edition, EditionState, Lesson

LESSONS: tuple[dict[str, Any], ...] = (
    {"kind": "text", "title": "职业守则", "text": "尊重老人。" * 40, "counts_ms": 100_000, "stretches": [[0, 100_000, "素养"]]},
    {"kind": "text", "title": "试水温", "text": "先试后喂。" * 40, "seconds": 200, "counts_ms": 200_000,
     "stretches": [[0, 50_000, "讲授"], [50_000, 200_000, "实操"]]},
    {"kind": "text", "title": "饮水要点", "text": "少量多次。" * 40, "counts_ms": 60_000},
)  # fmt: skip


def published_course(title: str = "老年人饮水照护入门", lessons: tuple[dict[str, Any], ...] = LESSONS) -> Course:
    """A course of its own with an edition that is shown."""
    course = Course.objects.create(title=title, supplier="示例培训学校")
    edition = Edition.objects.create(
        course=course, number=1, title=title, supplier="示例培训学校", name="课.zip", digest="0" * 64, state=EditionState.CURRENT
    )  # fmt: skip
    Lesson.objects.bulk_create(
        Lesson(edition=edition, order=order, **told) for order, told in enumerate(lessons, start=1)
    )
    course.current, course.state, course.published_at = edition, "published", timezone.now()
    course.save()
    keep_entry(course)
    return course
