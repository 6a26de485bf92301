"""Findings in a video get the picture at their place: bounded, the same each time, inside a zip as in a folder."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import kebao.engine.illustrating as stage
from kebao.engine.check import check
from kebao.engine.illustrating import STILLS_A_RULE, illustrate, moment
from kebao.engine.measuring import Measuring
from kebao.media.store import Store
from kebao.model.finding import Finding, Still
from kebao.model.location import Span
from kebao.model.outcome import Outcome, Severity
from kebao.model.report import Report
from kebao.model.rule import Example, Rule, rule
from kebao.model.text import Text
from kebao.report.json import read_report, report_json
from kebao.rulebook.loading import parse
from kebao.subjects.course import Timed
from kebao.subjects.opening import open_any
from kebao.subjects.sketch import course
from making import make_clip

PLAIN = Text(zh="话", en="words")
SPANS = [Span(Fraction(n), Fraction(n) + Fraction(1, 25)) for n in range(8)]


def told(name: str) -> Rule:
    def judge(medium: Timed) -> Iterator[Finding]:
        yield from (Finding(at=medium.at(span=span)) for span in SPANS)
        yield Finding(at=medium.at())

    return rule(
        id=name, clauses=("C",), severity=Severity.ERROR, title=PLAIN, rationale=PLAIN, message=PLAIN, mend=PLAIN,
        looks_at=Timed, examples=(Example(course, Outcome.PASSED), Example(course, Outcome.FAILED)),
    )(judge)  # fmt: skip


RULES = {name: told(name) for name in ("a-rule", "b-rule")}
BOOK = parse(
    b'id = "x/1"\nedition = "1"\nsource = "S1"\ntitle = { zh = "\xe4\xb9\xa6", en = "b" }\n[[clause]]\nid = "C"\n'
    b'binding = "strict"\nlooker = "office"\nzh = "\xe6\x96\x87"\nen = "t"\n[clause.rules.a-rule]\n[clause.rules.b-rule]\n',
    RULES,
)


def checked(path: Path, store: Store | None = None) -> Report:
    with open_any(path, occupations=None, as_of=date(2023, 8, 31)) as opened:
        return check(opened.package, (BOOK,), rules=RULES, media=Measuring(store))


def stills(report: Report) -> list[tuple[str, Fraction, Fraction]]:
    return [
        (finding.rule, finding.at.span.start if finding.at.span else Fraction(-1), item.time)
        for finding in report.findings
        for item in finding.evidence
        if isinstance(item, Still)
    ]


def test_the_first_findings_of_each_rule_show_the_picture_at_their_time(tmp_path: Path) -> None:
    report = checked(make_clip(tmp_path / "a.mp4", 8))
    assert stills(report) == [
        (name, Fraction(n), Fraction(n)) for name in ("a-rule", "b-rule") for n in range(STILLS_A_RULE)
    ]
    assert [file.loudness.name for file in report.files if file.loudness] == ["loudness"]
    assert read_report(report_json(report)) == report


def test_folder_zip_and_store_give_the_same_bytes(tmp_path: Path) -> None:
    make_clip(tmp_path / "课" / "a.mp4", 8)
    store, packed = Store(tmp_path / "store"), tmp_path / "课.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.write(tmp_path / "课" / "a.mp4", "a.mp4")
    first = checked(tmp_path / "课", store)
    assert stills(first)
    for other in (checked(tmp_path / "课", store), checked(tmp_path / "课"), checked(packed)):
        assert [finding.evidence for finding in other.findings] == [finding.evidence for finding in first.findings]


def test_the_second_time_no_picture_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip, store = make_clip(tmp_path / "a.mp4", 8), Store(tmp_path / "store")
    first = checked(clip, store)
    monkeypatch.setattr("kebao.media.stills.seeking", lambda *_: pytest.fail("decoded again"))
    monkeypatch.setattr("kebao.media.measuring.measure_stream", lambda *_, **__: pytest.fail("measured again"))
    assert report_json(checked(clip, store)) == report_json(first)


def test_a_report_carries_few_pictures_and_every_rule_has_one_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "STILLS_MOST", 5)
    report = checked(make_clip(tmp_path / "a.mp4", 8))
    assert Counter(name for name, *_ in stills(report)) == {"a-rule": 3, "b-rule": 2}


def test_a_sketch_and_a_sound_get_no_picture(tmp_path: Path) -> None:
    package = course()
    assert illustrate(package, (), Measuring()) == ()
    sound = make_clip(tmp_path / "a.mp4", 2)
    report = check(package, (BOOK,), rules=RULES, digests=False, media=Measuring())
    assert stills(report) == []
    assert sound.exists()


@pytest.mark.parametrize("start, end, shown", [(5, 5, 5), (5, 6, 5), (4, 6, 5), (0, 100, 50)])
def test_a_short_stretch_shows_its_beginning_a_long_one_its_middle(start: int, end: int, shown: int) -> None:
    assert moment(Span(Fraction(start), Fraction(end))) == shown


def test_measuring_none_takes_no_picture(tmp_path: Path) -> None:
    clip: Any = make_clip(tmp_path / "a.mp4", 2)
    with open_any(clip, occupations=None, as_of=date(2023, 8, 31)) as opened:
        assert stills(check(opened.package, (BOOK,), rules=RULES)) == []
