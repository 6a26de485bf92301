"""What every test may ask for."""

from __future__ import annotations

import fcntl
import gc
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]

# Several processes test at once. Threads of matrix products that wait for each other while others have the cores burn more
# than they work: three times the CPU of the meters. Processes that are started inherit it. Read when numpy is imported.
assert "numpy" not in sys.modules
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
hypothesis.settings.register_profile("beside others", deadline=None)  # the clock times the other processes, too
hypothesis.settings.load_profile("beside others")


def pytest_configure() -> None:
    """What is collected stays: looking through it for garbage again and again takes a third of the collecting."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on only what tests make is looked through."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material (`KEBAO_SHARED`, default `../shared` beside the repository)."""
    folder = Path(os.environ.get("KEBAO_SHARED", ROOT.parent / "shared"))
    if not (folder / "README.md").is_file():
        pytest.skip(f"no shared material at {folder}: set KEBAO_SHARED to its folder")
    return folder


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def one_at_a_time(run_folder: Path) -> Callable[[str], AbstractContextManager[None]]:
    """`with one_at_a_time(name):` is entered by one process of this run after the other."""
    return partial(_locked, run_folder)


@contextmanager
def _locked(folder: Path, name: str) -> Iterator[None]:
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def measurements(run_folder: Path) -> Path:
    """A store for `KEBAO_CACHE`: the 45 minutes of the conforming package's films are measured once a run, not once a test."""
    return run_folder / "measurements-of-the-run"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After a run of the mutations: what was caught; the whole table with `-s` or `-v`."""
    marks = re.compile(
        r"tests/mutations/test_mutations\.py::test_a_planted_fault_is_found_and_nothing_else(?:_of_the_others)?\[(.*)\]"
    )
    reports = [report for name in ("passed", "failed") for report in terminalreporter.stats.get(name, ())]
    found = [(report, told[1]) for report in reports if (told := marks.search(report.nodeid))]
    if not found:
        return
    from mutations.matrix import summary  # only now: reading every rule takes its time

    # pytest writes ids in ASCII, with hanzi as \\uXXXX
    passed = {name.encode().decode("unicode_escape") for report, name in found if report.passed}
    line, table = summary(passed)
    options = terminalreporter.config.option
    terminalreporter.section("rule × caught")
    for row in table if options.verbose > 0 or options.capture == "no" else ():
        terminalreporter.write_line(row)
    terminalreporter.write_line(line)
