"""Every curve that is drawn has a name in both languages; one thing has one word."""

from __future__ import annotations

import re
from pathlib import Path

import kebao
from kebao.model.outcome import Outcome
from kebao.model.report import Verdict
from kebao.report.words import WORDS, curve_name


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
