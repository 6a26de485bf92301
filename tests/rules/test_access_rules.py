"""Captions, transcripts, alternatives (access/2.2) and the numbers that container facts decide (moe/2013)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from kebao.engine.check import check
from kebao.model.outcome import Outcome, Severity
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.course import Package
from kebao.subjects.sketch import SketchedFile, course

RULES = all_rules()
ACCESS, MOE = load("access/2.2", RULES), load("moe/2013", RULES)


def found(package: Package) -> list[tuple[str, str, str]]:
    report = check(package, (ACCESS, MOE), digests=False)
    assert report.crashes == ()
    assert {finding.severity for finding in report.findings} <= {Severity.ADVICE}
    return [(f.rule, f.at.item, f.at.field) for f in report.findings]


def resources(*more: dict[str, Any], **by_id: dict[str, Any]) -> list[dict[str, Any]]:
    entries = [entry.model_dump(exclude_defaults=True) for entry in course().manifest.resources]
    return [{**entry, **by_id.get(entry["id"], {})} for entry in entries] + list(more)


def video(**changes: Any) -> dict[str, SketchedFile | None]:
    return {"视频/试水温.mp4": SketchedFile(**{"seconds": 600, **changes})}


AUDIO = {"id": "a", "kind": "audio", "role": "讲授", "title": "听一听", "path": "音频/听一听.mp3"}
CHART = {"id": "c", "kind": "chart", "role": "讲授", "title": "杯子", "path": "图表/杯子.png", "minutes": "1"}
PLAY = {"id": "s", "kind": "simulation", "role": "实操", "title": "倒水", "path": "仿真/倒水.html", "minutes": "1"}
SOUND = {"音频/听一听.mp3": SketchedFile(seconds=60)}
NO_CAPTIONS: dict[str, SketchedFile | None] = {"视频/试水温.vtt": None}


def test_the_base_has_no_finding() -> None:
    assert found(course()) == []


PLANTED: list[tuple[Package, list[tuple[str, str, str]]]] = [
    (course(resources=resources(v2={"captions": ""}), files=NO_CAPTIONS), [("captions-missing", "v2", "captions")]),
    (course(resources=resources(v2={"captions": ""})), []),  # a file of the video's name stands beside it
    (course(files={"视频/试水温.vtt": None}), []),  # a named captions file that is absent is another rule's
    (course(resources=resources(v2={"transcript": ""})), [("description-missing", "v2", "description")]),
    (course(resources=resources(v2={"transcript": "", "description": "音频/口述.m4a"})), []),
    (course(resources=resources(AUDIO), files=SOUND), [("audio-transcript-missing", "a", "transcript")]),
    (course(resources=resources({**AUDIO, "transcript": "文本/听一听.md"}), files=SOUND), []),
    (course(resources=resources(CHART)), [("chart-alternative-missing", "c", "alt")]),
    (course(resources=resources({**CHART, "alt": "两只杯子"})), []),
    (course(resources=resources({**CHART, "table": "图表/杯子.csv"})), []),
    (course(resources=resources(PLAY)), [("simulation-alternative-missing", "s", "text_alternative")]),
    (course(resources=resources({**PLAY, "text_alternative": "文本/倒水.md"})), []),
    (course(files=video(width=1920, height=1080)), [("resolution-mixed", "v2", "")]),
    (course(files=video(width=640, height=480)), [("aspect-ratio-mixed", "v2", "")]),
    (course(files=video(width=720, height=1280)), [("aspect-ratio-mixed", "v2", "")]),
    (course(files=video(width=854, height=480)), [("resolution-mixed", "v2", "")]),
    (course(files=video(fps=Fraction(99, 4))), []),  # 24.75: within one per cent of 25
    (course(files=video(fps=Fraction(98, 4))), [("frame-rate-low", "v2", "")]),
    (course(files=video(sample_rate=44100)), [("sample-rate-low", "v2", "")]),
    (course(files=video(channels=0)), [("sound-missing", "v2", "")]),
    (course(files={"视频/协助坐位饮水.mp4": SketchedFile(seconds=1800, channels=0)}), []),  # practice may be silent
    (course(files={"视频/试水温.mp4": None}), []),
]


@pytest.mark.parametrize("package, expected", PLANTED, ids=[f"{n}" for n in range(len(PLANTED))])
def test_a_planted_fault_gives_its_finding_and_nothing_else(
    package: Package, expected: list[tuple[str, str, str]]
) -> None:
    assert found(package) == expected


def test_what_no_rule_judges_is_untested_with_somebody_to_look() -> None:
    report = check(course(), (ACCESS, MOE), digests=False)
    untested = {(c.rulebook, c.id): c.looker for c in report.clauses if c.outcome is Outcome.UNTESTED}
    experts = [("access/2.2", i) for i in ("1.2.2", "1.2.5", "1.2.6", "1.4.7", "2.3.1")]
    experts += [("moe/2013", i) for i in ("M-level", "M-noise", "M-scan")]
    assert untested == {
        **dict.fromkeys(experts, "expert"),
        ("access/2.2", "1.2.4"): "nobody",
        ("moe/2013", "M-bit-rate"): "nobody",
    }


def test_the_books_hold_these_clauses_and_no_other() -> None:
    assert [c.id for c in ACCESS.clauses] == [
        "1.1.1",
        "1.2.1",
        "1.2.2",
        "1.2.3",
        "1.2.4",
        "1.2.5",
        "1.2.6",
        "1.4.7",
        "2.3.1",
    ]
    assert [c.id for c in MOE.clauses] == [
        "M-level", "M-noise", "M-sound", "M-sample-rate", "M-resolution", "M-aspect", "M-frame-rate", "M-scan", "M-bit-rate",
    ]  # fmt: skip


def test_equal_numbers_of_two_sizes_take_the_first_as_usual() -> None:
    two = resources()[:2]
    package = course(resources=two, files=video(width=1920, height=1080))
    assert found(package) == [("resolution-mixed", "v2", "")]
