"""Where imported catalogues are kept: one JSON file an edition, in a folder of the user's."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from kebao.model.errors import Unreadable, UsageFault
from kebao.model.text import Text
from kebao.occupations.catalogue import Edition, OccupationCatalogue

VARIABLE = "KEBAO_OCCUPATIONS"
_MAX_BYTES = 32 * 1024 * 1024
_LONGEST_NAME = 40


def default_folder(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform, home: Path | None = None
) -> Path:
    """The folder for catalogues: `KEBAO_OCCUPATIONS`, or the place each system keeps a user's files in. Not created here."""
    if environ.get(VARIABLE):
        return Path(environ[VARIABLE])
    home = home if home is not None else Path.home()
    if platform == "win32":
        base = Path(environ["LOCALAPPDATA"]) if environ.get("LOCALAPPDATA") else home / "AppData" / "Local"
    elif platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(environ["XDG_DATA_HOME"]) if environ.get("XDG_DATA_HOME") else home / ".local" / "share"
    return base / "kebao" / "occupations"


def load_all(folder: Path | None = None) -> OccupationCatalogue:
    """Every edition in a folder (default `default_folder()`), by file name; an absent folder holds none.

    Raises:
        Unreadable: a .json file in it is not a catalogue; a damaged one is never passed over silently.
    """
    folder = folder if folder is not None else default_folder()
    if not folder.is_dir():
        return OccupationCatalogue()
    return OccupationCatalogue(tuple(load(path) for path in sorted(folder.glob("*.json"))))


def load(path: Path) -> Edition:
    """One edition from its file. Raises Unreadable when it is not one, or is larger than 32 MB."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _unreadable(path)
        return Edition.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as fault:
        raise _unreadable(path) from fault


def save(edition: Edition, folder: Path | None = None) -> Path:
    """Write an edition and return its path. The same name and first day replace the former file, whole or not at all.

    Raises:
        UsageFault: the folder cannot be written.
    """
    folder = folder if folder is not None else default_folder()
    path = folder / _file_name(edition)
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(edition.model_dump_json(by_alias=True, indent=1) + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError as fault:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise UsageFault(
            Text(
                zh=f"无法把目录存到“{folder}”，请检查文件夹是否可写。",
                en=f"The catalogue cannot be stored in “{folder}”; see whether that folder can be written.",
            )
        ) from fault
    return path


def _file_name(edition: Edition) -> str:
    """Readable start, and a digest of name and first day that tells editions apart."""
    readable = re.sub(r"[^\w-]+", "_", edition.name)[:_LONGEST_NAME].strip("_")
    digest = hashlib.sha256(f"{edition.name}\x1f{edition.valid_from.isoformat()}".encode()).hexdigest()[:8]
    return f"{edition.valid_from.isoformat()}_{readable}_{digest}.json"


def _unreadable(path: Path) -> Unreadable:
    return Unreadable(
        "not-a-catalogue",
        Text(
            zh=f"“{path.name}”不是可用的补贴目录文件，请删去它，再用 kebao occupations import 重新导入。",
            en=f"“{path.name}” is not a usable catalogue; remove it and import the table again with kebao occupations import.",
        ),
    )
