"""Lessons without a clock: texts, charts and task sheets of a package, with the pictures in them."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Callable
from html import escape
from pathlib import PurePosixPath

from kebao.archive.images import image_facts
from kebao.archive.limits import Limits
from kebao.archive.names import decode_text
from kebao.model.errors import KebaoError
from kebao.subjects.course import Resource
from kebao.subjects.facts import IMAGE_SUFFIXES
from kebao.subjects.tree_facts import TreeFacts
from kebao.subjects.words import MOST_BYTES
from ketang.classroom.catalogue.article import Article, article_of_html, article_of_markdown, article_of_text
from ketang.classroom.catalogue.models import PICTURE_TYPES, Lesson, LessonFile, LessonKind
from ketang.classroom.catalogue.tables import SUFFIXES, Table, read_table
from ketang.classroom.catalogue.word import html_of_word
from ketang.platform.storage.actions import put_bytes, put_stream
from ketang.platform.storage.models import StoredFile

_MOST_PICTURE_BYTES = 20 * 1024 * 1024
TEXTS = frozenset({".txt", ".md", ".html", ".htm", ".docx"})


class Files:
    """The files of one lesson while it is made: numbered as they come, the same bytes once."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.made: list[LessonFile] = []

    def picture(self, content: bytes) -> str:
        """Its address in the lesson; empty for what is no picture that we show."""
        if not content or len(content) > _MOST_PICTURE_BYTES:
            return ""
        try:
            kind = image_facts(io.BytesIO(content), Limits()).format
        except KebaoError:
            return ""
        return self.keep(put_bytes(content), PICTURE_TYPES[kind], "picture") if kind in PICTURE_TYPES else ""

    def keep(self, stored: StoredFile, content_type: str, name: str) -> str:
        """The address of a stored file in the lesson."""
        known = next((one for one in self.made if one.file == stored), None)
        if known is None:
            number = len(self.made) + 1
            known = LessonFile(
                lesson=self.lesson, number=number, name=name[:240], file=stored, content_type=content_type
            )
            self.made.append(known)
        return known.address


def text_lesson(resource: Resource) -> tuple[Lesson, Files] | None:
    """A text to read; None where there are no words in it."""
    return _read(resource, resource.entry.path, LessonKind.TEXT)


def task_lesson(resource: Resource) -> tuple[Lesson, Files] | None:
    """The task sheet of a resource; None where it has none that can be read."""
    return _read(resource, resource.entry.task_sheet, LessonKind.TASK)


def _read(resource: Resource, path: str, kind: LessonKind) -> tuple[Lesson, Files] | None:
    lesson = Lesson(kind=kind)
    files = Files(lesson)
    told = article_at(tree_of(resource), path, files)
    if told is None or not told.words:
        return None
    lesson.article, lesson.text = told.html, told.words
    return lesson, files


def chart_lesson(resource: Resource) -> tuple[Lesson, Files] | None:
    """A chart: its picture with its words, its table; None where it has neither words nor a table nor a picture."""
    facts, entry = tree_of(resource), resource.entry
    lesson = Lesson(kind=LessonKind.CHART)
    files = Files(lesson)
    told = article_at(facts, entry.text_alternative, files) or Article("", "")
    figure = _figure(facts, entry.path, entry.alt, files)
    table = next(filter(None, (_table_at(facts, path, files) for path in (entry.table, entry.path))), None)
    if table is None and not figure and not told.words:
        return None
    lesson.article = figure + told.html
    lesson.table = table.as_json() if table is not None else {}
    lesson.text = "\n".join(filter(None, (entry.alt, told.words, table.words if table else ""))) or resource.name
    return lesson, files


def article_at(facts: TreeFacts, path: str, files: Files) -> Article | None:
    """A text of the package; None where it is not there, of no kind that is shown, or cannot be read."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in TEXTS or not facts.exists(path):
        return None
    try:
        with facts.open(path) as stream:
            if suffix == ".docx":
                raw, content = html_of_word(stream, path, Limits())
                return article_of_html(raw, lambda source: files.picture(content(source)))
            text, _encoding = decode_text(stream.read(MOST_BYTES))
    except KebaoError:
        return None
    if suffix == ".txt":
        return article_of_text(text)
    make = article_of_markdown if suffix == ".md" else article_of_html
    return make(text, _beside(facts, path, files))


def _beside(facts: TreeFacts, path: str, files: Files) -> Callable[[str], str]:
    """Pictures by their place from the text; nothing outside of the package is ever looked at."""

    def picture(source: str) -> str:
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), source.replace("\\", "/").partition("?")[0]))
        return files.picture(_bytes_at(facts, place))

    return picture


def _bytes_at(facts: TreeFacts, path: str) -> bytes:
    if not facts.exists(path) or facts.size(path) > _MOST_PICTURE_BYTES:
        return b""
    with facts.open(path) as stream:
        return stream.read(_MOST_PICTURE_BYTES)


def _figure(facts: TreeFacts, path: str, alt: str, files: Files) -> str:
    """The picture of a chart, or where it is none that is shown, its words."""
    address = files.picture(_bytes_at(facts, path)) if PurePosixPath(path).suffix.lower() in IMAGE_SUFFIXES else ""
    if not address:
        return article_of_text(alt).html
    return article_of_html(f'<figure><img src="{address}" alt="{escape(alt)}"></figure>', lambda own: own).html


def _table_at(facts: TreeFacts, path: str, files: Files) -> Table | None:
    if PurePosixPath(path).suffix.lower() not in SUFFIXES or not facts.exists(path):
        return None
    try:
        with facts.open(path) as stream:
            table = read_table(stream, path, Limits())
    except KebaoError:
        return None
    if table is not None:
        with facts.open(path) as stream:
            files.keep(put_stream(stream), "", PurePosixPath(path).name)
    return table


def tree_of(resource: Resource) -> TreeFacts:
    """The files of its package."""
    facts = resource.package.facts
    assert isinstance(facts, TreeFacts)  # noqa: S101 - opened packages have files
    return facts
