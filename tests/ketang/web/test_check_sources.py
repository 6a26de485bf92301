"""Where a limit comes from stands on the check's page in the reader's language; reports of before are read and say which theirs is."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kebao.report.json import report_json
from kebao.subjects.sketch import paper
from ketang.people.account.models import Account
from ketang.platform.storage.actions import put_bytes
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import report_of
from ketang.selection.intake.models import Submission
from ketang_accounts import signed_in
from ketang_reports import SHORT_ETHICS, checked, sketched

ZH, EN = "zh-Hans", "en"
FEW = {"试卷/试卷1.xlsx": paper(count=40)}
TOLD = {
    ZH: ["A3(2).1", "原文没有写题数；本系统的理解：每套五十题"],
    EN: ["A3(2).1", "the text gives no number of questions; fifty in each paper: our reading"],
}  # fmt: skip


@pytest.fixture
def check(supplier_draft: Submission) -> Check:
    """A check whose findings are held against limits with and without words in their sources."""
    return checked(supplier_draft, sketched(SHORT_ETHICS, papers=FEW))


@pytest.fixture
def office(administrator: Account) -> Client:
    return signed_in(administrator)


def sources_of(office: Client, check: Check, language: str) -> list[tuple[str, str]]:
    """What the page tells of sources: the attributes of each, and its words."""
    page = office.get(reverse("check", args=[check.uuid]), headers={"Accept-Language": language}).content.decode()
    said = {ZH: "限值出处：", EN: "Source of the limit: "}[language]
    return [(attrs, unescape(words)) for attrs, words in re.findall(rf"<br>{said}<span([^>]*)>([^<]*)</span>", page)]


@pytest.mark.parametrize("language", [ZH, EN])
def test_the_page_tells_sources_in_its_language_alone(office: Client, check: Check, language: str) -> None:
    told = sources_of(office, check, language)
    assert sorted(told) == sorted(("", words) for words in TOLD[language])


def of_version_1(check: Check, language: str) -> None:
    """Put in the check's report's place what a version before this one stored."""
    report = report_of(check)
    assert report is not None
    raw: dict[str, Any] = json.loads(report_json(report)) | {"schema": "kebao.report/1"}
    for book in raw["rulebooks"]:
        book["source"] = book["source"]["zh"]
    for clause in raw["clauses"]:
        for result in clause["rules"]:
            result["limits"] = [[name, value, source[language]] for name, value, source in result["limits"]]
    check.report = put_bytes(json.dumps(raw, ensure_ascii=False).encode()).digest
    check.save()


@pytest.mark.parametrize("language", [ZH, EN])
@pytest.mark.parametrize("worded", [ZH, EN])
def test_a_stored_report_of_before_is_shown_and_its_one_language_is_marked(
    office: Client, check: Check, worded: str, language: str
) -> None:
    of_version_1(check, {ZH: "zh", EN: "en"}[worded])
    code, words = TOLD[worded]
    assert sorted(sources_of(office, check, language)) == [("", code), (f' lang="{worded}" data-own-words', words)]
    download = office.get(reverse("check-report-json", args=[check.uuid]))
    assert (download.status_code, json.loads(download.content)["schema"]) == (200, "kebao.report/2")
