"""What is chosen beside words: each choice is a kind and a value, one word in a course's bag, and counted."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from kebao.package.manifest import LEVELS
from ketang.classroom.catalogue.models import Shown
from ketang.platform.search.pairs import compact, traces_of, words_of


class Kind(StrEnum):
    """What a mark is about."""

    ALL = "all"
    """Every course carries it."""
    CATEGORY = "category"
    OCCUPATION = "occupation"
    """Counted under its name; searched like words."""
    LEVEL = "level"
    HOURS = "hours"
    NEED = "need"
    TENTHS = "tenths"
    """The exact length: lists in its order are walked from one to the next."""


class Hours(models.TextChoices):
    """Lengths among which learners choose."""

    SHORT = "short", _("4 学时以内")
    DAYS = "days", _("4 到 16 学时")
    WEEKS = "weeks", _("16 到 40 学时")
    LONG = "long", _("40 学时以上")


LEVEL_WORDS = {
    "五级": _("五级（初级工）"), "四级": _("四级（中级工）"), "三级": _("三级（高级工）"), "二级": _("二级（技师）"),
    "一级": _("一级（高级技师）"), "专项能力": _("专项职业能力"), "不分级": _("不分等级"),
}  # fmt: skip
"""Levels of occupations as learners read them."""
_BOUNDS = (40, 160, 400)
"""Tenths of an hour up to which the lengths go."""
_HOURS = tuple(Hours)

ALL, OCCUPATION, TITLE, HEAD, TRACE = "a", "o", "t", "h", "b"
"""Letters before the words of a bag: words of everything, of the occupation, of the title, of title and introduction; traces of everything."""


def category_value(name: str) -> str:
    """The value that stands for a category's Chinese name: calls of different years may number the same ones differently."""
    return hashlib.sha256(name.encode()).hexdigest()[:12] if name else ""


def marks_of(course: Shown, needs: Iterable[str]) -> list[tuple[str, str]]:
    """Kind and value of each mark that a course carries."""
    found = [
        (Kind.ALL, ""), (Kind.CATEGORY, category_value(course.category_name.get("zh", ""))),
        (Kind.OCCUPATION, course.occupation), (Kind.LEVEL, level_value(course.level)),
        (Kind.HOURS, hours_value(course.tenths)), (Kind.TENTHS, str(course.tenths)),
        *((Kind.NEED, need) for need in needs),
    ]  # fmt: skip
    return [(str(kind), value) for kind, value in found if value or kind == Kind.ALL]


def level_value(level: str) -> str:
    """The value that stands for a level; empty for one that we do not know."""
    return str(LEVELS.index(level)) if level in LEVELS else ""


def hours_value(tenths: int) -> str:
    """The length's value; none for a course of which nothing counts."""
    return _HOURS[bisect_left(_BOUNDS, tenths)].value if tenths else ""


def word_of(kind: str, value: str) -> str:
    """The word in a bag that stands for a mark."""
    return f"m{kind}{value}"


def bag_of(parts: Iterable[tuple[bool, bool, str]], occupation: str, marks: Iterable[tuple[str, str]]) -> set[str]:
    """All words of a course's bag.

    Args:
        parts: whether it is the title, whether it is title or introduction, and the compact text; the weightiest first.
        occupation: its name.
        marks: that it carries.
    """
    bag = {word_of(kind, value) for kind, value in marks if kind != Kind.OCCUPATION}
    bag |= {OCCUPATION + word for word in words_of(compact(occupation))}
    for is_title, is_head, text in parts:
        words = words_of(text)
        for letter, wanted in ((TITLE, is_title), (HEAD, is_head), (ALL, True)):
            if wanted:
                bag |= {letter + word for word in words}
        bag |= {TRACE + trace for trace in traces_of(text)}
        if len(bag) > FEW_WORDS and sum(len(word.encode()) for word in bag) > MOST_BYTES:
            break
    return bag


FEW_WORDS, MOST_BYTES = 90_000, 850_000
"""Bytes of a course's words from which on further lessons are not searched (some 150 hours of talk), and words that never have as many:
PostgreSQL takes a megabyte."""
