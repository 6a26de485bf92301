"""Every curve that is drawn has a name in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import kebao
from kebao.report.words import curve_name


def test_every_curve_that_a_rule_draws_has_a_name() -> None:
    sources = (path.read_text(encoding="utf-8") for path in Path(kebao.__file__).parent.rglob("*.py"))
    names = {name for text in sources for name in re.findall(r'[cC]urve\(\s*"(\w+)"', text)}
    assert {"hum", "light", "loudness", "peak"} <= names
    assert sorted(name for name in names if curve_name(name) == curve_name("no such curve")) == []
