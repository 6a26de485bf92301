"""The HTML report: one file, no script, no request, every finding told, hostile words shown as words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from kebao.engine.check import check
from kebao.model.report import Report
from kebao.report.html import render_html
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.sketch import course
from report.pages import Page

HOSTILE = "<script>alert(1)</script>{{7*7}}"


def reported(**changes: Any) -> Report:
    return check(course(**changes), (load("tianjin/2023", all_rules()),))


@pytest.mark.parametrize("language, code", [("zh", "zh-Hans"), ("en", "en")])
def test_the_page_stands_alone(language: Any, code: str) -> None:
    page = Page(render_html(reported(), language))
    names = [tag for tag, _ in page.tags]
    assert ("html", {"lang": code}) in page.tags
    assert not {"script", "img", "link", "iframe"} & set(names)
    assert not [
        attrs for _, attrs in page.tags if re.match("https?:", str(attrs.get("href") or attrs.get("src") or ""))
    ]
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert names.count("h1") == 1


def test_headings_never_skip_a_level() -> None:
    levels = [
        int(tag[1])
        for tag, _ in Page(render_html(reported(rights=[], audience=""), "zh")).tags
        if re.fullmatch("h[1-6]", tag)
    ]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_verdict_stands_before_clauses_and_clauses_before_files() -> None:
    text = render_html(reported(), "zh")
    places = [text.index(f'id="{name}"') for name in ("verdict", "clauses-h", "files-h")]
    assert places == sorted(places)


def test_every_finding_is_told_with_message_place_and_mend() -> None:
    report = reported(rights=[], audience="", hours="9")
    words = "".join(Page(render_html(report, "zh")).words)
    assert report.findings
    for finding in report.findings:
        for said in (finding.message.zh, finding.mend.zh, finding.at.words.zh):
            assert said in words


def test_every_clause_stands_with_its_own_words() -> None:
    report = reported()
    words = "".join(Page(render_html(report, "zh")).words)
    assert [clause.id for clause in report.clauses if clause.text.zh not in words] == []


def test_words_of_a_stranger_stay_words() -> None:
    text = render_html(reported(title=HOSTILE, supplier={"name": HOSTILE}), "zh")
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in text


def test_findings_of_one_rule_share_a_card_and_each_keeps_its_anchor() -> None:
    report = reported(resources=[{"id": f"v{n}", "kind": "video", "path": f"视频/{n}.mp4"} for n in (1, 2, 3)])
    page = Page(render_html(report, "zh"))
    ids = [attrs["id"] for _, attrs in page.tags if attrs.get("id", "").startswith("f-")]
    assert sorted(ids) == sorted(f"f-{finding.fingerprint}" for finding in report.findings)
    cards = [attrs for tag, attrs in page.tags if tag == "li" and attrs.get("class", "").startswith("finding ")]
    assert len(cards) == len({finding.rule for finding in report.findings}) < len(ids)


def test_links_inside_the_page_lead_somewhere() -> None:
    page = Page(render_html(reported(rights=[], audience="", hours="9"), "zh"))
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = {attrs["href"].removeprefix("#") for tag, attrs in page.tags if tag == "a"}
    assert links - ids == set()


def test_what_must_be_mended_stands_before_what_should_be() -> None:
    text = render_html(reported(rights=[], audience="", categories=[]), "zh")
    places = [text.index(f'<h3 class="group {kind}">') for kind in ("error", "advice")]
    assert places == sorted(places)
