"""A course as machines read it: schema.org's `Course`, a data block of its page. Nothing in it is executed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from ketang.classroom.catalogue.models import Course, Lesson
from ketang.classroom.catalogue.needs import Need

_FEATURES = {
    Need.CAPTIONS: "captions", Need.SIGN: "signLanguage", Need.DESCRIPTION: "audioDescription",
    Need.TRANSCRIPT: "transcript",
}  # fmt: skip
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def course_block(request: HttpRequest, course: Course, lessons: Sequence[Lesson], needs: Sequence[str]) -> SafeString:
    """The course as JSON, such that it cannot end the element that it stands in."""
    told = json.dumps(course_data(request, course, lessons, needs), ensure_ascii=False, separators=(",", ":"))
    return SafeString(told.translate(_ESCAPES))


def course_data(
    request: HttpRequest, course: Course, lessons: Sequence[Lesson], needs: Sequence[str]
) -> dict[str, Any]:
    """The course as schema.org describes one; what is not known is left out."""
    poster = next((lesson for lesson in lessons if lesson.poster_id), None)
    told: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "Course", "name": course.title,
        "url": request.build_absolute_uri(reverse("course", args=[course.uuid])),
        "description": " ".join(course.introduction.split()) or course.title,
        "inLanguage": "zh-Hans", "isAccessibleForFree": True,
        "provider": {"@type": "Organization", "name": course.supplier},
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "CNY", "category": "Free"},
        "datePublished": course.published_at.date().isoformat() if course.published_at else "",
        "educationalLevel": course.level, "about": course.occupation, "timeRequired": duration(course.counts_ms),
        "accessibilityFeature": [_FEATURES[need] for need in map(Need, needs) if need in _FEATURES],
        "accessibilityControl": ["fullKeyboardControl"] if Need.KEYBOARD in needs else [],
        "image": request.build_absolute_uri(reverse("lesson-poster", args=[course.uuid, poster.order])) if poster else "",
        "hasCourseInstance": {
            "@type": "CourseInstance", "courseMode": "Online", "courseWorkload": duration(course.counts_ms),
        },
        "syllabusSections": [
            {"@type": "Syllabus", "name": lesson.title, "timeRequired": duration(lesson.counts_ms)} for lesson in lessons
        ],
    }  # fmt: skip
    return {key: value for key, value in told.items() if value not in ("", [])}


def duration(milliseconds: int) -> str:
    """ISO 8601; a lesson that counts no minute takes one."""
    minutes = max(1, round(milliseconds / 60_000))
    hours, minutes = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
