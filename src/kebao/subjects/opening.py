"""Whatever path a person names, as a package: a folder, an archive, or one file checked as what it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kebao.archive.faults import shown
from kebao.archive.limits import Limits
from kebao.archive.sniff import HEAD_BYTES, kind_words, mislabel, sniff
from kebao.archive.source import open_regular
from kebao.archive.tree import Entry, Tree
from kebao.documents.form import read_form
from kebao.model.errors import Unreadable, Unsafe
from kebao.model.text import Text
from kebao.occupations.catalogue import OccupationCatalogue
from kebao.package.manifest import Form, Manifest, PaperEntry, Resource, ResourceKind
from kebao.package.workbook.reader import is_workbook, read_workbook
from kebao.questions.formats.xlsx import read_paper
from kebao.questions.model import QuestionPaper
from kebao.subjects.course import Package
from kebao.subjects.facts import AUDIO_SUFFIXES, IMAGE_SUFFIXES, MEDIA_SUFFIXES
from kebao.subjects.reading import Opened, open_package
from kebao.subjects.tree_facts import TreeFacts

ARCHIVES = frozenset(("zip", "tar", "gzip", "rar", "7z"))
_ONE_FILE_SUFFIXES = IMAGE_SUFFIXES | MEDIA_SUFFIXES | AUDIO_SUFFIXES | {".xlsx", ".docx", ".pptx"}
_ARCHIVE_SUFFIXES = (".zip", ".tar", ".tgz", ".gz", ".mbz", ".rar", ".7z", ".h5p", ".imscc")
_NOT_YET = Text(
    zh="“{name}”（{kind}）还不能单独检查。现在能单独检查的有：视频、音频、图片、试卷（xlsx）、培训包.xlsx、基本情况表（docx）。",
    en="“{name}” ({kind}) cannot be checked alone yet. What can: video, audio, pictures, papers (xlsx), 培训包.xlsx, the form (docx).",
)
_NO_QUESTIONS = Text(
    zh="“{name}”可以打开，但不是培训包工作簿，也没有找到考题。要检查试卷请用 xlsx 格式的试卷模板（kebao new 会生成）。",
    en="“{name}” opens, but it is no course workbook and no question was found in it. Use the paper template (see kebao new).",
)
_NOT_THE_FORM = Text(
    zh="“{name}”可以打开，但不是基本情况表，没有读出考题：Word 文档里的考题现在还不能读取，请填进 xlsx 格式的试卷模板（kebao new 会生成）。",
    en="“{name}” opens, but it is not the form, and no question was read: questions in Word documents cannot be read yet. Put them into the xlsx template (see kebao new).",
)


@contextmanager
def open_any(
    path: Path, *, occupations: OccupationCatalogue | None, as_of: date, limits: Limits | None = None
) -> Iterator[Opened]:
    """Open a folder, an archive or one file.

    Raises:
        Unreadable, Unsafe: the whole thing is refused.
    """
    limits = limits or Limits()
    try:
        if not path.is_dir():
            os.close(open_regular(path.resolve()))  # a pipe or device is refused before anything waits for it
        if path.is_dir() or _is_archive(path):
            with open_package(path, limits=limits, occupations=occupations, as_of=as_of) as opened:
                yield opened
            return
        with OneFile(path, limits) as tree:
            yield Opened(_alone(tree, limits, as_of), ())
    except Unreadable as refusal:
        raise _naming(refusal, path) from refusal


def _naming(refusal: Unreadable, path: Path) -> Unreadable:
    """The refusal with the name of what was handed in before it, unless it names that already."""
    name = shown(path.resolve().name)
    if f"“{name}”" in refusal.message.zh:
        return refusal
    message = Text(zh=f"“{name}”：{refusal.message.zh}", en=f"“{name}”: {refusal.message.en}")
    return type(refusal)(refusal.code, message, entry=refusal.entry)


class OneFile(Tree):
    """A tree of one file, so that it is read with the same care as a file inside a package."""

    def __init__(self, path: Path, limits: Limits) -> None:
        entry = Entry(path.name, path.stat().st_size)
        super().__init__(path, "folder", path.stem, "", (entry,), (), limits)

    def open(self, path: str) -> BinaryIO:
        """The file itself."""
        self.entry(path)
        return open(open_regular(self.source), "rb")  # the caller's `with` closes it

    def place(self, path: str) -> tuple[int, int]:
        """All of it."""
        return 0, self.entry(path).size

    def local_path(self, path: str) -> Path:
        """The file itself."""
        self.entry(path)
        return self.source


def _is_archive(path: Path) -> bool:
    with path.open("rb") as stream:
        kind = sniff(stream.read(HEAD_BYTES))
    named = path.name.lower().endswith(_ARCHIVE_SUFFIXES)
    return named or (kind in ARCHIVES and path.suffix.lower() not in _ONE_FILE_SUFFIXES)


def _alone(tree: OneFile, limits: Limits, as_of: date) -> Package:
    """One file as a package of kind `single`: its own faults end the check, since there is nothing else to judge."""
    name, suffix = tree.source.name, tree.source.suffix.lower()
    facts = TreeFacts(tree, limits)
    if fault := facts.fault(name):
        refusal = Unsafe if fault.unsafe else Unreadable
        raise refusal(fault.code, fault.message, entry=name)
    made = Package(manifest=Manifest(), facts=facts, name=tree.name, kind="single", as_of=as_of)
    if suffix in MEDIA_SUFFIXES | AUDIO_SUFFIXES:
        kind: ResourceKind = "audio" if suffix in AUDIO_SUFFIXES else "video"
        made.manifest = Manifest(
            title=tree.name, resources=(Resource(id=tree.name, kind=kind, title=tree.name, path=name),)
        )
    elif suffix in (".xlsx", ".xls"):
        _workbook_or_paper(made, tree)
    elif suffix == ".docx":
        _form(made, tree)
    elif suffix not in IMAGE_SUFFIXES:
        with tree.open(name) as stream:
            found = sniff(stream.read(HEAD_BYTES))
        raise Unreadable(
            "not-readable-yet",
            mislabel(name, found) or _NOT_YET.format(name=name, kind=kind_words(found)),
            entry=name,
        )
    return made


def _workbook_or_paper(made: Package, tree: OneFile) -> None:
    name = tree.source.name
    with tree.open(name) as stream:
        if is_workbook(stream):
            stream.seek(0)
            face = read_workbook(stream, name)
            made.manifest, made.faces, made.not_understood = face.manifest, (face,), face.not_understood
            return
        stream.seek(0)
        paper: QuestionPaper = read_paper(stream, path=name)
    if not paper.questions and paper.not_understood:
        raise Unreadable("not-readable-yet", _NO_QUESTIONS.format(name=name), entry=name)
    made.manifest = Manifest(title=tree.name, papers=(PaperEntry(id=tree.name, title=tree.name, path=name),))
    made.question_papers = {name: paper}


def _form(made: Package, tree: OneFile) -> None:
    name = tree.source.name
    with tree.open(name) as stream:
        fields = read_form(stream)
    if fields is None:
        raise Unreadable("not-readable-yet", _NOT_THE_FORM.format(name=name), entry=name)
    made.form_document = fields
    made.manifest = Manifest(title=fields.get("title", ""), form=Form(title=fields.get("title", "")))
