"""The look at one medium: the same each time, cheap the second time, within its stretch, with the captions beside it."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import jsonschema
import numpy as np
import pytest

from kebao.engine.measuring import Measuring
from kebao.engine.medium import Looking, look
from kebao.engine.medium_view import joined, overlap
from kebao.media.curves import curve_of
from kebao.media.store import Store
from kebao.model.errors import Unreadable, UsageFault
from kebao.model.location import Span
from kebao.model.medium import MediumReport
from kebao.report.fragments import seconds
from kebao.report.medium_html import render_medium
from kebao.report.medium_json import medium_json, medium_schema, read_medium
from kebao.report.medium_terminal import print_medium
from kebao.rulebook.loading import load, shipped_ids
from kebao.rules.registry import all_rules
from kebao.subjects.medium import open_medium
from making import make_clip
from report.pages import Page


def looked(path: Path, store: Store | None = None, **options: Any) -> MediumReport:
    how = Looking(None if options.pop("cheap", False) else Measuring(store), **options)
    with open_medium(path, as_of=date(2023, 8, 31)) as medium:
        return look(medium, tuple(load(name, all_rules()) for name in shipped_ids()), how)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_clip(tmp_path_factory.mktemp("media") / "洗手.mp4", 20, fps=20)
    path.with_suffix(".vtt").write_text("WEBVTT\n\n00:02.000 --> 00:02.100\n太快了太快了\n", encoding="utf-8")
    return path


def test_the_look_tells_facts_light_pictures_captions_and_findings(clip: Path) -> None:
    report = looked(clip)
    assert {fact.name.zh: fact.value.zh for fact in report.facts} == {
        "时长": "00:20", "封装格式": "MP4／MOV", "画面": "320×180，20 帧/秒，h264", "声音": "aac，48000 Hz，1 声道",
    }  # fmt: skip
    light = next(curve for curve in report.curves if curve.name == "light")
    assert (light.start, light.step, len(light.values)) == (0, Fraction(1, 20), 400)
    assert all(value is not None and 14 < value < 18 for value in light.values)
    assert [still.time for still in report.sheet] == sorted({still.time for still in report.sheet})
    assert report.poster is not None
    assert {finding.rule for finding in report.findings} >= {"frame-rate-low", "caption-too-brief"}
    assert [(seen.name, seen.count) for seen in report.captions] == [("洗手.vtt", 1)]
    assert read_medium(medium_json(report)) == report


def test_the_look_is_valid_by_its_schema(clip: Path) -> None:
    schema = medium_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    raw = json.loads(medium_json(looked(clip)))
    validator.validate(raw)
    assert not validator.is_valid({**raw, "extra": 1})
    with pytest.raises(Unreadable, match=r"kebao\.media/2"):
        read_medium("{}")


def test_the_second_look_decodes_nothing_and_says_the_same(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    first = medium_json(looked(clip, store))
    for place in ("stills.seeking", "preview.seeking", "measuring.measure_stream"):
        monkeypatch.setattr(f"kebao.media.{place}", lambda *_, **__: pytest.fail("decoded again"))
    assert medium_json(looked(clip, store)) == first


def test_a_cheap_look_measures_nothing_and_says_so(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kebao.media.measuring.measure_stream", lambda *_, **__: pytest.fail("measured"))
    report = looked(clip, cheap=True)
    assert (report.curves, report.shots, report.spectrum) == ((), (), None)
    assert report.not_measured is not None
    assert report.sheet
    assert report.not_measured.zh in render_medium(report, "zh", "洗手.mp4")


def test_a_stretch_shows_its_curves_finer_and_its_findings_alone(clip: Path) -> None:
    report = looked(clip, start=Fraction(5), end=Fraction(8))
    light = next(curve for curve in report.curves if curve.name == "light")
    assert (report.shown, light.start, len(light.values)) == (Span(Fraction(5), Fraction(8)), 5, 60)
    assert "caption-too-brief" not in {finding.rule for finding in report.findings}
    assert "frame-rate-low" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("start, end", [(20, None), (5, 5), (9, 3), (30, 40)])
def test_a_stretch_outside_is_refused_in_words(clip: Path, start: int, end: int | None) -> None:
    with pytest.raises(UsageFault, match="不在这个文件里：它长 00:20"):
        looked(clip, start=Fraction(start), end=None if end is None else Fraction(end), cheap=True)


def test_what_is_no_medium_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "a.mp4"
    page.write_text("<html></html>")
    for path, said in ((tmp_path, "kebao check"), (page, "“a.mp4”")):
        with pytest.raises(Unreadable, match=said):
            looked(path)


def test_a_film_of_one_picture_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "一帧.mp4"
    with av.open(str(path), "w") as film:
        video = film.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        picture = np.full((180, 320, 3), 90, np.uint8)
        film.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        film.mux(video.encode(None))
    report = looked(path)
    assert (len(report.sheet), report.seconds, [len(shot.colour) for shot in report.shots]) == (1, Fraction(1, 25), [7])
    assert "一帧.mp4" in render_medium(report, "zh", "一帧.mp4")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_stands_alone_and_its_times_open_the_medium(clip: Path, language: Any) -> None:
    page = Page(render_medium(looked(clip), language, "课 程/洗手.mp4"))
    assert not {"script", "link", "iframe", "video"} & {tag for tag, _ in page.tags}
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a" and "#t=" in attrs["href"]]
    assert "%E8%AF%BE%20%E7%A8%8B/%E6%B4%97%E6%89%8B.mp4#t=2" in links
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = {attrs["href"][1:] for tag, attrs in page.tags if tag == "a" and attrs["href"].startswith("#")}
    assert inside - set(ids) == set()
    named = {part for _, attrs in page.tags for part in attrs.get("aria-labelledby", "").split()}
    assert named - set(ids) == set()
    assert [attrs for tag, attrs in page.tags if tag == "img" and not attrs.get("alt")] == []
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("time, said", [(Fraction(0), "0"), (Fraction(385, 2), "192.5"), (Fraction(2, 3), "0.666")])
def test_a_link_never_points_behind_its_time(time: Fraction, said: str) -> None:
    assert seconds(time) == said


def test_the_terminal_fits_its_width(clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.txt"
    with out.open("w", encoding="utf-8") as file:
        print_medium(looked(clip), "zh", file=file)
    text = out.read_text(encoding="utf-8")
    assert "亮度（%）" in text
    assert "◆ 00:02  [建议] 字幕一闪而过" in text
    assert "\x1b" not in text


def test_values_that_share_a_point_become_one() -> None:
    times, values = np.arange(8) / 2, np.array([0, 10, 0, 10, 5, 5, 20, 0])
    span = Span(Fraction(0), Fraction(4))
    assert curve_of("x", times, values, span, points=4).values == (5, 5, 5, 10)
    assert curve_of("x", times, values, span, points=4, how="highest").values == (10, 10, 5, 20)
    assert curve_of("x", times, values, span, points=4, how="power").values == (7.4, 7.4, 5, 17.03)
    assert curve_of("x", times, values, Span(Fraction(1), Fraction(2))).values == (0, 10)
    assert curve_of("x", np.array([0.0, 3.0]), np.array([1, 2]), span, points=4, hold=True).values == (1, 2)
    uneven = np.array([0.0, 0.1, 0.2, 3.9])
    assert curve_of("x", uneven, np.array([1, 1, 1, 2]), span).values == (1, None, None, 2)
    assert curve_of("x", uneven, np.array([1, 1, 1, 2]), span, hold=True).values == (1, 1, 1, 2)
    assert curve_of("x", times, values, Span(Fraction(9), Fraction(10))).values == ()


def test_stretches_join_and_overlap() -> None:
    def spans(*ends: tuple[int, int]) -> tuple[Span, ...]:
        return tuple(Span(Fraction(start), Fraction(end)) for start, end in ends)

    assert joined(spans((4, 6), (0, 2), (1, 3), (7, 8)), Fraction(1)) == spans((0, 3), (4, 6), (7, 8))
    assert joined(spans((4, 6), (0, 2), (1, 3), (7, 8)), Fraction(3, 2)) == spans((0, 8))
    assert overlap(spans((0, 4), (6, 10)), spans((1, 2), (3, 7), (9, 20))) == 4
    assert overlap(spans((0, 4)), ()) == 0
