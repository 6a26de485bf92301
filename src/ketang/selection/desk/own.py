"""The desk's share of a person's data: parcels with photographs of their covers, disks and telephone notes of who supplies in their own name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.desk.covers import erase as erase_covers
from ketang.selection.desk.models import Cover, DiskCopy, Parcel, PhoneNote, PhonePassage
from ketang.selection.intake.models import Submission


def export(account: Account) -> Mapping[str, Any]:
    """What came of the person's own submissions, and what was noted of calls about them."""
    own = _own(account)
    parcels = Parcel.objects.filter(arrival__submission__in=own)
    return {
        "parcels": list(
            parcels.order_by("id").values(
                "arrival__number", "delivery", "courier", "tracking", "postmark", "contents", "tallied_at", "note"
            )
        ),
        "covers": list(
            Cover.objects.filter(arrival__submission__in=own)
            .order_by("id")
            .values("arrival__number", "taken_at", "width", "height", "digest", "found", "removed_at")
        ),
        "disks": list(
            DiskCopy.objects.filter(submission__in=own).order_by("id").values("name", "begun_at", "files", "size")
        ),
        "calls": list(
            PhoneNote.objects.filter(submission__in=own)
            .order_by("id")
            .values("called_at", "caller", "phone", "words", "follow_on", "followed_at")
        ),
    }


def erase(account: Account) -> Sequence[Kept]:
    """Telephone notes name nobody any more; photographs of covers, with names and addresses, go; parcels and disks stay, as proof of what was here when, without remarks and numbers."""
    own = _own(account)
    notes = PhoneNote.objects.filter(submission__in=own)
    gone = str(_("已注销"))
    for note in notes.select_related("submission__organisation", "arrival"):
        note.caller, note.phone, note.supplier, note.words = gone, "", "", gone
        note.save(update_fields=["caller", "phone", "supplier", "words"])
        PhonePassage.objects.filter(note=note).update(text=PhonePassage.text_of(note))
    erase_covers(Cover.objects.filter(arrival__submission__in=own))
    parcels = Parcel.objects.filter(arrival__submission__in=own)
    kept = parcels.update(tracking="", note="")
    kept += DiskCopy.objects.filter(submission__in=own).update(supplier="")
    return [Kept(_("窗口收件和磁盘的登记"), _("证明什么时间收到了什么"))] if kept else []


def _own(account: Account) -> QuerySet[Submission]:
    own = Submission.objects.filter(
        organisation__kind=OrganisationKind.PERSON, organisation__memberships__account=account
    )
    return own.distinct()


SHARE = Share(applet="desk", export=export, erase=erase)
