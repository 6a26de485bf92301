"""Every file that the manifest names, with the place where it does (A2(2), P4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from kebao.archive.limits import Limits
from kebao.archive.names import is_junk, path_fault
from kebao.model.location import Location
from kebao.model.text import Text
from kebao.subjects.course import Package

_OF_RESOURCES = (
    "path", "captions", "transcript", "description", "sign", "table", "text_alternative", "task_sheet",
)  # fmt: skip
_OF_MATERIALS = ("form", "proof", "undertaking", "authorisation", "recommendation")
_INTRODUCTIONS = (".md", ".docx", ".txt", ".html", ".htm", ".pdf", ".doc", ".wps")
_LIMITS = Limits()
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|www\.")
_IS_ADDRESS = Text(
    zh="“{path}”是网址；请把文件下载下来放进包里，再写它在包里的位置。",
    en="“{path}” is a web address; download the file into the package and write its place there.",
)
_SEPARATORS = re.compile(r"[;；,，、\n]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """A path that the manifest names. `at` is the place in the manifest; `item` what it belongs to."""

    path: str
    at: Location

    @property
    def unsound(self) -> Text | None:
        """Why the path may not stand in a package; None when it may."""
        if _ADDRESS.match(self.path):
            return _IS_ADDRESS.format(path=self.path)
        fault = path_fault(self.path, _LIMITS)
        return fault[1] if fault else None


def references(package: Package) -> Iterator[Reference]:
    """Every path that the manifest names, in its order; an empty one names nothing."""
    manifest = package.manifest
    if names_file(manifest.intro):
        yield Reference(manifest.intro, package.at("intro"))
    if manifest.supplier.introduction:
        yield Reference(manifest.supplier.introduction, package.at("supplier.introduction"))
    for resource in package.resources:
        for field in _OF_RESOURCES:
            if path := getattr(resource.entry, field):
                yield Reference(path, resource.at(field))
    for paper in package.papers:
        if paper.entry.path:
            yield Reference(paper.entry.path, paper.at("path"))
    for field in _OF_MATERIALS:
        if path := getattr(manifest.materials, field):
            yield Reference(path, package.at(f"materials.{field}"))
    for path in manifest.materials.others:
        yield Reference(path, package.at("materials.others"))


def mentioned(package: Package) -> frozenset[str]:
    """Every path that somebody or something in the package speaks of: the manifest, its rights list, questions with pictures."""
    named = {reference.path for reference in references(package)} | {face.path for face in package.faces}
    for rights in package.rights:
        for words in (rights.entry.evidence, rights.entry.used_in):
            named |= {_plain(part) for part in (words, *_SEPARATORS.split(words), *words.split()) if part.strip()}
    for question in package.questions:
        if image := _plain(question.entry.image):
            named |= {image, str(PurePosixPath(question.paper.entry.path).parent / image)}
    near = {found for path in named if (found := package.facts.nearest(path)) is not None}
    return frozenset(named | near)


def left_behind(path: str) -> bool:
    """Whether an operating system or an office program left the file there; such files are never read."""
    return is_junk(path)


def _plain(path: str) -> str:
    return path.strip().replace("\\", "/").removeprefix("./")


def names_file(intro: str) -> bool:
    """Whether the introduction's field is a path rather than the introduction itself."""
    return (
        "\n" not in intro and len(intro) <= _LIMITS.path_chars and PurePosixPath(intro).suffix.lower() in _INTRODUCTIONS
    )
