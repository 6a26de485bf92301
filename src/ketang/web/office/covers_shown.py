"""What pages show of photographs of covers: beside a parcel's form what may be taken from one, on a parcel's page all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ketang.platform import photographs
from ketang.platform.refusal import Refused
from ketang.selection.desk.cover_reading import Proposal, proposals
from ketang.selection.desk.covers import photograph
from ketang.selection.desk.models import Cover, Parcel
from ketang.selection.desk.picking import Part
from ketang.selection.desk.queries import covers_of


def kept(request: HttpRequest, key: str, file: UploadedFile[bytes], parcel: Parcel | None = None) -> Cover:
    """Keep the photograph of a form; Refused as `photograph`, and for a key that is none."""
    try:
        known = UUID(key)
    except ValueError:
        raise Refused(_("表单已过期，请重新拍照。"), field="photograph") from None
    content = file.read(photographs.MOST_BYTES + 1)
    return photograph(actor=request.user, key=known, content=content, parcel=parcel)


def beside(cover: Cover | None, form: BaseForm | None) -> Mapping[str, Any]:
    """Beside the form of a parcel that was photographed: each field with what may be taken for it, and submissions that are meant."""
    if cover is None or form is None:
        return {}
    offered = proposals(cover)
    to = getattr(form, "to", None)
    numbered = {one.key: place for place, one in enumerate(offered, 1)}
    by_field: dict[str, list[Proposal]] = {}
    for one in offered:
        if (
            one.part is not Part.SUBMISSION
            and one.part.value in form.fields
            and str(form[one.part.value].value() or "") != one.value
        ):
            by_field.setdefault(one.part.value, []).append(one)
    return {
        "fields": [(field, [(one, numbered[one.key]) for one in by_field.get(field.name, [])]) for field in form],
        "meant": [(one, numbered[one.key]) for one in offered if one.part is Part.SUBMISSION and one.to != to],
        "has_read": bool(offered),
    }  # fmt: skip


def about_covers(parcel: Parcel) -> Mapping[str, Any]:
    """The photographs of a parcel with what was read from each."""
    covers = [(cover, proposals(cover) if cover.removed_at is None else []) for cover in covers_of(parcel.arrival)]
    return {"covers": covers, "waits_for_reading": any(cover.reading == "waiting" for cover, _found in covers)}
