"""The page of a failure: both languages, how to reach the office, and not one question to the database."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ketang.web.public.errors import failed

NOBODY = dict.fromkeys(("host_unit", "identifier", "icp", "police", "telephone", "email", "address"), "")


def page() -> tuple[int, str]:
    answer = failed(RequestFactory().get("/"))
    return answer.status_code, answer.content.decode()


def words(html: str) -> list[str]:
    """The lines of the main part."""
    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return [line for text in re.sub(r"<[^>]+>", "\n", main).splitlines() if (line := unescape(text).strip())]


@pytest.mark.django_db
@override_settings(SITE={**NOBODY, "host_unit": "示例残联", "telephone": "022-00000000", "email": "office@example.org"})
def test_both_languages_and_the_office_without_the_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        status, html = page()
    assert (status, len(queries), words(html)) == (
        500,
        0,
        [
            "500",
            "网站出了故障",
            "这是我们的问题，不是您的操作造成的，已经记录下来。已保存的内容还在。请过几分钟再试。",
            "如果一直这样，请联系主办单位：",
            *("主办单位", "示例残联", "电话", "022-00000000", "电子邮箱", "office@example.org"),
            "回到首页",
            "Something broke on this site",
            "This is our fault, not yours, and it has been recorded. What was saved is still there. Please try again in a few minutes.",
            "If this goes on, contact the organiser:",
            *("Host unit", "示例残联", "Telephone", "022-00000000", "E-mail", "office@example.org"),
            "To the home page",
        ],
    )
    assert re.findall(r'lang="([^"]+)"', html) == ["zh-Hans", "en"]
    assert re.findall(r'href="((?:tel|mailto):[^"]+)"', html) == ["tel:022-00000000", "mailto:office@example.org"] * 2


@override_settings(SITE=NOBODY)
def test_without_a_contact_nothing_is_promised() -> None:
    status, html = page()
    assert (status, "联系主办单位" in html, "contact the organiser" in html, "<dl" in html) == (
        500,
        False,
        False,
        False,
    )


def test_the_language_of_who_asked_changes_nothing() -> None:
    with translation.override("en"):
        english = page()
        assert translation.get_language() == "en"
    with translation.override("zh-hans"):
        assert page() == english
