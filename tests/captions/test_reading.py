"""Captions as read: every cue in exact time with its row, and every row that a player would lose."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kebao.archive.limits import Limits
from kebao.captions.cue import Captions, Cue, width
from kebao.captions.reading import read_captions, shown_lines
from kebao.subjects.opening import OneFile
from kebao.subjects.tree_facts import TreeFacts

VTT = """WEBVTT - 试水温
Kind: captions

STYLE
::cue { color: red }

NOTE 校对过

1
00:05.000 --> 00:06.250 line:0 align:start
<v 老师>先洗手 &amp; 擦干</v>
<c.yellow>再试</c>水温

01:00:00.001 --> 01:00:02.000

00:03.000 --> 00:02.500
倒着走

00:07,000 --> 00:08.000
写了逗号

0:09.000 --> 0:10.000
分钟少一位

没有时间的话
"""
SRT = """\ufeff1
00:00:05,000 --> 00:00:06,250
{\\an8}<i>先洗手</i>

2
00:00:01,500 --> 00:00:02,000

3
0:00:07.000 --> 0:00:08.001
一行

隔了空行
4
00:0a:09,000 --> 00:00:10,000
坏时间

5
00:00:11,5 --> 00:00:12,000
毫秒少了
"""


def cue(start: str, end: str, *lines: str, row: int) -> Cue:
    return Cue(Fraction(start), Fraction(end), lines, row)


def test_webvtt_is_read_as_the_standard_says() -> None:
    assert read_captions(VTT) == Captions(
        (
            cue("5", "6.25", "先洗手 & 擦干", "再试水温", row=10),
            cue("3600.001", "3602", row=14),
            cue("3", "2.5", "倒着走", row=16),
        ),
        "vtt",
        "utf-8",
        lost=(19, 22, 25),
    )


def test_subrip_is_read_as_players_do() -> None:
    assert read_captions(SRT, "gb18030") == Captions(
        (
            cue("5", "6.25", "先洗手", row=2),
            cue("1.5", "2", row=6),
            cue("7", "8.001", "一行", "隔了空行", row=9),
        ),
        "srt",
        "gb18030",
        lost=(14, 18),
    )


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_every_end_of_line_is_one(end: str) -> None:
    assert read_captions(VTT.replace("\n", end)) == read_captions(VTT)
    assert read_captions(SRT.replace("\n", end)) == read_captions(SRT)


@pytest.mark.parametrize(
    "text, lost",
    [("", ()), ("WEBVTT", ()), ("WEBVTT\n\n", ()), ("WEBVTTX\n\n00:01.000 --> 00:02.000\n好", (1, 3)), ("先洗手。\n再试。", (1,)), ("-->", (1,))],
)  # fmt: skip
def test_what_holds_no_captions_has_no_cue(text: str, lost: tuple[int, ...]) -> None:
    found = read_captions(text)
    assert (found.cues, found.lost) == ((), lost)


@given(st.text(alphabet="0123456789:.,->< \n\r{}\\WEBVTNOé洗", max_size=200))
def test_any_text_is_answered(text: str) -> None:
    for head in ("", "WEBVTT\n\n"):
        found = read_captions(head + text)
        assert all(row >= 1 for row in (*found.lost, *(one.row or 0 for one in found.cues)))


def test_markup_and_blank_lines_are_not_shown() -> None:
    assert shown_lines("<b>一</b>\n\n &nbsp; \n{\\pos(1,2)}二 < 三\r\n&lt;四&gt;") == ("一", "二 < 三", "<四>")


@pytest.mark.parametrize("line, wide", [("洗手", 2), ("ABC", 1.5), ("“好”——", 5), ("é", 0.5), ("e\u0301", 0.5), ("\u200b", 0), ("ＡＢ", 2)])  # fmt: skip
def test_a_half_width_character_counts_half(line: str, wide: float) -> None:
    assert width(line) == Fraction(wide)


def test_captions_in_gbk_are_read_and_said_to_be(shared: Path) -> None:
    with OneFile(shared / "hostile" / "vtt_gbk.vtt", Limits()) as tree:
        found = TreeFacts(tree, Limits()).captions("vtt_gbk.vtt")
    assert isinstance(found, Captions)
    assert (found.encoding, [one.words for one in found.cues], found.lost) == ("gb18030", ["你好保育员"], ())
