"""From an opened package to the parts and words of a blind copy. Needs the decoders: a worker's work."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError

from kebao.captions.webvtt import shown_cues, write_webvtt
from kebao.media import playing, stripping
from kebao.media.facts import MediaFacts
from kebao.media.opened import FAULTS
from kebao.model.errors import KebaoError
from kebao.model.text import Text
from kebao.subjects.course import Lesson, Package, Resource, Timed
from kebao.subjects.facts import IMAGE_SUFFIXES, TEXT_SUFFIXES
from kebao.subjects.tree_facts import TreeFacts
from ketang.platform.storage.actions import put_bytes, put_path
from ketang.platform.storage.models import StoredFile
from ketang.selection.checking.laying_out import where_it_lies
from ketang.selection.scoring.blinding import Blinder
from ketang.selection.scoring.models import BlindPage, BlindPart
from ketang.selection.scoring.pdf_pages import drawn_pages
from ketang.selection.scoring.read import words_of

PICTURE_PIXELS = 40_000_000
"""A larger picture is not decoded."""

PICTURED = Text(
    zh="画面里的台标、片头片尾、人像和衣着，声音里的自我介绍，机器去不掉。",
    en="Logos, opening titles, faces and clothes in the picture, and names that are spoken, cannot be taken out by the machine.",
)
DRAWN = Text(
    zh="图里写的字和标志，机器去不掉。", en="Words and marks drawn in the picture cannot be taken out by the machine."
)
NOT_PLAYED = Text(
    zh="浏览器放不了这种格式（{format}），请向经办人员要可以播放的版本。",
    en="Browsers do not play this format ({format}); ask the office for one that they play.",
)
PROGRAMS = ("simulation", "animation")
A_PROGRAM = Text(
    zh="这个资源是整套程序，里面的单位名称和标志机器去不掉，盲评时不能打开。请按课程介绍和检查发现评分；一定要看，请经办人员安排。",
    en="This resource is a program: names and marks within it cannot be taken out, so it is not opened in blind review. Score by the introduction and the findings; ask the office if you must see it.",
)
NOT_SHOWN = Text(
    zh="这种文件（{suffix}）里的单位名称和标志，机器还去不掉，盲评时不能打开。请按课程介绍和检查发现评分；一定要看，请经办人员安排。",
    en="Names and marks cannot yet be taken out of a file of this kind ({suffix}), so it is not opened in blind review. Score by the introduction and the findings; ask the office if you must see it.",
)
NOT_ALL = Text(
    zh="共 {count} 页，这里只有前 {shown} 页。", en="There are {count} pages; the first {shown} are shown here."
)
NOT_READ = Text(zh="这个文件读不出来，见检查结果。", en="This file cannot be read; see the findings.")
KEPT_WORDS = Text(
    zh="视频文件自带的文字（如标题、作者）没能去掉，播放时不显示。",
    en="Words inside the file (title, author) could not be removed; they are not shown while it plays.",
)


@dataclass(slots=True)
class Copied:
    """What a package gave: parts not saved yet, words, what was hidden and what could not be."""

    parts: list[BlindPart]
    pages: list[BlindPage]
    title: str
    words: dict[str, Any]
    hidden: list[list[Any]] = field(default_factory=list)
    shown: list[list[Any]] = field(default_factory=list)


def copied(package: Package, whole: str, title: str, blinder: Blinder, tell: Callable[[int, int], None]) -> Copied:
    """Every resource of the package in the catalogue's order, blinded.

    Args:
        package: open.
        whole: digest of the package: what is unpacked in it is played from there.
        title: of the submission.
        blinder: with every mask of the version.
        tell: is told how many of how many resources are done.

    Effects: stored files.
    """
    made = Copied([], [], blinder.text(title)[:200], words_of(package, blinder))
    places = _places(package)
    for done, (chapter, name, resource) in enumerate(places):
        tell(done, len(places))
        making = _Part(resource, whole, blinder)
        part = making.made()
        part.number = done + 1
        part.chapter, part.title = blinder.text(chapter)[:400], blinder.text(name)[:400]
        made.parts.append(part)
        made.pages += making.pages
        made.shown += [[f"{part.number}. {part.title}", why] for why in _out_of_reach(part)]
    made.hidden = [[what, count] for what, count in sorted(blinder.taken.items())]
    return made


def _places(package: Package) -> list[tuple[str, str, Resource]]:
    """(chapter, name, resource), each resource once; those that no lesson uses at the end."""
    found: list[tuple[str, str, Resource]] = []
    used: set[int] = set()
    for lesson in package.lessons:
        for resource in dict.fromkeys(lesson.resources):
            if resource.index not in used:
                used.add(resource.index)
                found.append((_chapter(lesson), resource.entry.title or lesson.entry.title, resource))
    rest = (resource for resource in package.resources if resource.index not in used)
    return found + [("", resource.entry.title or resource.name, resource) for resource in rest]


def _chapter(lesson: Lesson) -> str:
    return " · ".join(dict.fromkeys(name for name in (*lesson.parents, lesson.entry.title) if name))


def _out_of_reach(part: BlindPart) -> Iterator[dict[str, str]]:
    if part.is_played:
        yield _both(PICTURED)
    elif part.is_picture or part.kept_pages:
        yield _both(DRAWN)
    elif part.is_closed:
        yield part.without


def _both(words: Text, **values: str) -> dict[str, str]:
    return {"zh": words.zh.format(**values), "en": words.en.format(**values)}


class _Part:
    """One resource on its way to a part."""

    def __init__(self, resource: Resource, whole: str, blinder: Blinder) -> None:
        self.resource, self.whole, self.blinder = resource, whole, blinder
        facts = resource.package.facts
        assert isinstance(facts, TreeFacts)  # noqa: S101 - opened packages have files
        self.facts, self.path = facts, resource.entry.path
        self.pages: list[BlindPage] = []

    def made(self) -> BlindPart:
        entry = self.resource.entry
        part = BlindPart(path=self.path[:1000], kind=entry.kind)
        part.seconds = _exact(self.resource.seconds or Fraction(0))
        if not self.resource.exists:
            part.without = _both(NOT_READ)
        elif isinstance(self.resource, Timed):
            self._timed(part, self.resource)
        elif self._suffix in IMAGE_SUFFIXES:
            self._picture(part)
        elif entry.kind in PROGRAMS:
            self._program(part)
        elif self._suffix in TEXT_SUFFIXES:
            self._text(part)
        elif self._suffix == ".pdf":
            self._pdf(part)
        else:
            part.without = _both(NOT_SHOWN, suffix=self._suffix)
        if entry.alt:
            part.text = self.blinder.text("\n\n".join(word for word in (part.text, entry.alt) if word))
        return part

    @property
    def _suffix(self) -> str:
        return Path(self.path).suffix.lower()

    def _text(self, part: BlindPart) -> None:
        words = self.facts.text(self.path)
        if isinstance(words, str):
            part.text = self.blinder.text(words)
        else:
            part.without = {"zh": words.message.zh, "en": words.message.en}

    def _picture(self, part: BlindPart) -> None:
        """The picture drawn anew, so that nothing but its pixels is left of the file."""
        try:
            with self.facts.open(self.path) as stream, Image.open(stream) as picture:
                if picture.width * picture.height > PICTURE_PIXELS:
                    raise ValueError(picture.size)
                clean = picture.convert("RGB")
                clean.thumbnail((2400, 2400))
                out = io.BytesIO()
                clean.save(out, "JPEG", quality=90)
        except (KebaoError, UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
            part.without = _both(NOT_READ)
            return
        part.stored, part.content_type = put_bytes(out.getvalue()), "image/jpeg"
        part.size = part.stored.size

    def _program(self, part: BlindPart) -> None:
        """Only its text alternative: a program runs with all that it brings."""
        part.without = _both(A_PROGRAM)
        other = self.resource.entry.text_alternative
        if other and self.facts.exists(other) and isinstance(words := self.facts.text(other), str):
            part.text = self.blinder.text(words)

    def _pdf(self, part: BlindPart) -> None:
        """Its pages as pictures; the last of many are left out, and the part says so."""
        try:
            with self.facts.open(self.path) as stream, drawn_pages(stream, self.blinder) as (drawn, count):
                for number, one in enumerate(drawn, start=1):
                    stored = put_path(one.picture)
                    self.pages.append(
                        BlindPage(
                            part=part, number=number, stored=stored, width=one.width, height=one.height, words=one.words
                        )
                    )
        except KebaoError as refusal:
            part.without = {"zh": refusal.message.zh, "en": refusal.message.en}
            return
        part.kept_pages = len(self.pages)
        if count > len(self.pages):
            part.without = _both(NOT_ALL, shown=str(len(self.pages)), count=str(count))

    def _timed(self, part: BlindPart, resource: Timed) -> None:
        media = resource.media
        if not isinstance(media, MediaFacts):
            part.without = _both(NOT_READ) if media is None else {"zh": media.message.zh, "en": media.message.en}
            return
        self._words_of(part, resource)
        part.content_type = playing.content_type(media)
        if not part.content_type:
            part.without = _both(NOT_PLAYED, format=f"{media.container} {playing.codec(media)}".strip())
            return
        try:
            self._bytes(part, media)
        except KebaoError:
            part.content_type, part.without = "", _both(NOT_READ)

    def _bytes(self, part: BlindPart, media: MediaFacts) -> None:
        """The medium as it lies in the package, or a copy where it is packed or carries words of its maker."""
        with self.facts.open(self.path) as stream:
            carries = bool(stripping.words_carried(stream)) if stream.seekable() else False
        if carries and media.container == "mov" and (stored := self._stripped()) is not None:
            part.stored, part.start, part.size = stored, 0, stored.size
            return
        if carries:
            part.without = _both(KEPT_WORDS)
        part.stored, part.start, part.size = where_it_lies(self.facts, self.path, self.whole)

    def _stripped(self) -> StoredFile | None:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "copy.mp4"
            try:
                with self.facts.open(self.path) as stream:
                    stripping.strip(stream, made)
            except FAULTS:
                return None
            return put_path(made)

    def _words_of(self, part: BlindPart, resource: Timed) -> None:
        """Captions, as lines of the transcript; the transcript as a document beside them."""
        track = next((track for track in resource.captions if shown_cues(track.cues)), None)
        if track is not None:
            cues = [
                replace(cue, lines=tuple(self.blinder.text(line) for line in cue.lines))
                for cue in shown_cues(track.cues)
            ]
            part.captions = put_bytes(write_webvtt(cues).encode())
            part.transcript = [
                {"start": str(_exact(cue.start)), "end": str(_exact(cue.end)), "text": cue.words} for cue in cues
            ]
        if resource.entry.transcript and self.facts.exists(resource.entry.transcript):
            read = self.facts.text(resource.entry.transcript)
            part.text = self.blinder.text(read) if isinstance(read, str) else ""


def _exact(seconds: Fraction) -> Decimal:
    return Decimal(round(seconds * 1000)).scaleb(-3)
