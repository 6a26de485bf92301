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
