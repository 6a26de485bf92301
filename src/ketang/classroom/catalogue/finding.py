"""Finding courses: words in title, introduction and lessons, and what is chosen beside them; in the order that is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.marks import ALL, HEAD, OCCUPATION, TITLE, TRACE, Kind, word_of
from ketang.classroom.catalogue.searched import CatalogueCount, CatalogueEntry, CatalogueText, Part
from ketang.platform.search.bags import Asked, holds, walk
from ketang.platform.search.pairs import Phrase, phrases_of

TABLE, TEXTS = CatalogueEntry._meta.db_table, CatalogueText._meta.db_table
LISTED, WALKED = 5000, 200
"""Courses that are counted for a page; of a search fewer, for it walks from one to the next."""
CHEAP = 200
"""Up to so many found courses it is counted how many of them would be left by a further choice."""


class Sort(models.TextChoices):
    """Orders of the catalogue."""

    BEST = "best", _("最相关的在前")
    NEWEST = "newest", _("最新的在前")
    SHORTEST = "shortest", _("学时少的在前")
    LONGEST = "longest", _("学时多的在前")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is looked for; what is left as it is wants everything.

    Attributes:
        words: phrases, all of which must be found somewhere in a course.
        occupation: words of its name.
        category, level, hours: values of marks (`marks.py`).
        needs: all of them must be met.
        sort: a `Sort`; the best first where there are words, else the newest.
    """

    words: str = ""
    occupation: str = ""
    category: str = ""
    level: str = ""
    hours: str = ""
    needs: tuple[str, ...] = ()
    sort: str = ""

    @property
    def marks(self) -> list[tuple[str, str]]:
        """Kind and value of what is chosen from lists."""
        one = ((Kind.CATEGORY, self.category), (Kind.LEVEL, self.level), (Kind.HOURS, self.hours))
        return [(str(kind), value) for kind, value in (*one, *((Kind.NEED, need) for need in self.needs)) if value]

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows the list."""
        return not (self.words.strip() or self.occupation.strip() or self.marks)


@dataclass(slots=True)
class Found:
    """The courses, to be counted and read in pages."""

    chosen: Chosen
    kept: Kept = field(default_factory=lambda: kept())
    phrases: list[Phrase] = field(init=False)
    _keys: list[int] = field(default_factory=list, init=False)
    _to_the_end: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.phrases = phrases_of(self.chosen.words)

    @property
    def far(self) -> int:
        """So many are counted for a page."""
        return LISTED if self.chosen.is_everything else WALKED

    def count(self, most: int) -> int:
        """How many there are, counted up to `most`."""
        if self.chosen.is_everything:
            return min(self.kept.courses.get((Kind.ALL, ""), 0), most)
        return len(self._walked(most))

    def part(self, start: int, stop: int) -> list[CatalogueEntry]:
        """From `start` to before `stop`, each with its course."""
        shown = CatalogueEntry.objects.select_related("course").only(*_SHOWN)
        keys = self._part(start, stop)
        rows = shown.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]

    def keys(self, most: int) -> list[int]:
        """Keys of the first `most` entries, the best or the newest first."""
        return self._part(0, most)

    def left(self) -> Mapping[tuple[str, str], int] | None:
        """By kind and value how many courses a further choice would leave; None where nothing is left, or counting costs too much."""
        if self.chosen.is_everything:
            return self.kept.courses
        keys = self._walked(CHEAP + 1)
        if not keys or len(keys) > CHEAP:
            return None
        found = CatalogueEntry.objects.filter(pk__in=keys[:CHEAP]).values_list("marks", flat=True)
        return Counter((kind, value) for marks in found for kind, value in marks)

    def _part(self, start: int, stop: int) -> list[int]:
        sort = self.chosen.sort
        if self.chosen.is_everything:
            return list(_in_order(sort).values_list("pk", flat=True)[start:stop])
        if sort in (Sort.SHORTEST, Sort.LONGEST):
            return self._by_length(start, stop)
        return self._walked(stop)[start:stop]

    def _by_length(self, start: int, stop: int) -> list[int]:
        keys = self._walked(WALKED + 1)
        if len(keys) <= WALKED:
            return list(_in_order(self.chosen.sort).filter(pk__in=keys).values_list("pk", flat=True)[start:stop])
        lengths = _lengths()
        if self.chosen.sort == Sort.LONGEST:
            lengths.reverse()
        # Where many are found some stand at nearly every length, and the first lengths fill the page. Where few are, most lengths
        # have none: each time twice as many lengths are asked for at once.
        found: list[int] = []
        first, many = 0, 1
        while first < len(lengths) and len(found) < stop:
            found += self._of_lengths(lengths[first : first + many], stop - len(found))
            first, many = first + many, many * 2
        return found[start:stop]

    def _of_lengths(self, lengths: Sequence[int], most: int) -> list[int]:
        """The first of those that have one of these lengths, in the order of the lengths."""
        words = [word_of(Kind.TENTHS, str(tenths)) for tenths in lengths]
        if len(words) == 1:
            return walk(TABLE, self._asked(ALL) & Asked((words[0],)), most)
        keys = walk(TABLE, self._asked(ALL) & Asked(some=(tuple(words),)), WALKED + 1)
        if len(keys) <= WALKED:
            return list(_in_order(self.chosen.sort).filter(pk__in=keys).values_list("pk", flat=True)[:most])
        found: list[int] = []
        for word in words:
            found += walk(TABLE, self._asked(ALL) & Asked((word,)), most - len(found))
            if len(found) >= most:
                break
        return found

    def _walked(self, most: int) -> list[int]:
        """Keys of the first `most`, the best or the newest first."""
        if len(self._keys) < most and not self._to_the_end:
            self._keys = list(self._first(most))
            self._to_the_end = len(self._keys) < most
        return self._keys[:most]

    def _first(self, most: int) -> Iterator[int]:
        if self.chosen.words.strip() and not self.phrases:
            return  # signs alone find nothing, whatever is chosen beside them
        if self.phrases and self.chosen.sort in ("", Sort.BEST):
            found: dict[int, None] = {}
            for scope in (TITLE, HEAD, ALL):
                if len(found) < most:
                    found |= dict.fromkeys(walk(TABLE, self._asked(scope), most))
            yield from list(found)[:most]
            return
        yield from walk(TABLE, self._asked(ALL), most)

    def _asked(self, scope: str) -> Asked:
        asked = _marked(self.chosen.marks) & _phrases(self.phrases, scope)
        return asked & _phrases(phrases_of(self.chosen.occupation), OCCUPATION)


def _marked(marks: list[tuple[Kind, str]] | list[tuple[str, str]]) -> Asked:
    return Asked(tuple(word_of(kind, value) for kind, value in marks))


_SHOWN = (
    "lessons", "needs", "course__uuid", "course__title", "course__supplier", "course__introduction",
    "course__category", "course__category_name", "course__occupation", "course__level", "course__counts_ms",
    "course__published_at",
)  # fmt: skip
"""What a list shows of a course. Every further column of twenty rows costs."""
_LAST = {TITLE: Part.TITLE, HEAD: Part.ABOUT, ALL: Part.LESSON}


def _phrases(phrases: list[Phrase], scope: str) -> Asked:
    asked = Asked()
    for phrase in phrases:
        held: tuple[tuple[str, tuple[str, ...]], ...] = ()
        if scope != OCCUPATION and not phrase.is_one_word:
            # Its pairs may stand apart: the words themselves are asked.
            condition = f"EXISTS (SELECT 1 FROM {TEXTS} x WHERE x.entry_id = e.id AND x.part <= {int(_LAST[scope])} AND {holds('x.text')})"  # noqa: S608 - our own table
            held = ((condition, (phrase.text,)),)
        begun = (scope + phrase.begun,) if phrase.begun else ()
        words = [scope + word for word in phrase.words]
        if scope == ALL:
            words += [TRACE + trace for trace in phrase.traces]
        asked &= Asked(tuple(words), begun, held)
    return asked


def _in_order(sort: str) -> QuerySet[CatalogueEntry]:
    orders = {Sort.SHORTEST: ("tenths", "-id"), Sort.LONGEST: ("-tenths", "-id")}
    return CatalogueEntry.objects.order_by(*orders.get(Sort(sort), ("-id",)) if sort else ("-id",))


@dataclass(frozen=True, slots=True)
class Kept:
    """Counts of the whole catalogue.

    Attributes:
        courses: how many carry which mark (kind and value), of the kinds that are chosen from lists.
        categories: value and name in both languages of each category that has any.
    """

    courses: Mapping[tuple[str, str], int]
    categories: Sequence[tuple[str, dict[str, str]]]


def kept() -> Kept:
    """The counts as they are now."""
    rows = CatalogueCount.objects.filter(courses__gt=0, kind__in=_COUNTED).order_by("id")
    found = list(rows.values_list("kind", "value", "name", "courses"))
    return Kept(
        {(kind, value): courses for kind, value, _name, courses in found},
        [(value, name) for kind, value, name, _courses in found if kind == Kind.CATEGORY],
    )


_COUNTED = (Kind.ALL, Kind.CATEGORY, Kind.LEVEL, Kind.HOURS, Kind.NEED)


def _lengths() -> list[int]:
    """Each length that a listed course has, the shortest first."""
    rows = CatalogueCount.objects.filter(kind=Kind.TENTHS, courses__gt=0)
    return sorted(map(int, rows.values_list("value", flat=True)))
