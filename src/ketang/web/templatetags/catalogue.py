"""`{% load catalogue %}`: what lists of courses say of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.hits import Piece
from ketang.classroom.catalogue.marks import LEVEL_WORDS
from ketang.classroom.catalogue.models import Shown
from ketang.classroom.catalogue.needs import Need
from ketang.web.templatetags.ketang import tag

register = template.Library()


@register.simple_tag
def pieces(found: Iterable[Piece]) -> SafeString:
    """Words, with what was looked for marked."""
    return SafeString("".join(f"<mark>{escape(words)}</mark>" if is_hit else escape(words) for words, is_hit in found))


@register.simple_tag
def course_facts(course: Shown, lessons: int) -> str:
    """Lessons, hours, level, occupation and category of a course in one line; what is not known is left out."""
    told = [
        ngettext("%(count)s 课", "%(count)s 课", lessons) % {"count": lessons},
        hours_told(course.tenths),
        str(LEVEL_WORDS.get(course.level, course.level)),
        course.occupation,
        course.category_words,
    ]
    return " · ".join(one for one in told if one)


def hours_told(tenths: int) -> str:
    """A number of hours in words; empty for none."""
    if not tenths:
        return ""
    number = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return _("%(hours)s 学时") % {"hours": number}


@register.simple_tag
def need_badges(needs: Sequence[str]) -> SafeString:
    """What a course brings for who needs it."""
    return _badges(tuple(needs), get_language() or "")


@lru_cache(maxsize=300)
def _badges(needs: tuple[str, ...], _language: str) -> SafeString:
    """Each course of a list has some, and many the same."""
    told = " ".join(tag(str(Need(need).label), "good") for need in needs if need in Need.values)
    return SafeString(f'<p class="badges">{told}</p>' if told else "")
