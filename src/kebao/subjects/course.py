"""The package as a subject, and its parts: lessons, resources, papers, questions, rights, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from kebao.media.facts import MediaFacts
from kebao.media.fingerprint.known import KnownMedia
from kebao.media.measurement import Measurement
from kebao.model.location import Location, Span
from kebao.occupations.catalogue import OccupationCatalogue
from kebao.package.faces import Face
from kebao.package.manifest import CatalogueItem, Manifest, PaperEntry, RightsEntry, Role
from kebao.package.manifest import Resource as ResourceEntry
from kebao.questions.model import NotUnderstood, Question, QuestionPaper
from kebao.subjects.captions import CaptionTrack, tracks_of
from kebao.subjects.facts import CAPTION_SUFFIXES, Facts, Fault
from kebao.subjects.listening import Listening
from kebao.subjects.watching import Watching, watching
from kebao.text.measures import parse_clock


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken stretch of one role inside a medium."""

    role: Role
    span: Span

    @property
    def seconds(self) -> Fraction:
        """Its length."""
        return self.span.seconds


@dataclass(eq=False)
class Package:
    """A whole package.

    Attributes:
        manifest: the manifest that is judged (the machine's face where both exist; made from folders for a bare one).
        facts: facts of its files.
        name: name of the folder or zip as it was sent; the name that clause P7.1 speaks of.
        kind: `native`, `bare` (a folder without manifest) or `single` (one file alone).
        faces: every written form found, in order yaml, xlsx.
        question_papers: papers as read, by path.
        form_document: fields read back from a filled form .docx, by field name (`title`, `phone`, `introduction.source` …);
            None when there is no such file or it is not our layout.
        occupations: the loaded subsidy catalogues; None when none is loaded.
        as_of: the day on which dated tables are looked up.
        digests_stated: `SHA256SUMS` as path → digest; None when there is no such file.
        known: prints of other packages' media to compare with; None when none are given.
    """

    manifest: Manifest
    facts: Facts
    name: str = ""
    kind: str = "native"
    faces: tuple[Face, ...] = ()
    question_papers: Mapping[str, QuestionPaper | Fault] = field(default_factory=dict)
    not_understood: tuple[NotUnderstood, ...] = ()
    form_document: Mapping[str, str] | None = None
    occupations: OccupationCatalogue | None = None
    as_of: date = date(2023, 8, 31)
    digests_stated: Mapping[str, str] | None = None
    known: KnownMedia | None = None

    def at(self, field_name: str = "", *, path: str = "", item: str = "", title: str = "") -> Location:
        """A place in the manifest (or a file), with the cell where the field stands when the workbook is known."""
        cell = next((face.cells[field_name] for face in self.faces if field_name in face.cells), None)
        if cell is None or path:
            return Location(path=path or self.manifest_path, field=field_name, item=item, title=title)
        return Location(
            path=cell.path, field=field_name, item=item, title=title, sheet=cell.sheet, row=cell.row, column=cell.column
        )

    @property
    def manifest_path(self) -> str:
        """Path of the face that is judged; empty for a bare folder."""
        return self.faces[0].path if self.faces else ""

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Every resource, in the manifest's order."""
        return tuple(_resource(self, entry, index) for index, entry in enumerate(self.manifest.resources))

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """Every catalogue item, chapters before their lessons, depth first."""
        return tuple(_lessons(self, self.manifest.catalogue, parents=()))

    @cached_property
    def leaves(self) -> tuple[Lesson, ...]:
        """Catalogue items without children: what is studied."""
        return tuple(lesson for lesson in self.lessons if not lesson.entry.children)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """Every paper of the manifest, read where its file could be read."""
        return tuple(Paper(self, entry, index) for index, entry in enumerate(self.manifest.papers))

    @cached_property
    def questions(self) -> tuple[QuestionSubject, ...]:
        """Every question of every paper, in order."""
        return tuple(question for paper in self.papers for question in paper.subjects)

    @cached_property
    def rights(self) -> tuple[Rights, ...]:
        """Every row of the rights list."""
        return tuple(Rights(self, entry, index) for index, entry in enumerate(self.manifest.rights))

    @cached_property
    def files(self) -> tuple[File, ...]:
        """Every file."""
        return tuple(File(self, path) for path in self.facts.paths)

    @cached_property
    def caption_files(self) -> tuple[str, ...]:
        """Every file of captions, `.vtt` before `.srt` of one name."""
        found = (path for path in self.facts.paths if PurePosixPath(path).suffix.lower() in CAPTION_SUFFIXES)
        return tuple(sorted(found, key=lambda path: (PurePosixPath(path).suffix.lower() != ".vtt", path)))

    @cached_property
    def runs(self) -> tuple[tuple[Resource, Role | None, Fraction], ...]:
        """Every second of the course with the role it carries: (resource, role or None, seconds)."""
        return tuple(
            (resource, role, seconds) for resource in self.resources for role, seconds in resource.seconds_by_role
        )

    @cached_property
    def seconds(self) -> Fraction:
        """Length of the whole course: measured for media, declared minutes for the rest."""
        return sum((seconds for _, _, seconds in self.runs), Fraction(0))

    @cached_property
    def lengths_missing(self) -> tuple[Resource, ...]:
        """Resources whose length is not known: no clock that could be read and no declared minutes."""
        return tuple(resource for resource in self.resources if resource.seconds is None)

    def subjects(self, kind: type) -> tuple[Any, ...]:
        """Every subject of a class, in a fixed order; a subclass counts for its base."""
        if kind is Package:
            return (self,)
        captions = (track for resource in self.resources if isinstance(resource, Timed) for track in resource.captions)
        everything = (
            *self.resources, *captions, *self.lessons, *self.papers, *self.questions, *self.rights, *self.files,
        )  # fmt: skip
        return tuple(subject for subject in everything if isinstance(subject, kind))


