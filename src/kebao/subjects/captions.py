"""A set of captions as a subject: a file beside the medium, or a track inside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kebao.captions.cue import Captions, Cue
from kebao.media.facts import MediaFacts
from kebao.model.finding import Abstention, Evidence, Finding, Listed, Measured, inapplicable, untested
from kebao.model.location import Location, Span, clock
from kebao.subjects.facts import CAPTION_SUFFIXES, Fault

if TYPE_CHECKING:
    from kebao.subjects.course import Timed

CAPTIONS_UNREADABLE = inapplicable(
    "字幕不在或读不出来，已另外报告。", "The captions are absent or cannot be read; that is reported by itself."
)
CAPTIONS_ARE_PICTURES = untested(
    "这条字幕是图片，读不出文字和时间。", "These captions are pictures: neither words nor times can be read."
)
SHOWN = 5
_MOST_WORDS = 20
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}|中文|英文|简体|繁体|双语")


@dataclass(eq=False)
class CaptionTrack:
    """One set of captions of a video or recording.

    Attributes:
        medium: what it belongs to.
        path: its file; the medium's own where it lies inside.
        number: its place among the tracks inside the medium, from 1; 0 for a file.
        read: what was read, or why it could not be.
    """

    medium: Timed
    path: str
    number: int
    read: Captions | Fault

    @property
    def name(self) -> str:
        """What its medium is called."""
        return self.medium.name

    @property
    def is_usable(self) -> bool:
        """Whether there are cues to judge."""
        return bool(self.cues)

    @property
    def unusable(self) -> Abstention:
        """Why there are none: what a rule answers then."""
        is_picture = isinstance(self.read, Captions) and not self.read.is_text
        return CAPTIONS_ARE_PICTURES if is_picture else CAPTIONS_UNREADABLE

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every cue, in the file's order; none where it could not be read."""
        return self.read.cues if isinstance(self.read, Captions) else ()

    @cached_property
    def in_time(self) -> tuple[tuple[Cue, Cue], ...]:
        """Neighbours by their start; backward cues are left out."""
        forward = sorted((cue for cue in self.cues if cue.seconds >= 0), key=lambda cue: (cue.start, cue.end))
        return tuple(pairwise(forward))

    @property
    def language(self) -> str:
        """Its language: as the container says, or as the file's name does (`名称.zh.vtt`)."""
        if isinstance(self.read, Captions) and self.read.language:
            return self.read.language
        return "" if self.number else _language_of(self.path, self.medium.entry.path)

    def at(self, cue: Cue | None = None, *, row: int | None = None) -> Location:
        """Its file, with row and time of a cue."""
        span = Span(cue.start, cue.end) if cue is not None and cue.seconds >= 0 else None
        item = f"{self.medium.item}#{self.number}" if self.number else self.medium.item
        line = cue.row if cue is not None else row
        return Location(path=self.path, item=item, field="captions", title=self.name, row=line, span=span)

    def finding(self, faulty: Sequence[Cue], *evidence: Evidence) -> Finding:
        """One finding for all faulty cues (at least one): at the first, with their number and the first few of them."""
        told = tuple(f"{clock(cue.start)}“{_short(cue.words)}”" for cue in faulty[:SHOWN])
        return Finding(
            at=self.at(faulty[0]), evidence=(Measured("cues", len(faulty)), *evidence, Listed("places", told))
        )


def tracks_of(medium: Timed) -> tuple[CaptionTrack, ...]:
    """Every set of captions of a medium: the named file, others of its name, then the tracks inside it.

    A `.srt` beside a `.vtt` of one name is the same captions twice: the named one counts, else the `.vtt`.
    """
    facts, path = medium.package.facts, medium.entry.path
    found = [CaptionTrack(medium, file, 0, facts.captions(file)) for file in _files(medium) if facts.exists(file)]
    media = medium.media
    if isinstance(media, MediaFacts) and media.subtitles:
        inside = facts.subtitles(path)
        if not isinstance(inside, Fault):
            found += [CaptionTrack(medium, path, number, read) for number, read in enumerate(inside, start=1)]
    return tuple(found)


def uncaptioned(speech: Iterable[Span], tracks: Iterable[CaptionTrack], longest: int) -> tuple[Span, ...]:
    """Parts of stretches of speech, longer than so many seconds, during which no cue of any track stands."""
    cues = sorted((cue.start, cue.end) for track in tracks for cue in track.cues if cue.lines and cue.seconds > 0)
    found: list[Span] = []
    for stretch in speech:
        reached = stretch.start
        for start, end in (*cues, (stretch.end, stretch.end)):
            if end <= reached and start < stretch.end:
                continue
            bare = min(start, stretch.end)
            if bare - reached > longest:
                found.append(Span(reached, bare))
            reached = max(reached, end)
            if reached >= stretch.end:
                break
    return tuple(found)


def _files(medium: Timed) -> tuple[str, ...]:
    named, path = medium.entry.captions, medium.entry.path
    whole = str(PurePosixPath(path).with_suffix("")) if path else ""
    by_stem: dict[str, str] = {}
    if PurePosixPath(named).suffix.lower() in CAPTION_SUFFIXES:
        by_stem[str(PurePosixPath(named).with_suffix(""))] = named
    for file in medium.package.caption_files:
        stem = str(PurePosixPath(file).with_suffix(""))
        if whole and (stem == whole or _language_of(file, path)):
            by_stem.setdefault(stem, file)
    return tuple(by_stem.values())


def _language_of(file: str, medium: str) -> str:
    """The language in a captions file's name behind its medium's: `zh-Hans` of `名称.zh-Hans.vtt`; empty for none."""
    whole, stem = PurePosixPath(medium).with_suffix(""), PurePosixPath(file).with_suffix("")
    if stem.parent != whole.parent or not stem.name.startswith(f"{whole.name}."):
        return ""
    said = stem.name.removeprefix(f"{whole.name}.")
    return said if _LANGUAGE.fullmatch(said) else ""


def _short(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1] + "…"
