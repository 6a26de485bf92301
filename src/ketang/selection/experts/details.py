"""What is known of an expert, made sound before it is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ketang.platform.refusal import Refused
from ketang.selection.experts.models import LOAD, Expert

MOST_LOAD = 500
MOST_FIELDS, MOST_RELATIONS, WORD = 40, 100, 100
"""Occupations or categories, relations, and characters of one."""
CHOSEN = "|"
"""Stands around a category in what the search looks at, so that P2(1) does not find P2(10)."""


@dataclass(frozen=True, slots=True)
class Details:
    """What the office writes down of an expert."""

    name: str
    unit: str = ""
    title: str = ""
    mail: str = ""
    phone: str = ""
    categories: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    load_limit: int = LOAD
    available_from: date | None = None
    available_until: date | None = None
    note: str = ""


def details_of(expert: Expert) -> Details:
    """What is kept."""
    held: dict[str, Any] = {name: getattr(expert, name) for name in Details.__dataclass_fields__}
    listed = {name: tuple(value) for name, value in held.items() if isinstance(value, list)}
    return Details(**(held | listed))


def sound(details: Details) -> Details:
    """The same without needless spaces and doubles.

    Raises:
        Refused: no name; something too long; an address that is none; a limit or days that cannot be.
    """
    words: dict[str, Any] = {
        name: _line(getattr(details, name)) for name in ("name", "unit", "title", "mail", "phone", "note")
    }
    made = replace(
        details, **words, categories=_each(details.categories), occupations=_each(details.occupations),
        relations=_each(details.relations),
    )  # fmt: skip
    if not made.name:
        raise Refused(_("请填写姓名。"), field="name")
    for name, longest in (("name", 100), ("unit", 200), ("title", 100), ("phone", 40), ("note", 1000)):
        if len(words[name]) > longest:
            raise Refused(_("最多 %(longest)s 个字。") % {"longest": longest}, field=name)
    _check_mail(made.mail)
    for name, most in (("categories", MOST_FIELDS), ("occupations", MOST_FIELDS), ("relations", MOST_RELATIONS)):
        listed = getattr(made, name)
        if len(listed) > most or any(len(one) > WORD for one in listed):
            told = _("最多 %(most)s 项，每项最多 %(word)s 个字。")
            raise Refused(told % {"most": most, "word": WORD}, field=name)
    check_limit(made.load_limit)
    if made.available_from and made.available_until and made.available_until < made.available_from:
        raise Refused(_("结束日期早于开始日期。"), field="available_until")
    return made


def check_limit(limit: int) -> None:
    """Refused: a limit that is none."""
    if not 1 <= limit <= MOST_LOAD:
        raise Refused(_("件数为 1 至 %(most)s。") % {"most": MOST_LOAD}, field="load_limit")


def put_into(expert: Expert, details: Details) -> None:
    """Write the details into the row's fields, with what the search looks at; nothing is saved."""
    for name, value in asdict(details).items():
        setattr(expert, name, list(value) if isinstance(value, tuple) else value)
    names = (details.name, details.unit, details.title, details.mail, details.phone, *details.occupations)
    chosen = "".join(f"{CHOSEN}{one}{CHOSEN}" for one in details.categories)
    expert.found_by = f"{searched(' '.join(names))} {chosen}"


def searched(words: str) -> str:
    """Words as the search compares them."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _check_mail(mail: str) -> None:
    try:
        if mail:
            validate_email(mail)
    except ValidationError:
        raise Refused(_("邮箱地址写错了，请照 name@example.com 的样子填写。"), field="mail") from None


def _line(words: str) -> str:
    return " ".join(words.split())


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in map(_line, words) if one))
