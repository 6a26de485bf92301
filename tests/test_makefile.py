"""The commands that the readmes name exist, and make understands them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TARGETS = ("setup", "setup-test", "setup-demo", "run", "test", "test-others", "test-browsed", "sweep", "looks", "extras", "lint", "format", "sizes", "docs",
           "docs-check", "bench", "lock", "clean", "help")  # fmt: skip
# These tests run within `make test`, whose make would ask those asked here to share its jobs.
ALONE = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows(target: str) -> None:
    said = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, env=ALONE, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_no_target_is_left_out() -> None:
    phony = next(
        line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if line.startswith(".PHONY:")
    )
    assert sorted(phony.removeprefix(".PHONY:").split()) == sorted(TARGETS)


@pytest.mark.parametrize("failing", [(), ("others",), ("interface",), ("player", "journeys"), ("others", "journeys")])
def test_every_part_of_the_tests_runs_and_one_that_fails_fails_them_all(
    tmp_path: Path, failing: tuple[str, ...]
) -> None:
    """`make test` with a Python that only says what it is asked for."""
    python = tmp_path / "python"
    cases = "".join(f"*{'--ignore' if part == 'others' else f' tests/{part}'}*) exit 3;; " for part in failing)
    python.write_text(f'#!/bin/sh\necho "$*"\ncase "$*" in {cases}esac\n', encoding="utf-8")
    python.chmod(0o755)
    command = [
        "make",
        "test",
        f"BIN={tmp_path}",
        "JOBS=2",
        f"SAID={tmp_path}/said",
        "-o",
        ".setup-test",
        "-o",
        ".setup-test-assets",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=ALONE, check=False)
    python, quick = "-m pytest -n 2", "-m not sweep and not extra and not looks"
    assert (done.returncode != 0, sorted(line for line in done.stdout.splitlines() if line.startswith("-m"))) == (
        bool(failing),
        sorted(
            f"{python} {how}{quick} {what}"
            for how, what in (
                ("--dist loadfile ", "--ignore=tests/player --ignore=tests/interface --ignore=tests/journeys"),
                ("", "tests/player"), ("", "tests/interface"), ("", "tests/journeys"),
            )
        ),
    )  # fmt: skip