@dataclass(eq=False)
class Resource:
    """One learning resource with its file."""

    package: Package
    entry: ResourceEntry
    index: int

    @property
    def name(self) -> str:
        """Its title, else its file's name."""
        return self.entry.title or PurePosixPath(self.entry.path).stem or f"resources[{self.index}]"

    @property
    def item(self) -> str:
        """What it is called in findings' fingerprints."""
        return self.entry.id or self.entry.path or f"resources[{self.index}]"

    def at(self, field_name: str = "", span: Span | None = None) -> Location:
        """A place in this resource: its file, or a field of its row."""
        if not field_name and self.entry.path:
            return Location(path=self.entry.path, item=self.item, title=self.name, span=span)
        place = self.package.at(f"resources.{self.index}.{field_name}", item=self.item, title=self.name)
        return Location(
            path=place.path, item=self.item, field=field_name, title=self.name,
            sheet=place.sheet, row=place.row, column=place.column, span=span,
        )  # fmt: skip

    @cached_property
    def exists(self) -> bool:
        """Whether its file is there."""
        return bool(self.entry.path) and self.package.facts.exists(self.entry.path)

    @cached_property
    def media(self) -> MediaFacts | Fault | None:
        """Container facts when it has a clock (video, audio, animation as video); None for the rest."""
        if not self.exists or self.entry.kind not in ("video", "audio", "animation"):
            return None
        return self.package.facts.media(self.entry.path)

    @cached_property
    def seconds(self) -> Fraction | None:
        """Exact length; measured where it has a clock, else the declared minutes; None when neither is known."""
        if isinstance(self.media, MediaFacts) and self.media.seconds > 0:
            return self.media.seconds
        if self.entry.minutes is not None:
            return Fraction(self.entry.minutes) * 60
        return None

    @property
    def is_measured(self) -> bool:
        """Whether its length was read from the file (实测) rather than declared (申报)."""
        return isinstance(self.media, MediaFacts) and self.media.seconds > 0

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Stretches by role: the stated ranges, and the resource's own role in between. Overlaps: the first wins."""
        if self.seconds is None:
            return ()
        runs: list[Run] = []
        clock = Fraction(0)
        stretches = sorted(
            (
                (parse_clock(part.start) or Fraction(0), parse_clock(part.end) or Fraction(0), part.role)
                for part in self.entry.ranges
            ),
            key=lambda stretch: stretch[:2],
        )
        for start, end, role in stretches:
            start, end = max(start, clock), min(end, self.seconds)
            if end <= start:
                continue
            if start > clock and self.entry.role:
                runs.append(Run(self.entry.role, Span(clock, start)))
            runs.append(Run(role, Span(start, end)))
            clock = end
        if clock < self.seconds and self.entry.role:
            runs.append(Run(self.entry.role, Span(clock, self.seconds)))
        return _joined(runs)

    @cached_property
    def seconds_by_role(self) -> tuple[tuple[Role | None, Fraction], ...]:
        """Seconds carried by each role, and under None those that carry none."""
        if self.seconds is None:
            return ()
        totals: dict[Role | None, Fraction] = {}
        for run in self.runs:
            totals[run.role] = totals.get(run.role, Fraction(0)) + run.seconds
        if (rest := self.seconds - sum(totals.values(), Fraction(0))) > 0:
            totals[None] = rest
        return tuple(totals.items())


