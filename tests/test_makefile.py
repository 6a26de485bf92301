"""The commands that the readmes name exist, and make understands them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TARGETS = ("setup", "setup-test", "setup-demo", "run", "test", "sweep", "looks", "extras", "lint", "format", "sizes", "docs",
           "docs-check", "bench", "lock", "clean", "help")  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows(target: str) -> None:
    said = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_no_target_is_left_out() -> None:
    phony = next(
        line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if line.startswith(".PHONY:")
    )
    assert sorted(phony.removeprefix(".PHONY:").split()) == sorted(TARGETS)
