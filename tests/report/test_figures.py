"""Curves and stills in every form of the report: numbers beside pictures, few enough to open, the same each time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rich.console import Console

from kebao.engine.check import check
from kebao.model.finding import Curve, Still
from kebao.model.location import Location, Span
from kebao.model.outcome import Outcome, Severity
from kebao.model.report import Report, ReportedFile, ReportedFinding
from kebao.model.text import Text
from kebao.report.curves import bounds, spoken, stretches, title
from kebao.report.docx import write_docx
from kebao.report.drawing import curve_png
from kebao.report.figures import FIGURES_A_RULE, drawn
from kebao.report.html import render_html
from kebao.report.plots import markers, path, strip, thin
from kebao.report.sparks import Spark, blocks, marks_line
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.sketch import course
from report.pages import Page

PLAIN = Text(zh="话", en="words")
CURVE = Curve(
    "hum",
    Fraction(0),
    Fraction(1),
    (-60.0, -60.0, None, -30.5, -30.0, -60.0),
    "dB",
    -40.0,
    (Span(Fraction(3), Fraction(5)),),
)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (32, 18), (200, 30, 30)).save(out, "JPEG")
    return out.getvalue()


STILL = Still("frame", Fraction(7, 2), 32, 18, jpeg())


def finding(number: int = 0, start: int = 3, rule: str = "hum", outcome: Outcome = Outcome.FAILED) -> ReportedFinding:
    at = Location(path="视频/甲.mp4", item="甲", title="甲", span=Span(Fraction(start), Fraction(start + 2)))
    return ReportedFinding(
        f"{number:016x}", rule, (("tianjin/2023", "A4(1)"),), Severity.WARNING, outcome, at,
        Text(zh="有电流声", en="Hum"), Text(zh=f"第{number}处有电流声。", en=f"Hum {number}."), PLAIN, PLAIN, (CURVE, STILL),
    )  # fmt: skip


def reported(*findings: ReportedFinding) -> Report:
    report = check(course(), (load("tianjin/2023", all_rules()),))
    file = ReportedFile("视频/甲.mp4", 1, "", "video", Fraction(60))
    return replace(report, findings=findings, files=(*report.files, file), clauses=())


def test_a_curve_in_words_and_numbers() -> None:
    assert spoken(CURVE, "zh") == "00:00–00:06；最低 -60.0，最高 -30.0 dB；限值 -40 dB；标出 00:03–00:05"
    assert spoken(CURVE, "en") == "00:00–00:06; lowest -60.0, highest -30.0 dB; limit -40 dB; marked: 00:03–00:05"
    assert spoken(replace(CURVE, values=(None,), limit=None, marks=()), "zh") == "00:00–00:01；没有可测量的内容"
    assert bounds(CURVE) == (-60, -30)
    assert bounds(replace(CURVE, values=(), limit=None)) == (0, 1)
    assert bounds(replace(CURVE, values=(3.0,), limit=None)) == (2, 4)
    light = Curve("light", Fraction(0), Fraction(1), (30.0, 40.0), "%")
    assert (bounds(light), bounds(replace(light, unit="code"))) == ((0, 100), (30, 40))
    assert title(replace(light, unit="code"), "zh") == "亮度（灰度级，0–255）"
    assert [(str(row.span), row.low, row.mean, row.high, row.marked) for row in stretches(CURVE, 3)] == [
        ("00:00–00:02", -60, -60, -60, False),
        ("00:02–00:04", -30.5, -30.5, -30.5, True),
        ("00:04–00:06", -60, -45, -30, True),
    ]


def test_a_path_keeps_gaps_and_peaks() -> None:
    assert path((0.0, 1.0, None, 1.0, None, 0.0, 0.0), 0, 1) == "M0 96.0L167 10.0M500 10.0h2M833 96.0L1000 96.0"
    values = [0.0] * 5000
    values[1234], values[4000] = 9.0, -9.0
    kept = list(thin(values, 300))
    assert (len(kept) <= 300, max(filter(None, kept)), min(filter(None, kept))) == (True, 9, -9)


def test_the_page_draws_a_curve_with_its_numbers_and_a_still_with_its_words() -> None:
    page = Page(render_html(reported(finding()), "zh"))
    plots = [attrs for tag, attrs in page.tags if tag == "svg" and attrs.get("role") == "img"]
    named = {attrs.get("id", ""): None for tag, attrs in page.tags if tag in ("title", "desc")}
    assert [set(attrs["aria-labelledby"].split()) <= named.keys() for attrs in plots if "aria-labelledby" in attrs] == [
        True,
        True,
    ]
    images = [attrs for tag, attrs in page.tags if tag == "img"]
    assert [(attrs["alt"], attrs["width"], attrs["height"]) for attrs in images] == [("00:03 的画面", "32", "18")]
    assert images[0]["src"].startswith("data:image/jpeg;base64,/9j/")
    words = "".join(page.words)
    for said in ("电流声（dB）", "限值 -40", "00:03–00:05", "各视频的问题时间轴"):
        assert said in words
    assert words.count("-30.5") == 3  # lowest, mean and highest of its second, in the table of numbers
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_of_a_rule_that_finds_much_the_first_are_drawn_and_the_page_says_so() -> None:
    report = reported(*(finding(number, number) for number in range(20)))
    assert drawn(report.findings) == {f"{number:016x}" for number in range(FIGURES_A_RULE)}
    text = render_html(report, "zh")
    assert text.count("<img ") == FIGURES_A_RULE
    assert "只显示前几处" in text
    assert "只显示前几处" not in render_html(reported(finding()), "zh")


def test_five_hundred_videos_stay_a_page_that_opens() -> None:
    findings = []
    for number in range(1500):
        one = finding(number, number % 50, f"rule-{number % 30}")
        at = replace(one.at, path=f"视频/{number % 500}.mp4", item=str(number % 500))
        findings.append(replace(one, at=at))
    report = reported(*findings)
    files = tuple(ReportedFile(f"视频/{n}.mp4", 1, "", "video", Fraction(60)) for n in range(500))
    text = render_html(replace(report, files=files), "zh")
    assert text.count('class="timeline"') == 500
    assert len(text) < 4_000_000


def test_a_strip_shows_the_loudness_of_its_medium() -> None:
    loudness = Curve("loudness", Fraction(0), Fraction(1), tuple(-30.0 for _ in range(60)), "LUFS")
    report = reported(replace(finding(), evidence=()))
    for curve, lines in ((loudness, 1), (None, 0)):
        files = tuple(replace(file, loudness=curve) if file.path == "视频/甲.mp4" else file for file in report.files)
        assert render_html(replace(report, files=files), "zh").count('<path class="line"') == lines


def test_markers_are_numbered_by_time_and_tell_their_kind_by_shape_and_word() -> None:
    asks = finding(2, 9, "shake", Outcome.CANT_TELL)
    made = markers([finding(0, 30), asks, finding(1, 3)], Span(Fraction(0), Fraction(60)))
    assert [(one.number, one.finding.fingerprint[-1], one.shape, one.lane) for one in made] == [
        (1, "1", "triangle", 0),
        (2, "2", "circle", 0),
        (3, "0", "triangle", 0),
    ]
    crowd = strip([finding(n, 10) for n in range(50)], Span(Fraction(0), Fraction(60)), "zh")
    assert ({one.lane for one in crowd["markers"]}, crowd["more"], crowd["lanes"]) == (set(range(6)), 10, 6)
    assert [words for _, words in crowd["ticks"]] == ["00:00", "00:15", "00:30", "00:45", "01:00"]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_curve_is_a_line_of_the_terminal(width: int) -> None:
    out = io.StringIO()
    Console(file=out, width=width).print(Spark(CURVE, "zh", indent=4))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert "电流声（dB）" in lines[0]
    assert "限值 -40" in lines[0]
    assert "▁" in out.getvalue()
    assert lines[-1].strip() == "▲ 00:03–00:05"


def test_blocks_and_marks_stand_below_each_other() -> None:
    assert blocks((0.0, 1.0, None, 8.0), 4, 0, 8) == "▁▂ █"
    assert blocks([0.0] * 500 + [8.0] + [0.0] * 499, 10, 0, 8) == "▁▁▁▁▁█▁▁▁▁"
    assert blocks((None,), 3, 0, 1) == "   "
    assert marks_line([Span(Fraction(3), Fraction(5))], Span(Fraction(0), Fraction(6)), 6) == "   ▲▲"
    assert marks_line([Span(Fraction(6), Fraction(6))], Span(Fraction(0), Fraction(6)), 6) == "     ▲"


def test_the_document_holds_both_pictures_with_words_and_is_the_same_each_time(tmp_path: Path) -> None:
    one, other = tmp_path / "a.docx", tmp_path / "b.docx"
    for target in (one, other):
        write_docx(reported(*(finding(number, number) for number in range(5))), target, "zh")
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as parts:
        text = parts.read("word/document.xml").decode()
        media = {name.rsplit(".", 1)[1] for name in parts.namelist() if "/media/" in name}
    told = re.findall(r'descr="([^"]*)"', text)
    assert (
        told
        == ["电流声（dB）：00:00–00:06；最低 -60.0，最高 -30.0 dB；限值 -40 dB；标出 00:03–00:05", "00:03 的画面"] * 3
    )
    assert media == {"png", "jpg"}


def test_the_drawn_curve_marks_its_stretch_without_colour() -> None:
    picture = Image.open(io.BytesIO(curve_png(CURVE)))
    assert (picture.mode, picture.size) == ("L", (1000, 160))
    row: Any = [picture.getpixel((x, 60)) for x in range(1000)]
    assert min(row[520:800]) < 230
    assert min(row[100:300]) == 255
