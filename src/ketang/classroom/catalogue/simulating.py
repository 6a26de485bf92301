"""Simulations of a package: a web page with what lies in its folder, or a zip of them. They are shown by the content origin alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from kebao.archive.limits import MIB, Limits
from kebao.archive.source import StreamSource
from kebao.archive.ziptree import ZipTree
from kebao.model.errors import KebaoError
from kebao.subjects.course import Resource
from kebao.subjects.tree_facts import TreeFacts
from ketang.classroom.catalogue.article import Article
from ketang.classroom.catalogue.models import Lesson, LessonFile, LessonKind
from ketang.classroom.catalogue.stills import Files, article_at, tree_of
from ketang.platform.storage.actions import put_stream

MOST_FILES, MOST_BYTES = 2000, 300 * MIB
"""Of one simulation: more than any that teachers make, and a bomb is none."""
TYPES = {
    ".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8", ".xml": "text/xml; charset=utf-8", ".vtt": "text/vtt; charset=utf-8", ".svg": "image/svg+xml",
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".ico": "image/x-icon",
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".wav": "audio/wav", ".ogg": "audio/ogg", ".mp4": "video/mp4", ".webm": "video/webm",
    ".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf", ".wasm": "application/wasm",
}  # fmt: skip
"""What is served, by suffix; what is not listed is left behind."""
_PAGES = (".html", ".htm")
_FIRST = ("index.html", "index.htm", "start.html", "main.html")


class _Tree(Protocol):
    """Where the files of a simulation lie."""

    def open(self, path: str) -> BinaryIO:
        """A file."""
        ...


def simulation_lesson(resource: Resource) -> tuple[Lesson, Files] | None:
    """A simulation with its words; None where no page of it can be found, or it is more than a simulation may be."""
    facts, entry = tree_of(resource), resource.entry
    lesson = Lesson(kind=LessonKind.SIMULATION)
    files = Files(lesson)
    try:
        if PurePosixPath(entry.path).suffix.lower() == ".zip":
            with _unzipped(facts, entry.path) as (tree, sizes):
                first = _first(sizes)
                _take(files, tree, sizes, first)
        else:
            sizes = _beside(facts, entry.path)
            first = entry.path if PurePosixPath(entry.path).suffix.lower() in _PAGES else ""
            _take(files, facts, sizes, first)
    except KebaoError:
        return None
    if not files.made:
        return None
    told = article_at(facts, entry.text_alternative, Files(lesson)) or Article("", "")
    lesson.article, lesson.text = told.html, told.words or resource.name
    return lesson, files


@contextmanager
def _unzipped(facts: TreeFacts, path: str) -> Iterator[tuple[_Tree, dict[str, int]]]:
    limits = replace(Limits(), unpacked_bytes=MOST_BYTES, entries=MOST_FILES)
    with facts.open(path) as stream, ZipTree(Path(PurePosixPath(path).name), StreamSource(stream), limits) as tree:
        yield tree, {one.path: one.size for one in tree.entries}


def _beside(facts: TreeFacts, path: str) -> dict[str, int]:
    """The page and everything in its folder, with sizes."""
    folder = f"{PurePosixPath(path).parent}/"
    return {one: facts.size(one) for one in facts.paths if one == path or (folder != "./" and one.startswith(folder))}


def _first(sizes: dict[str, int]) -> str:
    """The page with which an archive begins: the shallowest of a usual name, or the only one."""
    pages = [path for path in sizes if PurePosixPath(path).suffix.lower() in _PAGES]
    usual = [path for path in pages if PurePosixPath(path).name.lower() in _FIRST]
    if usual:
        return min(usual, key=lambda path: (path.count("/"), _FIRST.index(PurePosixPath(path).name.lower()), path))
    return pages[0] if len(pages) == 1 else ""


def _take(files: Files, tree: _Tree, sizes: dict[str, int], first: str) -> None:
    """Store the files, the first page first; nothing where there is none, or too much."""
    known = [path for path in sizes if PurePosixPath(path).suffix.lower() in TYPES and path != first]
    if not first or len(known) >= MOST_FILES or sum(sizes[path] for path in (first, *known)) > MOST_BYTES:
        return
    for number, path in enumerate((first, *known), start=1):
        with tree.open(path) as stream:
            stored = put_stream(stream)
        kind = TYPES[PurePosixPath(path).suffix.lower()]
        files.made.append(
            LessonFile(lesson=files.lesson, number=number, name=path[:240], file=stored, content_type=kind)
        )
