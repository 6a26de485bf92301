"""A course for machines and for other sites: schema.org, Atom, JSON Feed, and a list that may be framed."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ketang.classroom.catalogue.indexing import keep_entry
from ketang.classroom.catalogue.models import Course
from ketang.web.public.course_data import duration
from learning_rows import published_course

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


def course(title: str = "老年人饮水照护", introduction: str = "在家</script>照护 & 喂水") -> Course:
    made = published_course(title)
    names = {"zh": "现代服务业", "en": "Services"}
    Course.objects.filter(pk=made.pk).update(
        introduction=introduction, occupation="养老护理员", level="五级", counts_ms=5_400_000, has_captions=True,
        category="P2(3)", category_name=names, published_at=datetime(2026, 3, 1, 4, tzinfo=UTC),
    )  # fmt: skip
    made.refresh_from_db()
    keep_entry(made)
    return made


def test_a_page_tells_machines_what_the_course_is() -> None:
    made = course()
    page = Client().get(reverse("course", args=[made.uuid])).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    assert ("<" in block[1], "&" in block[1]) == (False, False)
    assert json.loads(block[1]) == {
        "@context": "https://schema.org", "@type": "Course", "name": "老年人饮水照护",
        "url": HERE + reverse("course", args=[made.uuid]), "description": "在家</script>照护 & 喂水", "inLanguage": "zh-Hans",
        "isAccessibleForFree": True, "provider": {"@type": "Organization", "name": "示例培训学校"},
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "CNY", "category": "Free"}, "datePublished": "2026-03-01",
        "educationalLevel": "五级", "about": "养老护理员", "timeRequired": "PT1H30M", "accessibilityFeature": ["captions"],
        "accessibilityControl": ["fullKeyboardControl"],
        "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "Online", "courseWorkload": "PT1H30M"},
        "syllabusSections": [
            {"@type": "Syllabus", "name": "职业守则", "timeRequired": "PT2M"}, {"@type": "Syllabus", "name": "试水温", "timeRequired": "PT3M"},
            {"@type": "Syllabus", "name": "饮水要点", "timeRequired": "PT1M"},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(("milliseconds", "told"), [(0, "PT1M"), (3_600_000, "PT1H"), (5_430_000, "PT1H30M")])
def test_durations(milliseconds: int, told: str) -> None:
    assert duration(milliseconds) == told


def test_a_page_tells_people_what_the_course_is() -> None:
    made = course(introduction="在家照护")
    page = Client().get(reverse("course", args=[made.uuid])).content.decode()
    facts = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page.split("<footer")[0])
    assert facts == [
        ("学时", "2 学时"), ("内容", "3 课"), ("职业（工种）", "养老护理员"), ("等级", "五级（初级工）"), ("类别", "现代服务业"),
    ]  # fmt: skip
    assert [
        "提供：示例培训学校" in page,
        "字幕" in page,
        "可用键盘" in page,
        '<meta name="description" content="在家照护">' in page,
    ] == [True] * 4


def test_feeds_tell_of_new_courses() -> None:
    older, newer = course(), course("剪纸", "先折后剪")
    atom = Client().get(reverse("courses-feed"))
    assert atom["Content-Type"] == "application/atom+xml; charset=utf-8"
    told = atom.content.decode()
    assert re.findall(r"<title>([^<]*)</title>", told) == ["新课程", "剪纸", "老年人饮水照护"]
    assert re.findall(r"<name>([^<]*)</name>", told) == ["示例培训学校"] * 2
    assert '<summary type="html">先折后剪</summary>' in told
    answer = Client().get(reverse("courses-json"), {"words": "折后"})
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/feed+json", "*")
    address = HERE + reverse("course", args=[newer.uuid])
    assert answer.json() == {
        "version": "https://jsonfeed.org/version/1.1", "title": "新课程", "home_page_url": HERE + reverse("courses"),
        "feed_url": HERE + reverse("courses-json") + "?words=%E6%8A%98%E5%90%8E", "language": "zh-Hans",
        "items": [{
            "id": address, "url": address, "title": "剪纸", "content_text": "先折后剪", "date_published": "2026-03-01T04:00:00+00:00",
            "authors": [{"name": "示例培训学校"}], "tags": ["现代服务业", "养老护理员", "五级"], "language": "zh-Hans",
        }],
    }  # fmt: skip
    assert older.title not in answer.content.decode()


def test_the_list_may_be_framed_and_nothing_else_may() -> None:
    for title in ("甲课", "乙课", "丙课"):
        made = course(title)
    answer = Client().get(reverse("courses-embedded"), {"n": "2"})
    page = answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert ("frame-ancestors *" in policy, "default-src 'none'" in policy, "X-Frame-Options" in answer, len(answer.cookies)) == (
        True, True, False, 0,
    )  # fmt: skip
    assert re.findall(r'target="_top">([^<]+)</a>', page) == ["丙课", "乙课", "全部课程"]
    assert ("<script" in page, "<form" in page) == (False, False)
    for asked in ({"n": "0"}, {"n": "x"}, {"n": "99999"}, {}):
        assert Client().get(reverse("courses-embedded"), asked).status_code == 200
    for name, of in (("courses", []), ("course", [made.uuid])):
        other = Client().get(reverse(name, args=of))
        assert (other["X-Frame-Options"], "frame-ancestors 'none'" in other["Content-Security-Policy"]) == (
            "DENY",
            True,
        )


def test_a_list_costs_the_same_for_one_course_and_three(django_assert_num_queries: object) -> None:
    for number in range(3):
        course(f"课{number}")
        for name in ("courses-feed", "courses-json", "courses-embedded"):
            with django_assert_num_queries(3):  # type: ignore[operator]
                assert Client().get(reverse(name)).status_code == 200
