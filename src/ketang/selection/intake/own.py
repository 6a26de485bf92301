"""Intake's share of a person's data: the name of who supplies in their own name stands in what the office searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.intake.models import Passage


def export(account: Account) -> Mapping[str, Any]:
    """Nothing of its own: what is searched repeats what stands elsewhere."""
    del account
    return {}


def erase(account: Account) -> Sequence[Kept]:
    """What is searched is written anew, under the name that the supplier has by now."""
    theirs = Passage.objects.filter(
        submission__organisation__kind=OrganisationKind.PERSON,
        submission__organisation__memberships__account=account,
    )
    for passage in theirs.select_related("submission__organisation").distinct():
        passage.text = Passage.text_of(passage.submission)
        passage.save(update_fields=["text"])
    return []


SHARE = Share(applet="intake", export=export, erase=erase)
