"""What the rules said of a trial, kept by digest of the trial and of all the code and limits that could change it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path

import kebao
from defects.detector import Look, Seen


@cache
def code_digest() -> str:
    """SHA-256 in hex of the library's sources and rulebooks."""
    root, digest = Path(kebao.__file__).parent, hashlib.sha256()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml")]):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def kept_look(folder: Path, sha256: str, make: Callable[[], Look]) -> Look:
    """The look at a trial: as kept by this very code, or made now and kept."""
    path = folder / code_digest()[:16] / f"{sha256}.json"
    if path.is_file():
        read = json.loads(path.read_text(encoding="utf-8"))
        return Look(
            tuple(Seen(**row) for row in read["seen"]), tuple(read["untested"]), tuple(read["crashed"]), read["balance"]
        )
    found = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(found)), encoding="utf-8")
    return found


def has_look(folder: Path, sha256: str) -> bool:
    """Whether this very code has looked at a trial."""
    return (folder / code_digest()[:16] / f"{sha256}.json").is_file()
