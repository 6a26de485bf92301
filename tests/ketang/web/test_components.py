"""Components give the HTML of govuk-frontend's own examples (`fixtures.json` of each component)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.safestring import SafeString
from lxml import html

from ketang.web import components
from ketang.web.components import render

COMPONENTS = Path(__file__).resolve().parents[3] / "build/interface/node_modules/govuk-frontend/dist/govuk/components"
LEFT_OUT = {"header", "footer", "phase-banner", "cookie-banner", "exit-this-page", "service-navigation"}
"""Components that would make our pages look like a British government's; no page uses them."""
KNOWN_DIFFERENCES: dict[str, str] = {}
"""Examples that the Jinja macros draw otherwise, with what differs."""


def normal(text: str) -> Any:
    """A tree of (tag, attributes, words, children) in which white space and the order of attributes do not count."""

    def told(element: Any) -> Any:
        words = [" ".join((element.text or "").split()), *(" ".join((child.tail or "").split()) for child in element)]
        attributes = {name: " ".join(value.split()) for name, value in element.attrib.items()}
        return (element.tag, attributes, [word for word in words if word], [told(child) for child in element])

    return [told(element) for element in html.fragments_fromstring(text) if not isinstance(element, str)]


def examples() -> list[Any]:
    if not COMPONENTS.is_dir():
        return [pytest.param("", {}, marks=pytest.mark.skip(reason="run tools/interface_assets.py"))]
    found = []
    for folder in sorted(COMPONENTS.iterdir()):
        if not (folder / "fixtures.json").is_file() or folder.name in LEFT_OUT:
            continue
        fixtures = json.loads((folder / "fixtures.json").read_text(encoding="utf-8"))["fixtures"]
        found += [pytest.param(folder.name, fixture, id=f"{folder.name}: {fixture['name']}") for fixture in fixtures]
    return found


def test_every_official_example_is_drawn_alike() -> None:
    differing = {}
    count = 0
    for parameter in examples():
        name, fixture = parameter.values
        if not name:
            pytest.skip("run tools/interface_assets.py")
        count += 1
        try:
            drawn = normal(render(name, fixture["options"]))
        except Exception as failed:  # noqa: BLE001 - one that cannot be drawn differs
            drawn = repr(failed)
        if drawn != normal(fixture["html"]):
            differing[f"{name}: {fixture['name']}"] = drawn
    assert count > 200
    assert set(differing) == set(KNOWN_DIFFERENCES), json.dumps(sorted(differing), indent=1)


def test_text_is_escaped() -> None:
    drawn = render("button", {"text": "<script>alert(1)</script>"})
    assert re.search(r"&lt;script&gt;alert\(1\)&lt;/script&gt;", drawn)
    assert "<script>" not in drawn


def test_a_piece_is_drawn_once_and_never_for_other_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components, "_drawn", {})
    monkeypatch.setattr(components, "MOST_DRAWN", 3)
    unsafe, safe = render("button", {"text": "<b>"}), render("button", {"text": SafeString("<b>")})
    assert ("&lt;b&gt;" in unsafe, "&lt;b&gt;" in safe) == (True, False)
    assert render("button", {"text": "<b>"}) is unsafe
    assert components._key({"a": True}) != components._key({"a": 1})
    for number in range(9):
        assert f"n{number}" in render("button", {"text": f"n{number}"})
        assert len(components._drawn) <= 3
