"""The demonstration's material: every file is listed with its digest, captions obey the rules, contact words are valid in form."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import kebao.demo.picture
from kebao.identity.credit_code import fault
from kebao.media.probe import probe
from kebao.text.contacts import mail_fault, phone_fault

MATERIAL = Path(kebao.demo.picture.__file__).parent / "material"
LISTING = Path(__file__).resolve().parents[2] / "docs" / "demo-material.md"
SCRIPTS = ("A1", "L1", "L2", "L3", "L4", "L5")
TOPICS = [
    "source",
    "occupation",
    "standard",
    "outline",
    "teachers",
    "resources",
    "format",
    "process",
    "hours",
    "picture",
]
MOST_BYTES = 2_000_000
LISTED = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)


@dataclass(frozen=True)
class Cue:
    start: float
    end: float
    lines: tuple[str, ...]

    @property
    def width(self) -> float:
        return sum(_width(line) for line in self.lines)


def _width(line: str) -> float:
    return sum(0.5 if sign.isascii() else 1 for sign in line)


def _seconds(stamp: str) -> float:
    minutes, seconds = stamp.split(":")
    return int(minutes) * 60 + float(seconds)


def _cues(name: str) -> Iterator[Cue]:
    blocks = (MATERIAL / "captions" / f"{name}.vtt").read_text(encoding="utf-8").strip().split("\n\n")
    assert blocks[0] == "WEBVTT"
    assert blocks[1].startswith("NOTE 合成语音")
    for block in blocks[2:]:
        _, times, *lines = block.splitlines()
        start, end = times.split(" --> ")
        yield Cue(_seconds(start), _seconds(end), tuple(lines))


def _timing(name: str) -> float:
    return float(json.loads((MATERIAL / "speech/timing.json").read_text(encoding="utf-8"))[name]["seconds"])


def test_every_file_is_listed_with_its_digest() -> None:
    """The papers' questions have their own list of fields and change often; their folder is named once."""
    files = {
        path.relative_to(MATERIAL).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in MATERIAL.rglob("*")
        if path.is_file() and "questions" not in path.parts
    }
    assert dict(LISTED.findall(LISTING.read_text(encoding="utf-8"))) == files


@pytest.mark.parametrize("name", SCRIPTS)
def test_captions_obey_the_rules(name: str) -> None:
    """Lines, width, length, speed, gap and end: design/interface.md, at the level of a warning."""
    cues = list(_cues(name))
    wrong = [
        cue
        for cue in cues
        if not 1 <= len(cue.lines) <= 2
        or any(_width(line) > 16 for line in cue.lines)
        or not 0.83 <= round(cue.end - cue.start, 3) <= 7
        or cue.width / (cue.end - cue.start) > 9
    ]
    close = [(a, b) for a, b in itertools.pairwise(cues) if round(b.start - a.end, 3) < 0.08]
    assert (wrong, close) == ([], [])
    assert cues[-1].end <= _timing(name)


@pytest.mark.parametrize("name", SCRIPTS)
def test_captions_say_what_the_script_says(name: str) -> None:
    script = (MATERIAL / "scripts" / f"{name}.txt").read_text(encoding="utf-8")
    wanted = [
        line.replace("秒）", "秒，请您练习）") if line.startswith("（") else line for line in script.split("\n") if line
    ]
    assert ["".join(cue.lines) for cue in _cues(name)] == wanted


@pytest.mark.parametrize("name", SCRIPTS)
def test_speech_is_as_long_as_its_timing(name: str) -> None:
    path = MATERIAL / "speech" / f"{name}.opus"
    assert float(probe(path).seconds or 0) == pytest.approx(_timing(name), abs=0.02)


def test_speech_is_small() -> None:
    assert sum(path.stat().st_size for path in MATERIAL.rglob("*.opus")) <= MOST_BYTES


def test_slides_cover_the_speech() -> None:
    timing = json.loads((MATERIAL / "speech/timing.json").read_text(encoding="utf-8"))
    lessons = yaml.safe_load((MATERIAL / "slides.yaml").read_text(encoding="utf-8"))
    covered = {name: sum(row["paragraphs"] for row in rows) for name, rows in lessons.items()}
    assert covered == {name: len(timing[name]["paragraphs"]) for name in SCRIPTS if name != "A1"}


def test_shares_of_the_hours_hold() -> None:
    """A3(2), before the resources without a clock are added: conduct ≥10 %, theory ≤40 %, practice ≥50 %."""
    seconds = {name: _timing(name) for name in SCRIPTS}
    whole = sum(seconds.values())
    conduct, theory = seconds["L1"] + seconds["A1"], seconds["L2"] + seconds["L3"]
    practice = seconds["L4"] + seconds["L5"]
    assert (conduct >= whole / 10, theory <= whole * 2 / 5, practice >= whole / 2) == (True, True, True)
    assert whole >= 2700 / 10


def test_contact_words_are_valid_in_form() -> None:
    contact = yaml.safe_load((MATERIAL / "contact.yaml").read_text(encoding="utf-8"))
    faults = (fault(contact["credit_code"]), phone_fault(contact["phone"]), mail_fault(contact["email"]))
    assert faults == (None, None, None)
    assert "虚构" in contact["unit"]


def test_form_has_the_ten_topics_in_two_sentences_each() -> None:
    form = yaml.safe_load((MATERIAL / "form.yaml").read_text(encoding="utf-8"))
    assert {topic: words.count("。") for topic, words in form.items()} == dict.fromkeys(TOPICS, 2)


def test_rights_rows_are_complete() -> None:
    with (MATERIAL / "rights.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    needed = ("what", "kind", "used_in", "owner", "own", "licence")
    lacking = [row["what"] for row in rows if not all(row[field] for field in needed)]
    lacking += [row["what"] for row in rows if row["own"] == "否" and not (row["evidence"] and row["citation"])]
    assert lacking == []


def test_chart_words_tell_the_chart() -> None:
    with (MATERIAL / "chart.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    words = (MATERIAL / "chart.txt").read_text(encoding="utf-8")
    assert [row for row in rows if f"{row[0]} {row[1]} {row[2]} 毫升" not in words] == []
    assert f"合计 {sum(int(row[2]) for row in rows)} 毫升" in words


def test_simulation_asks_nothing_of_the_network() -> None:
    page = (MATERIAL / "simulation.html").read_text(encoding="utf-8")
    assert re.findall(r"https?:|\bsrc=|@import|url\(|<link", page) == []


def test_simulation_and_its_words_agree() -> None:
    page = (MATERIAL / "simulation.html").read_text(encoding="utf-8")
    words = (MATERIAL / "simulation.txt").read_text(encoding="utf-8")
    questions = re.findall(r"<legend>第.题　(.+)</legend>", page)
    degrees = re.findall(r"水温计显示 (\d+℃)", page)
    assert [question for question in questions if question.split("，")[-1].strip("？") not in words] == []
    assert (len(questions), [degree for degree in degrees if degree not in words]) == (3, [])
