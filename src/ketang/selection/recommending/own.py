"""Recommending's share of a person's data: the contact of a body, by the address, and the names of persons who supply on its letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.recommending.models import RecommendationRow, Recommender, RecommenderLink


def export(account: Account) -> Mapping[str, Any]:
    """Where the person is the contact, and the letters on which they stand as supplier."""
    contacts = _contacts(account).order_by("id").values("organisation__name", "call__slug", "mail", "phone")
    rows = _rows(account).order_by("id").values("recommendation__number", "receipt", "supplier", "title")
    return {"contacts": list(contacts), "recommendations": list(rows)}


def forget_contact(account: Account) -> None:
    """The contact is nobody's any more, and its link has ended."""
    contacts = _contacts(account)
    links = RecommenderLink.objects.filter(recommender__in=contacts, ended_at=None)
    links.update(ended_at=timezone.now())
    contacts.update(mail="", phone="")


def erase(account: Account) -> Sequence[Kept]:
    """Letters stay, under the name that the supplier has by now."""
    rows = list(_rows(account).select_related("listed__submission__organisation"))
    for row in rows:
        assert row.listed.submission is not None  # noqa: S101 - that is how they were found
        row.supplier = row.listed.submission.organisation.name
        row.save(update_fields=["supplier"])
    return [Kept(_("推荐函"), _("证明哪些课程包由谁推荐"))] if rows else []


def _contacts(account: Account) -> QuerySet[Recommender]:
    known = EmailAddress.objects.filter(user=account, verified=True).values_list("email", flat=True)
    addresses = {address.casefold() for address in (*known, account.email) if address}
    keys = [
        pk
        for pk, mail in Recommender.objects.exclude(mail="").values_list("pk", "mail")
        if mail.casefold() in addresses
    ]
    return Recommender.objects.filter(pk__in=keys)


def _rows(account: Account) -> QuerySet[RecommendationRow]:
    own = RecommendationRow.objects.filter(
        listed__submission__organisation__kind=OrganisationKind.PERSON,
        listed__submission__organisation__memberships__account=account,
    )
    return own.distinct()


SHARE = Share(applet="recommending", export=export, erase=erase, first=forget_contact)
