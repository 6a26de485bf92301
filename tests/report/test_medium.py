"""The look at a medium with everything in it: spectrum with hum, shots, speech against captions, in every form."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from PIL import Image

from kebao.model.finding import Curve, Measured, Still
from kebao.model.location import Span
from kebao.model.medium import CaptionsSeen, Fact, MediumReport, Shot, Spectrum, Tone
from kebao.model.report import UsedRulebook
from kebao.model.text import Text
from kebao.report.medium_html import render_medium
from kebao.report.medium_json import medium_json, read_medium
from kebao.report.medium_terminal import print_medium
from kebao.report.medium_words import found_sentence, hertz, without
from report.pages import Page


def span(start: float, end: float) -> Span:
    return Span(Fraction(start), Fraction(end))


def still(name: str, time: int) -> Still:
    out = io.BytesIO()
    Image.new("RGB", (24, 14), (90, 90, 90)).save(out, "JPEG")
    return Still(name, Fraction(time), 24, 14, out.getvalue())


REPORT = MediumReport(
    version="0",
    name="洗手.mp4",
    bytes=1_500_000,
    sha256="ab" * 32,
    seconds=Fraction(60),
    shown=span(0, 60),
    facts=(Fact(Text(zh="时长", en="Length"), Text(zh="01:00", en="01:00")),),
    numbers=(Measured("integrated", -23.0, unit="LUFS"), Measured("true_peak", -1.5, unit="dBTP")),
    curves=(
        Curve("loudness", Fraction(0), Fraction(1), tuple(-30.0 + n % 7 for n in range(60)), "LUFS"),
        Curve("light", Fraction(0), Fraction(1), tuple(float(n) for n in range(60)), "%"),
    ),
    spectrum=Spectrum(
        (60.0, 120.0, 1000.0, 14_700.0), (-50.0, -60.0, -40.0, -90.0), (Tone(50, -52.0), Tone(100, None))
    ),
    speech=(span(0, 10), span(20, 30)),
    poster=still("poster", 3),
    sheet=(still("shot", 0),),
    shots=(Shot(span(0, 25), still("shot", 1), "#aabbcc"), Shot(span(25, 60), None, "#112233")),
    captions=(CaptionsSeen("洗手.vtt", "zh", 7, (span(0, 8.5), span(20, 27)), Fraction(31, 40)),),
    findings=(),
    passed=(Text(zh="有电流声", en="Mains hum"),),
    untested=(Fact(Text(zh="画面抖动", en="Shake"), Text(zh="没有测量。", en="Not measured.")),),
    not_measured=None,
    rulebooks=(),
)


def printed(report: MediumReport, language: Any) -> str:
    out = io.StringIO()
    print_medium(report, language, file=out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_draws_bars_tones_and_coverage_with_their_numbers(language: Any) -> None:
    page = Page(render_medium(REPORT, language, "洗手.mp4"))
    count = {
        name: sum(attrs.get("class") == name for _, attrs in page.tags)
        for name in ("band", "hum", "spoken", "captioned")
    }
    assert count == {"band": 4, "hum": 2, "spoken": 2, "captioned": 2}
    words = "".join(page.words)
    for said in ("-23.0 LUFS", "-1.5 dBTP", "14.7 kHz", "▼ 50 Hz", "#aabbcc", "77.5 %", "00:27–00:30"):
        assert said in words
    assert "00:08–00:10" not in words  # a second and a half without captions
    assert sum(tag == "img" for tag, _ in page.tags) == 2  # the poster, and the one shot that has a picture


def test_in_english_only_the_name_of_the_file_is_chinese() -> None:
    words = [word for word in Page(render_medium(REPORT, "en", "洗手.mp4")).words if "--ink" not in word]
    text = (printed(REPORT, "en") + "".join(words)).replace("洗手", "").replace("课包", "")
    assert [sign for sign in text if "\u4e00" <= sign <= "\u9fff"] == []


def test_the_terminal_tells_the_same() -> None:
    text = printed(REPORT, "zh")
    for said in (
        "没有发现问题。", "整体响度：-23.0 LUFS", "60 Hz … 14.7 kHz", "发现电流声：50 Hz、100 Hz", "镜头 2",
        "00:00–00:25 #aabbcc", "洗手.vtt (zh)：7 条，覆盖讲话时间的 77.5 %", "没有字幕的讲话：00:27–00:30", "… 画面抖动：没有测量。",
    ):  # fmt: skip
        assert said in text


def test_it_reads_back_whole() -> None:
    assert read_medium(medium_json(REPORT)) == REPORT


def test_one_of_version_1_is_read_too() -> None:
    book = UsedRulebook("x/1", Text(zh="书", en="book"), "1", Text(zh="出处", en="出处"), "ab" * 32)
    raw = json.loads(medium_json(replace(REPORT, rulebooks=(book,))))
    raw |= {"schema": "kebao.media/1", "rulebooks": [{**raw["rulebooks"][0], "source": "出处"}]}
    assert read_medium(json.dumps(raw)) == replace(REPORT, rulebooks=(book,))


def test_the_sentence_says_when_nothing_was_measured() -> None:
    cheap = replace(REPORT, not_measured=Text(zh="没有测量。", en="Not measured."))
    assert found_sentence(cheap, "zh") == "只看了文件信息：没有发现问题。"
    assert found_sentence(REPORT, "en") == "Nothing was found."


def test_frequencies_and_what_is_left_of_spans() -> None:
    assert [hertz(value) for value in (50, 56.7, 1000, 14_709)] == ["50 Hz", "57 Hz", "1 kHz", "14.7 kHz"]
    assert without([span(0, 10), span(20, 30)], [span(0, 2), span(4, 6), span(25, 40)]) == [
        span(2, 4),
        span(6, 10),
        span(20, 25),
    ]
