"""Words of the course introduction, wherever it is written (A2(2).1)."""

from __future__ import annotations

from pathlib import PurePosixPath

from kebao.subjects.course import Package

_PATH_SUFFIXES = (".md", ".docx", ".txt")


def introduction_words(package: Package) -> tuple[str | None, str]:
    """The introduction's words and the file they stand in, empty where the manifest itself holds them; None when that file cannot be read."""
    intro = package.manifest.intro
    if "\n" in intro or PurePosixPath(intro).suffix.lower() not in _PATH_SUFFIXES:
        return intro, ""
    text = package.facts.text(intro) if package.facts.exists(intro) else None
    return (text if isinstance(text, str) else None), intro