class Timed(Resource):
    """A resource with a clock of its own: video, audio or animation."""

    @cached_property
    def measurement(self) -> Measurement | None:
        """What one pass over it measured; None where nothing was, or the file could not be decoded."""
        found = self.package.facts.measurement(self.entry.path) if self.exists else None
        return found if isinstance(found, Measurement) else None

    @cached_property
    def captions(self) -> tuple[CaptionTrack, ...]:
        """Every set of captions: the named file, others of its name, then the tracks inside it."""
        return tracks_of(self)

    @cached_property
    def listening(self) -> Listening | None:
        """What is heard in it; None where it has no sound or nothing was measured."""
        return Listening.of(self.measurement)

    def release(self) -> None:
        """Let go of what can be read again. What was read of it stays with the measurement."""
        for held in ("listening", "watching"):
            self.__dict__.pop(held, None)


class Video(Timed):
    """A video or an animation."""

    @cached_property
    def watching(self) -> Watching | None:
        """What the measurements say of its picture; None where it has none or was not measured."""
        return watching(self.measurement)


class Audio(Timed):
    """A sound recording."""


class Still(Resource):
    """A resource without a clock: text, chart, simulation."""


@dataclass(eq=False)
class Lesson:
    """A catalogue item: chapter or lesson."""

    package: Package
    entry: CatalogueItem
    parents: tuple[str, ...]
    place: str

    @property
    def item(self) -> str:
        """What it is called in findings' fingerprints."""
        return self.entry.id or "/".join((*self.parents, self.entry.title))

    @property
    def is_leaf(self) -> bool:
        """Whether it has no children."""
        return not self.entry.children

    def at(self, field_name: str = "title") -> Location:
        """A place in its row of the catalogue."""
        place = self.package.at(f"{self.place}.{field_name}")
        return Location(
            path=place.path, item=self.item, field=field_name, title=self.entry.title,
            sheet=place.sheet, row=place.row, column=place.column,
        )  # fmt: skip

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Resources that it uses, in its own order; unknown ids are left out."""
        known = {resource.entry.id: resource for resource in self.package.resources if resource.entry.id}
        return tuple(known[used] for used in self.entry.use if used in known)

    @cached_property
    def seconds(self) -> Fraction:
        """Known length of it and of everything below it."""
        own = sum((resource.seconds or Fraction(0) for resource in self.resources), Fraction(0))
        below = (
            lesson
            for lesson in self.package.lessons
            if lesson.is_leaf and lesson.parents[: len(self.parents) + 1] == (*self.parents, self.entry.title)
        )
        return own + sum((lesson.seconds for lesson in below), Fraction(0))


@dataclass(eq=False)
class Paper:
    """An exam paper with its questions."""

    package: Package
    entry: PaperEntry
    index: int

    @property
    def name(self) -> str:
        """Its title, else its file's name."""
        return self.entry.title or PurePosixPath(self.entry.path).stem or f"试卷{self.index + 1}"

    @property
    def item(self) -> str:
        """What it is called in findings' fingerprints."""
        return self.entry.id or self.entry.path or f"papers[{self.index}]"

    def at(self, field_name: str = "") -> Location:
        """Its file, or a field of its row in the manifest."""
        if not field_name and self.entry.path:
            return Location(path=self.entry.path, item=self.item, title=self.name)
        place = self.package.at(f"papers.{self.index}.{field_name}")
        return Location(
            path=place.path, item=self.item, field=field_name, title=self.name,
            sheet=place.sheet, row=place.row, column=place.column,
        )  # fmt: skip

    @cached_property
    def read(self) -> QuestionPaper | None:
        """The paper as read from its file; None when the file is absent or unreadable."""
        paper = self.package.question_papers.get(self.entry.path)
        return paper if isinstance(paper, QuestionPaper) else None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Its questions; none when it could not be read."""
        return self.read.questions if self.read else ()

    @cached_property
    def subjects(self) -> tuple[QuestionSubject, ...]:
        """Its questions as subjects."""
        return tuple(QuestionSubject(self, question, index) for index, question in enumerate(self.questions))


@dataclass(eq=False)
class QuestionSubject:
    """One question of one paper."""

    paper: Paper
    entry: Question
    index: int

    @property
    def package(self) -> Package:
        """The package it belongs to."""
        return self.paper.package

    @property
    def number(self) -> str:
        """Its printed number, else its place in the paper."""
        return self.entry.number or str(self.index + 1)

    @property
    def name(self) -> str:
        """How a person finds it: 试卷1 第 12 题."""
        return f"{self.paper.name} 第 {self.number} 题"

    def at(self, column: str = "") -> Location:
        """Its row, or one cell of it (`column` is the header's word)."""
        source = self.entry.source
        return Location(
            path=source.path or self.paper.entry.path, item=f"{self.paper.item}#{self.number}", title=self.name,
            sheet=source.sheet, row=source.row, column=column,
        )  # fmt: skip


@dataclass(eq=False)
class Rights:
    """One row of the rights list."""

    package: Package
    entry: RightsEntry
    index: int

    @property
    def item(self) -> str:
        """What it is called in findings' fingerprints."""
        return f"{self.entry.what or f'rights[{self.index}]'}"

    def at(self, field_name: str = "what") -> Location:
        """A field of its row."""
        place = self.package.at(f"rights.{self.index}.{field_name}")
        return Location(
            path=place.path, item=self.item, field=field_name, title=self.entry.what,
            sheet=place.sheet, row=place.row, column=place.column,
        )  # fmt: skip


@dataclass(eq=False)
class File:
    """One file of the package."""

    package: Package
    path: str

    @property
    def suffix(self) -> str:
        """Lower-case suffix with its dot."""
        return PurePosixPath(self.path).suffix.lower()

    def at(self) -> Location:
        """The file."""
        return Location(path=self.path, item=self.path, title=PurePosixPath(self.path).name)

    @cached_property
    def fault(self) -> Fault | None:
        """What is wrong with it as a file."""
        return self.package.facts.fault(self.path)


def _resource(package: Package, entry: ResourceEntry, index: int) -> Resource:
    kinds: dict[str, type[Resource]] = {"video": Video, "animation": Video, "audio": Audio}
    return kinds.get(entry.kind, Still)(package, entry, index)


def _lessons(
    package: Package, items: tuple[CatalogueItem, ...], parents: tuple[str, ...], at: str = "catalogue"
) -> Iterator[Lesson]:
    for index, item in enumerate(items):
        place = f"{at}.{index}"
        yield Lesson(package, item, parents, place)
        yield from _lessons(package, item.children, (*parents, item.title), f"{place}.children")


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbouring runs of one role are one run: a lecture does not end where a range was cut."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].role == run.role and joined[-1].span.end == run.span.start:
            joined[-1] = Run(run.role, Span(joined[-1].span.start, run.span.end))
        else:
            joined.append(run)
    return tuple(joined)
