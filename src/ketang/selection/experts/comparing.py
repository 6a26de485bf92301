"""Conflicts that can be computed: an expert's words against what submissions say. No queries here; each ground has its reason in words.

What is found may be a namesake: the office sees the reason and lifts it. What is not found because nobody wrote it down, the
expert declares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ketang.selection.experts.models import Expert, Ground
from ketang.selection.experts.sayings import Saying, digits, plain

PART_OF = 4
"""A unit's name of so many signs also stands for what begins with it: a faculty, a branch."""
NAME = 2
"""A name of fewer signs would be found everywhere."""

Key = tuple[int, int, Ground]
"""Expert, submission, ground."""


@dataclass(frozen=True, slots=True)
class Known:
    """An expert's words, ready for comparing."""

    pk: int
    name: str
    unit: str
    mails: frozenset[str]
    phone: str
    relations: tuple[tuple[str, str], ...]
    organisations: frozenset[int]


def known(expert: Expert, organisations: Iterable[int]) -> Known:
    """What is compared of an expert; the account is read with the row."""
    mails = {expert.mail.casefold(), (expert.account.email if expert.account is not None else "").casefold()} - {""}
    related = tuple((plain(one), one) for one in expert.relations if len(plain(one)) >= NAME)
    return Known(
        expert.pk, plain(expert.name), plain(expert.unit), frozenset(mails), digits(expert.phone), related,
        frozenset(organisations),
    )  # fmt: skip


@dataclass(slots=True)
class Past:
    """With whom an expert stood in submissions of any call: suppliers and names, each with a title and whether it stands in the package alone."""

    suppliers: dict[int, tuple[str, bool]]
    people: dict[str, tuple[str, bool]]


def pasts(experts: Iterable[Known], every: Iterable[Saying]) -> dict[int, Past]:
    """Where the experts' names stand, and who stands beside them."""
    names: dict[str, list[int]] = defaultdict(list)
    found: dict[int, Past] = {}
    for one in experts:
        found[one.pk] = Past({}, {})
        if len(one.name) >= NAME:
            names[one.name].append(one.pk)
    for saying in every:
        for name in [name for name in names if saying.names_person(name)]:
            inside = saying.is_inside(name)
            for pk in names[name]:
                found[pk].suppliers.setdefault(saying.organisation, (saying.title, inside))
                for other in saying.people - {name}:
                    found[pk].people.setdefault(other, (saying.title, inside or other in saying.inside))
    return found


def computed(experts: Iterable[Known], sayings: Mapping[int, Saying], past: Mapping[int, Past]) -> dict[Key, str]:
    """Every computed conflict with its reason."""
    found: dict[Key, str] = {}
    for one in experts:
        before = past.get(one.pk, Past({}, {}))
        for saying in sayings.values():
            for ground, reason in _grounds(one, saying, before):
                found.setdefault((one.pk, saying.pk, ground), reason[:1000])
    return found


def _grounds(one: Known, saying: Saying, past: Past) -> Iterator[tuple[Ground, str]]:
    if saying.organisation in one.organisations:
        yield Ground.UNIT, _("专家的账号是供应单位的成员")
    elif same := [name for name in sorted(saying.names) if _same_unit(one.unit, name)]:
        told = _("专家的工作单位与供应单位相同，或是其中一个部门")
        yield Ground.UNIT, _inside(told, all(name in saying.inside for name in same))
    elif one.unit and one.unit in saying.codes:
        told = _("专家的工作单位与供应单位相同，或是其中一个部门")
        yield Ground.UNIT, _inside(told, one.unit in saying.inside)
    for body, name in saying.bodies.items():
        if body in one.organisations or _same_unit(one.unit, plain(name)):
            yield Ground.RECOMMENDER, _("专家在推荐单位“%(name)s”") % {"name": name}
    if one.mails & saying.mails:
        mail = min(one.mails & saying.mails)
        yield Ground.CONTACT, _inside(_("电子邮箱相同：%(mail)s") % {"mail": mail}, mail in saying.inside)
    elif one.phone and one.phone in saying.phones:
        told = _("电话号码相同：%(phone)s") % {"phone": one.phone}
        yield Ground.CONTACT, _inside(told, one.phone in saying.inside)
    if saying.organisation in past.suppliers:
        title, inside = past.suppliers[saying.organisation]
        yield Ground.COSIGNED, _inside(_("姓名出现在这个供应单位的《%(title)s》里") % {"title": title}, inside)
    elif past.people and (others := past.people.keys() & saying.people):
        other = min(others)
        title, inside = past.people[other]
        told = _("曾与这份申报里的人一起出现在《%(title)s》里") % {"title": title}
        yield Ground.COSIGNED, _inside(told, inside or other in saying.inside)
    for name, words in one.relations:
        if _names(name, saying):
            told = _("专家列出的“%(name)s”") % {"name": words}
            yield Ground.RELATION, _inside(told, saying.is_inside(name))
            break


def _inside(words: str, inside: bool) -> str:
    """What stands in the package alone is told as such: the office finds it in the package's own forms."""
    return _("%(words)s（写在课程包自己的表里）") % {"words": words} if inside else words


def _same_unit(one: str, other: str) -> bool:
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= PART_OF and longer.startswith(shorter))


def _names(name: str, saying: Saying) -> bool:
    if saying.names_person(name) or any(_same_unit(name, one) for one in saying.names):
        return True
    return any(_same_unit(name, plain(body)) for body in saying.bodies.values())
