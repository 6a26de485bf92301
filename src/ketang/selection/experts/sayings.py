"""What submissions say of their supplier's people: names, addresses, numbers, and who recommends. Read in a few queries, however many."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from kebao.text.persons import persons_named, stands_alone
from ketang.people.organisation.models import Membership, OrganisationKind
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.ledger.models import Arrival
from ketang.selection.recommending.models import Listed

_SIGNS = re.compile(r"[\W_]+")
_BETWEEN = re.compile(r"[、，,;；/\s]+")
_ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
"""An owner of rights that may be a person: a picture library that two suppliers use makes nobody their fellow."""
_NO_PERSON = re.compile(r"(?:图库|素材|音乐|网站?|出版社|书店|公司|集团|中心|学校|学院|大学|传媒|工作室|协会|中国)$")
NOBODY = {"本单位", "本人", "我单位", "本公司", "本校", "学校", "公司", "自有", "原创", "供应单位", "申报单位", "作者"}
SHORT = 2
"""A name of so many signs is often a part of a longer one."""
PHONE_DIGITS = 7
"""Fewer digits are no telephone number that tells anything."""


def plain(words: str) -> str:
    """A name for comparing: full width as half width, without spaces and signs, in lower case."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", words)).casefold()


def digits(phone: str) -> str:
    """A number for comparing: of a mobile number its eleven digits, without +86."""
    found = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    found = found.removeprefix("86") if len(found) > 11 else found
    return found if len(found) >= PHONE_DIGITS else ""


@dataclass(slots=True)
class Saying:
    """What one submission says, on the web and in its package. Names are `plain`; `people` are names of their own.

    `text` is what is written of the teachers, as it was typed; `inside` are those words that stand in the package alone.
    """

    pk: int
    title: str
    organisation: int
    names: set[str]
    codes: set[str]
    people: set[str]
    text: str
    mails: set[str]
    phones: set[str]
    bodies: dict[int, str] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    inside_text: str = ""
    squeezed: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        self.squeezed = (plain(self.text), plain(self.inside_text))

    def names_person(self, name: str) -> bool:
        """Whether a person of that name, `plain`, is named."""
        return name in self.people or self._in_text(name, 0) or self._in_text(name, 1)

    def is_inside(self, word: str) -> bool:
        """Whether it stands in the package alone: a name, an address, a number."""
        return word in self.inside or (
            word not in self.people and self._in_text(word, 1) and not self._in_text(word, 0)
        )

    def _in_text(self, name: str, which: int) -> bool:
        if name not in self.squeezed[which]:
            return False
        return len(name) > SHORT or stands_alone((self.text, self.inside_text)[which], name)


def reviewed(call: Call | int) -> QuerySet[Submission]:
    """The submissions of a call that experts score: accepted for review, with a version that counts."""
    found = Submission.objects.filter(call=call, state=SubmissionState.ACCEPTED).exclude(latest=None)
    return found.select_related("organisation", "latest").order_by("id")


def sayings(call: Call) -> dict[int, Saying]:
    """What the reviewed submissions of a call say, with who recommends them, by key."""
    found = {one.pk: one for one in _read(reviewed(call))}
    _add_members(found)
    for pk, sender in Arrival.objects.filter(submission__in=reviewed(call).values("pk")).values_list(
        "submission", "sender"
    ):
        if pk in found:
            found[pk].mails |= {one.casefold() for one in _ADDRESS.findall(sender)}
    listed = Listed.objects.filter(recommender__call=call, removed_at=None, submission__isnull=False)
    rows = listed.values_list("submission", "recommender__organisation", "recommender__organisation__name")
    for pk, body, name in rows:
        if pk in found:
            found[pk].bodies[body] = name
    return found


def every_saying() -> Iterator[Saying]:
    """What was ever sent in any call says, for who stood together before."""
    sent = Submission.objects.exclude(state=SubmissionState.DRAFT).select_related("organisation").order_by("id")
    return _read(sent)


def _read(submissions: QuerySet[Submission]) -> Iterator[Saying]:
    shown = submissions.select_related("organisation", "latest__names").defer("latest__form")
    for one in shown.iterator(500):
        draft = one.draft if isinstance(one.draft, dict) else {}
        form, rights = _part(draft.get("form")), draft.get("rights") or []
        people = {plain(_words(form, "contact"))} | _persons([_words(_part(row), "owner") for row in rights])
        if one.organisation.kind == OrganisationKind.PERSON:
            people.add(plain(one.organisation.name))
        names = {plain(one.organisation.name), plain(_words(form, "unit"))} - {""}
        mail = _words(form, "email").strip().casefold()
        phone = digits(_words(form, "phone"))
        found = Saying(
            one.pk, one.title, one.organisation_id, names, {plain(one.organisation.credit_code)} - {""}, people - {""} - names,
            _typed(_words(_part(form.get("introduction")), "teachers")), {mail} - {""}, {phone} - {""},
        )  # fmt: skip
        _add_package(found, one)
        yield found


def _add_package(found: Saying, submission: Submission) -> None:
    """What the package of the version that counts says in its own forms."""
    kept = getattr(submission.latest, "names", None)
    if kept is None or not kept.said:
        return
    said = {
        name: [str(word) for word in kept.said.get(name, ())]
        for name in ("units", "codes", "people", "owners", "mails", "phones")
    }
    teachers = _typed(str(kept.said.get("teachers", "")))
    units = {plain(one) for one in said["units"]} - {""}
    people = {plain(one) for one in said["people"]} | _persons(said["owners"]) | set(persons_named(teachers))
    mails, phones = {one.casefold() for one in said["mails"]}, {digits(one) for one in said["phones"]}
    known = found.names | found.people | found.mails | found.phones | found.codes
    found.names |= units
    found.codes |= {plain(one) for one in said["codes"]} - {""}
    found.people |= people - {""} - found.names
    found.mails, found.phones = found.mails | mails - {""}, found.phones | phones - {""}
    found.inside_text, found.squeezed = teachers, (found.squeezed[0], plain(teachers))
    found.inside = (found.names | found.people | found.mails | found.phones | found.codes) - known


def _persons(owners: Iterable[str]) -> set[str]:
    named = (name for owner in owners for name in _BETWEEN.split(owner) if _PERSON.fullmatch(name))
    return {name for name in named if not _NO_PERSON.search(name)} - NOBODY


def _typed(words: str) -> str:
    return unicodedata.normalize("NFKC", words)


def _add_members(found: dict[int, Saying]) -> None:
    of = defaultdict(list)
    for saying in found.values():
        of[saying.organisation].append(saying)
    members = Membership.current.filter(organisation__in=list(of)).exclude(account__email="")
    for organisation, mail in members.values_list("organisation", "account__email"):
        for saying in of[organisation]:
            saying.mails.add(mail.casefold())


def memberships(accounts: Iterable[int]) -> dict[int, set[int]]:
    """Organisations of accounts, left ones too: who left last month still has to do with them."""
    found: dict[int, set[int]] = defaultdict(set)
    for account, organisation in Membership.objects.filter(Q(account__in=list(accounts))).values_list(
        "account", "organisation"
    ):
        found[account].add(organisation)
    return found


def _part(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(part: dict[str, Any], name: str) -> str:
    value = part.get(name)
    return value if isinstance(value, str) else ""
