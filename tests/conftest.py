"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material (`KEBAO_SHARED`, default `../shared` beside the repository)."""
    folder = Path(os.environ.get("KEBAO_SHARED", ROOT.parent / "shared"))
    if not (folder / "README.md").is_file():
        pytest.skip(f"no shared material at {folder}: set KEBAO_SHARED to its folder")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After a run of the mutations: what was caught; the whole table with `-s` or `-v`."""
    marks = "test_a_planted_fault_is_found_and_nothing_else["
    reports = [report for name in ("passed", "failed") for report in terminalreporter.stats.get(name, ())]
    if not any(f"tests/mutations/test_mutations.py::{marks}" in report.nodeid for report in reports):
        return
    from mutations.matrix import summary  # only now: reading every rule takes its time

    # pytest writes ids in ASCII, with hanzi as \\uXXXX
    ids = (report.nodeid.partition(marks)[2][:-1] for report in reports if report.passed and marks in report.nodeid)
    passed = {name.encode().decode("unicode_escape") for name in ids}
    line, table = summary(passed)
    options = terminalreporter.config.option
    terminalreporter.section("rule × caught")
    for row in table if options.verbose > 0 or options.capture == "no" else ():
        terminalreporter.write_line(row)
    terminalreporter.write_line(line)
