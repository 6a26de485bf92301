"""`{% load catalogue %}`: what lists of courses say of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ketang.classroom.catalogue.hits import Hit, Piece, Spoken
from ketang.classroom.catalogue.marks import LEVEL_WORDS
from ketang.classroom.catalogue.models import Shown
from ketang.classroom.catalogue.needs import Need
from ketang.web.templatetags.ketang import tag

register = template.Library()


@register.simple_tag
def found_course(hit: Hit) -> SafeString:
    """A course of a list: a template of so many variables takes three times as long, and a page has twenty."""
    entry, course = hit.entry, hit.entry.course
    address = reverse("course", args=[course.uuid])
    lines = [
        f'<h2 class="govuk-heading-m"><a data-own-words class="govuk-link" href="{address}">{_marked(hit.title)}</a></h2>',
        f"<p data-own-words>{escape(_('提供：%(name)s') % {'name': course.supplier})}</p>",
        f"<p data-own-words>{escape(course_facts(course, entry.lessons))}</p>",
    ]
    if hit.introduction:
        lines.append(f'<p class="quiet" data-own-words>{_marked(hit.introduction)}</p>')
    if hit.spoken is not None:
        lines.append(f"<p data-own-words>{_spoken(address, hit.spoken)}</p>")
    lines.append(need_badges(entry.needs))
    return SafeString("\n".join(lines))


def _spoken(address: str, spoken: Spoken) -> str:
    place = f"#t={spoken.second}" if spoken.second is not None else ""
    words = escape(f"{spoken.lesson.title} {spoken.shown}".strip())
    link = f'<a class="govuk-link" href="{address}{spoken.lesson.order}/{place}">{words}</a>'
    return link + escape(_("：")) + _marked(spoken.pieces)


def _marked(found: Iterable[Piece]) -> str:
    """Words, with what was looked for marked."""
    return "".join(f"<mark>{escape(words)}</mark>" if is_hit else escape(words) for words, is_hit in found)


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
