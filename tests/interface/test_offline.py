"""Pages of a package that was carried away, opened from the disk, pass the checks of every page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from interface.checks import BOTH_WIDTHS, ibm, ready, reflow, screen_reader, three_of_focus
from interface.conftest import environment_of
from interface.looking import Seen
from interface.states import State

PAGES = {
    "carried-index": "index.html", "carried-index-english": "index.en.html", "carried-text": "01.html", "carried-audio": "02.html",
    "carried-audio-english": "02.en.html", "carried-chart": "03.html", "carried-task": "04.html", "carried-simulation": "05.html",
}  # fmt: skip


STILL = """document.querySelectorAll("progress").forEach((one) => {
    one.value = 0;
    Object.defineProperty(one, "value", { get: () => 0, set: () => {} });
})"""
"""How much was studied grows while one looks; what is heard of it would be another number each time."""


@pytest.fixture(scope="session")
def stick(filled: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a package with a lesson of each kind, unzipped."""
    folder = tmp_path_factory.mktemp("stick")
    command = [sys.executable, "-m", "interface.offline_places", str(folder)]
    subprocess.run(command, env=environment_of(filled[0]), cwd=filled[0], check=True)
    return next(one for one in folder.iterdir() if one.is_dir())


@pytest.mark.parametrize("name", PAGES)
def test_a_carried_page_narrow_and_wide(browser: Any, stick: Path, name: str) -> None:
    place = stick / PAGES[name]
    state = State(name, place.as_uri(), target=44, language="en" if "english" in name else "zh-hans")
    seen = browser.open_file(state, 390)
    ready(seen)
    found = {f"{check} narrow": act(browser, seen) for check, act in BOTH_WIDTHS.items()}
    wide: Seen = seen.widened(1280)
    found |= {f"{check} wide": act(browser, wide) for check, act in BOTH_WIDTHS.items()}
    found |= three_of_focus(browser, wide)
    wide.page.evaluate(STILL)
    found |= {
        "ibm": ibm(browser, wide), "reflow": reflow(browser, wide), "language": wide.page.evaluate("probes.language()"), "elsewhere": wide.elsewhere,
        "spoken": screen_reader(browser, wide),
    }  # fmt: skip
    assert {check: faults for check, faults in found.items() if faults} == {}
