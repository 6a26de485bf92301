"""Offline reports tell where the limits come from, each in its language alone."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import docx
import pytest

from kebao.engine.check import check
from kebao.model.finding import Measured
from kebao.model.report import Report
from kebao.model.text import Language, Text
from kebao.report.docx import write_docx
from kebao.report.html import render_html
from kebao.report.sources import joined, sources, sources_of
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.sketch import SketchedFile, course, paper

FEW = {"试卷/试卷1.xlsx": paper(count=40), "试卷/试卷2.xlsx": paper(first=1000, count=41)}
TOLD: dict[Language, list[str]] = {
    "zh": ["A3(2).1", "原文没有写题数；本系统的理解：每套五十题"],
    "en": ["A3(2).1", "the text gives no number of questions; fifty in each paper: our reading"],
}
HEAD: dict[Language, str] = {"zh": "限值出处", "en": "Limit from"}


@pytest.fixture(scope="module")
def report() -> Report:
    """A course with two papers that are too small and too little on ethics: limits with and without words in their sources."""
    short = {"视频/尊重老人.mp4": SketchedFile(seconds=200)}
    return check(course(files=short, papers=FEW), (load("tianjin/2023", all_rules()),))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_tells_them_once_a_card(report: Report, language: Language) -> None:
    page = render_html(report, language)
    told = re.findall(rf"<dt>{HEAD[language]}</dt><dd>(.*?)</dd>", page)
    assert sorted(map(unescape, told)) == [f"<span>{words}</span>" for words in TOLD[language]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_word_file_tells_them_below_each_finding(report: Report, language: Language, tmp_path: Path) -> None:
    write_docx(report, tmp_path / "报告.docx", language)
    colon = "：" if language == "zh" else ": "
    lines = [one.text for one in docx.Document(str(tmp_path / "报告.docx")).paragraphs]
    code, words = (f"{HEAD[language]}{colon}{source}" for source in TOLD[language])
    assert sorted(line for line in lines if line.startswith(HEAD[language])) == [code, words, words]


def test_one_language_alone_is_marked_on_the_page_as_what_it_is(report: Report) -> None:
    english = Text(zh=TOLD["en"][1], en=TOLD["en"][1])
    clauses = tuple(
        replace(c, rules=tuple(
            replace(r, limits=tuple((n, v, english if n == "limit_questions" else s) for n, v, s in r.limits)) for r in c.rules
        ))
        for c in report.clauses
    )  # fmt: skip
    old = replace(report, clauses=clauses)
    assert f'<dd><span lang="en">{TOLD["en"][1]}</span></dd>' in unescape(render_html(old, "zh"))
    small = [one.fingerprint for one in old.findings if one.rule == "paper-too-small"]
    assert [sources_of(old, "zh")[one] for one in small] == [((TOLD["en"][1], "en"),)] * 2


def test_only_limits_that_the_finding_was_held_against_are_told(report: Report) -> None:
    finding = next(one for one in report.findings if one.rule == "paper-too-small")
    result = next(r for c in report.clauses for r in c.rules if finding.fingerprint in r.findings)
    more = (
        *result.limits,
        ("words", ("甲", "乙"), Text(zh="别的", en="other")),
        ("other", "1/2", Text(zh="别的", en="other")),
    )
    assert sources(finding, replace(result, limits=more), "zh") == ((TOLD["zh"][1], ""),)
    unheld = replace(finding, evidence=(Measured("questions", 40),))
    assert sources(unheld, result, "zh") == ()
    assert joined([(("a", ""),), (("b", "en"), ("a", ""))]) == (("a", ""), ("b", "en"))
