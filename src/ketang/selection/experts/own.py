"""The pool's share of a person's data: what is known of an expert, the seats, what was declared and the conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.experts.details import Details, details_of, put_into
from ketang.selection.experts.models import Conflict, Expert, PackageNames, PanelSeat


def export(account: Account) -> Mapping[str, Any]:
    """The row of the pool without the office's note on lists of others; seats; conflicts that the expert declared.

    And of who supplies in their own name: whom their packages name, as it was read for conflicts.
    """
    experts = list(Expert.objects.filter(account=account))
    seats = PanelSeat.objects.filter(expert__in=experts).order_by("id")
    said = Conflict.objects.filter(expert__in=experts, ground="declared").order_by("id")
    told = [
        {**asdict(details_of(one)), "available_from": str(one.available_from or ""), "available_until": str(one.available_until or "")}
        for one in experts
    ]  # fmt: skip
    return {
        "expert": told,
        "seats": list(seats.values("call__slug", "load_limit", "seated_at", "declared_at", "declared", "signed_as")),
        "declared_conflicts": list(said.values("submission__number", "reason", "found_at")),
        "named_in_own_packages": list(_named(account).values("version__submission__number", "said", "read_at")),
    }


def erase(account: Account) -> Sequence[Kept]:
    """Who sat on a panel keeps name and unit there, as proof of who reviewed; everything else goes."""
    _named(account).update(said={})
    kept = False
    for one in Expert.objects.filter(account=account):
        sat = PanelSeat.objects.filter(expert=one).exists()
        kept |= sat
        name, unit = (one.name, one.unit) if sat else (_("已注销"), "")
        put_into(one, Details(name=name, unit=unit, load_limit=one.load_limit))
        one.account, one.invitation = None, None
        one.left_at = one.left_at or timezone.now()
        one.left_because = one.left_because or _("账号已注销")
        one.save()
        Conflict.objects.filter(expert=one).exclude(reason="").update(reason="")
    return [Kept(gettext_lazy("评审专家的姓名、单位和承诺"), gettext_lazy("证明由谁评审"))] if kept else []


def _named(account: Account) -> QuerySet[PackageNames]:
    own = PackageNames.objects.filter(
        version__submission__organisation__kind=OrganisationKind.PERSON,
        version__submission__organisation__memberships__account=account,
    )
    return PackageNames.objects.filter(pk__in=own.values("pk")).order_by("pk")


SHARE = Share(applet="experts", export=export, erase=erase)
