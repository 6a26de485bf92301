"""Open a file with LibreOffice and save it again, as a supplier's office program would."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice is not here: apt-get install libreoffice-calc"
)


def resaved(path: Path, folder: Path) -> Path:
    """The same workbook after LibreOffice opened and saved it."""
    assert SOFFICE is not None
    folder.mkdir(exist_ok=True)
    command = [
        SOFFICE,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / path.name
