"""Where in a course the words stand that were looked for: in its title, its introduction, at a second of a lesson."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Min, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from kebao.model.location import clock
from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.catalogue.searched import CatalogueEntry, CatalogueText, Part
from ketang.platform.search.pairs import Phrase

AROUND, BEGINNING = 40, 80
"""Characters that are shown on each side of a hit; and of an introduction without one."""
ASKED = 3
"""So many phrases are looked for in lessons."""

Piece = tuple[str, bool]
"""Words, and whether they are what was looked for."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A hit in a lesson: its words, and for what has a clock the second at which they come."""

    lesson: Lesson
    pieces: list[Piece]
    second: int | None

    @property
    def shown(self) -> str:
        """The time as a person reads it."""
        return clock(Fraction(self.second)) if self.second is not None else ""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a list shows of a course: its title and introduction with the words marked, and the first lesson that holds them."""

    entry: CatalogueEntry
    title: list[Piece]
    introduction: list[Piece]
    spoken: Spoken | None


def hits(entries: Sequence[CatalogueEntry], phrases: Sequence[Phrase]) -> list[Hit]:
    """Each course with where the phrases stand."""
    sign = _sign(phrases)
    spoken = _spoken(entries, phrases, sign) if sign is not None else {}
    return [
        Hit(
            entry, _pieces(entry.course.title, sign), excerpt(entry.course.introduction, sign),
            spoken.get(entry.pk),
        )
        for entry in entries
    ]  # fmt: skip


def excerpt(text: str, sign: re.Pattern[str] | None, beginning: int = BEGINNING) -> list[Piece]:
    """The words around the first hit, or the beginning of a text; three dots where something was left out."""
    text = " ".join(text.split())
    found = sign.search(text) if sign is not None else None
    if found is None:
        return [(text[:beginning] + "…" * (len(text) > beginning), False)] if text else []
    start, end = max(0, found.start() - AROUND), found.end() + AROUND
    return _pieces("…" * (start > 0) + text[start:end] + "…" * (end < len(text)), sign)


def _pieces(text: str, sign: re.Pattern[str] | None) -> list[Piece]:
    if sign is None:
        return [(text, False)]
    parts = sign.split(text)
    return [(part, bool(place % 2)) for place, part in enumerate(parts) if part]


def _sign(phrases: Iterable[Phrase]) -> re.Pattern[str] | None:
    """What finds the phrases in a text as it was written: whatever case and width, whatever signs between."""
    found = sorted((phrase.text for phrase in phrases), key=len, reverse=True)
    if not found:
        return None
    return re.compile("(" + "|".join(r"[\W_]{0,3}".join(map(_letter, text.replace(" ", ""))) for text in found) + ")")


def _letter(letter: str) -> str:
    if "!" <= letter <= "~":
        return "[" + "".join(re.escape(one + chr(ord(one) + 0xFEE0)) for one in {letter, letter.upper()}) + "]"
    return re.escape(letter)


def _spoken(
    entries: Sequence[CatalogueEntry], phrases: Sequence[Phrase], sign: re.Pattern[str] | None
) -> Mapping[int, Spoken]:
    """By the entry's key, the first place in a lesson where one of the phrases stands."""
    assert sign is not None  # noqa: S101 - there are phrases
    said = CatalogueText.objects.filter(entry__in=[entry.pk for entry in entries], part=Part.LESSON)
    anything = Q(pk__in=[])
    for phrase in phrases[:ASKED]:
        anything |= Q(GreaterThan(StrIndex("text", Value(phrase.text)), 0))
    firsts = dict(said.filter(anything).values_list("entry").annotate(Min("lesson")))
    lessons = Lesson.objects.only("order", "title", "transcript", "text").in_bulk(list(firsts.values()))
    return {
        entry: spoken
        for entry, lesson in firsts.items()
        if lesson in lessons and (spoken := _place(lessons[lesson], sign)) is not None
    }


def _place(lesson: Lesson, sign: re.Pattern[str]) -> Spoken | None:
    if not lesson.transcript:
        found = excerpt(lesson.text, sign)
        return Spoken(lesson, found, None) if any(is_hit for _words, is_hit in found) else None
    lines = [" ".join(str(line["text"]).split()) for line in lesson.transcript]
    whole = " ".join(lines)
    found_at = sign.search(whole)
    if found_at is None:
        return None
    before, number = 0, 0
    while before + len(lines[number]) < found_at.start():
        before += len(lines[number]) + 1
        number += 1
    second = int(Fraction(str(lesson.transcript[number]["start"])))
    return Spoken(lesson, excerpt(whole, sign), second)
