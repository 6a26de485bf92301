"""The terminal's report: folded as Chinese is set, one language, no colour where none is wanted, a crash told in a line."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Line

from kebao.engine.check import check
from kebao.model.report import Crash, Report
from kebao.report.terminal import print_report
from kebao.report.wrapping import Folded, breaks
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.sketch import course

HANZI = re.compile("[\u4e00-\u9fff]+")


@pytest.fixture(scope="module")
def faulty() -> Report:
    books = tuple(load(name, all_rules()) for name in shipped_ids())
    return check(course(hours="9", papers={}, audience="", rights=[]), books)


def printed(report: Report, language: Any = "zh") -> str:
    out = io.StringIO()
    print_report(report, language, file=out)
    return out.getvalue()


def folded(words: str, width: int, first: int = 0, rest: int = 0) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width).print(Folded(Line(words), first=first, rest=rest))
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    "words, width, lines",
    [
        ("把视频放进文件夹，再填表。", 16, ["把视频放进文件", "夹，再填表。"]),
        ("名字叫：“试水温”。", 10, ["名字叫：", "“试水温”。"]),
        ("用 kebao kit 打包，很快。", 12, ["用 kebao kit", "打包，很快。"]),
        ("a/very/long/path/of/a/video.mp4", 12, ["a/very/long/", "path/of/a/vi", "deo.mp4"]),
        ("一行\n两行", 20, ["一行", "两行"]),
    ],
)
def test_hanzi_break_anywhere_words_stay_whole_and_no_line_begins_with_a_comma(
    words: str, width: int, lines: list[str]
) -> None:
    assert folded(words, width) == lines


def test_further_lines_hang() -> None:
    assert folded("甲乙丙丁戊己庚辛", 12, first=2, rest=4) == ["  甲乙丙丁戊", "    己庚辛"]


@given(st.text(st.characters(categories=("L", "N", "P", "Zs", "Sm")), max_size=120), st.integers(10, 60))
def test_nothing_is_lost_and_no_line_is_too_wide(words: str, width: int) -> None:
    offsets = breaks(words, width, width)
    parts = [words[a:b] for a, b in zip([0, *offsets], [*offsets, len(words)], strict=True)]
    assert "".join(parts) == words
    assert [part for part in parts if cell_len(part.rstrip()) > width] == []


def test_every_finding_is_told_with_place_rule_and_mend(faulty: Report) -> None:
    text = re.sub(r"[\s│├└─]", "", printed(faulty))
    assert faulty.findings
    for finding in faulty.findings:
        for said in (finding.message.zh, f"@{finding.at.words.zh}({finding.rule})", f"改法：{finding.mend.zh}"):
            assert re.sub(r"\s", "", said) in text


def test_a_conforming_package_in_english_speaks_chinese_in_names_alone() -> None:
    report = check(course(), tuple(load(name, all_rules()) for name in shipped_ids()))
    text = printed(report, "en").replace("课包 Kebao", "")
    assert HANZI.findall(text) == ["老年人饮水照护入门", "天津市晴禾职业培训学校"]


def test_neither_colour_nor_cursor_codes_reach_a_file(faulty: Report) -> None:
    text = printed(faulty)
    assert [sign for sign in text if unicodedata.category(sign) == "Cc" and sign != "\n"] == []
    assert printed(faulty) == text


def test_several_books_are_told_apart_where_nobody_judges(faulty: Report) -> None:
    text = printed(faulty)
    for line in ("请评审专家 (tianjin/2023)看：", "请评审专家 (access/2.2)看：", "请经办人员 (tianjin/2023)看："):
        assert line in text


def test_a_crash_is_one_line_and_no_traceback(faulty: Report) -> None:
    trace = "Traceback (most recent call last):\n  File \"x.py\", line 1\nKeyError: 'y'\n"
    text = re.sub(r"\n\s*", "", printed(replace(faulty, crashes=(Crash("some-rule", "视频/a.mp4", trace),))))
    assert "! 检查程序自身的错误：规则 some-rule 在“视频/a.mp4”上出错（KeyError: 'y'）" in text
    assert "Traceback" not in text
