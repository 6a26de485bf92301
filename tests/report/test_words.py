"""Every curve that is drawn has a name in both languages; one thing has one word."""

from __future__ import annotations

import re
from pathlib import Path

import kebao
from kebao.model.outcome import Outcome
from kebao.model.report import Verdict
from kebao.report.words import WORDS, curve_name, unit_spoken


def test_every_curve_that_a_rule_draws_has_a_name() -> None:
    sources = (path.read_text(encoding="utf-8") for path in Path(kebao.__file__).parent.rglob("*.py"))
    names = {name for text in sources for name in re.findall(r'[cC]urve\(\s*"(\w+)"', text)}
    assert {"hum", "light", "loudness", "peak"} <= names
    assert sorted(name for name in names if curve_name(name) == curve_name("no such curve")) == []


def test_what_the_software_cannot_tell_has_one_word_in_label_count_and_sentence() -> None:
    verdict = Verdict.counted(errors=0, warnings=0, advice=0, cant_tell=2, untested=0)
    assert (Outcome.CANT_TELL.label.zh, WORDS["cant_tell"].zh, verdict.counts.zh) == (
        "需人工判断", "需人工判断", "没有必须改的问题，2 处需人工判断。",
    )  # fmt: skip


def test_what_was_measured_is_told_in_units_that_people_say() -> None:
    rules = (path.read_text(encoding="utf-8") for path in (Path(kebao.__file__).parent / "rules").rglob("*.py"))
    used = {found for text in rules for found in re.findall(r'Measured\("(\w+)"[^)]*unit="([^"]+)"', text)}
    spoken = {(name, unit): (unit_spoken(name, unit, "zh"), unit_spoken(name, unit, "en")) for name, unit in used}
    signs = {"%", "dB", "dBFS", "dBTP", "LU", "Hz"}
    assert {unit: words for (_, unit), words in spoken.items() if unit in signs} == {
        unit: (unit, unit) for unit in signs
    }
    assert {words for (_, unit), words in spoken.items() if unit not in signs} == {
        ("秒", "s"), ("分钟", "min"), ("学时", "hours of 45 min"), ("字/秒", "characters a second"),
        ("次/秒", "times a second"), ("帧/秒", "frames a second"),
    }  # fmt: skip
    assert unit_spoken("score", "分", "en") == "points"
