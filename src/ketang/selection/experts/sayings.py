"""What submissions say of their supplier's people: names, addresses, numbers, and who recommends. Read in a few queries, however many."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

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
NOBODY = {"本单位", "本人", "我单位", "本公司", "本校", "学校", "公司", "自有", "原创", "供应单位", "申报单位", "作者"}
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
    """What one submission says. Names are `plain`; `people` are names of their own, `text` is what is written of the teachers."""

    pk: int
    title: str
    organisation: int
    names: set[str]
    code: str
    people: set[str]
    text: str
    mails: set[str]
    phones: set[str]
    bodies: dict[int, str] = field(default_factory=dict)


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
    for one in submissions.iterator(500):
        draft = one.draft if isinstance(one.draft, dict) else {}
        form, rights = _part(draft.get("form")), draft.get("rights") or []
        people = {plain(_words(form, "contact"))}
        for row in rights:
            people |= {name for name in _BETWEEN.split(_words(_part(row), "owner")) if _PERSON.fullmatch(name)} - NOBODY
        if one.organisation.kind == OrganisationKind.PERSON:
            people.add(plain(one.organisation.name))
        names = {plain(one.organisation.name), plain(_words(form, "unit"))} - {""}
        text = plain(_words(_part(form.get("introduction")), "teachers"))
        mail = _words(form, "email").strip().casefold()
        phone = digits(_words(form, "phone"))
        yield Saying(
            one.pk, one.title, one.organisation_id, names, one.organisation.credit_code, people - {""} - names, text,
            {mail} if mail else set(), {phone} if phone else set(),
        )  # fmt: skip


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
