"""Reading the desk's rows, and finding what was scanned. Whoever calls asks `permissions` first: it is the office's alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BigIntegerField, Case, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from ketang.platform.listing import Listing
from ketang.platform.search.passages import Found
from ketang.selection.desk.codes import Kind, Scanned
from ketang.selection.desk.models import Cover, DiskCopy, DiskFile, Parcel, PhoneNote, PhonePassage, Trolley
from ketang.selection.desk.picking import Known
from ketang.selection.intake.actions import TAKES
from ketang.selection.intake.models import Receipt, Submission
from ketang.selection.intake.queries import list_of_arrivals
from ketang.selection.ledger.models import Arrival

MOST = 10
"""Most submissions among which somebody chooses; with more the words are too few."""
_SHOWN = ("call", "organisation")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a scan may mean.

    Attributes:
        submissions: to which the parcel may belong; one means that one.
        more: there are more than are shown.
        arrival: an arrival of the ledger whose own number was scanned.
    """

    submissions: tuple[Submission, ...] = ()
    more: bool = False
    arrival: Arrival | None = None


def meant_by(scanned: Scanned) -> Meant:
    """Find what was scanned. A label finds a draft, too: its supplier stuck it on; words find what has arrived."""
    if scanned.kind is Kind.LABEL:
        low, high = (UUID(hex=f"{scanned.value:{fill}<32}") for fill in "0f")
        return _of(Submission.objects.filter(uuid__gte=low, uuid__lte=high))
    if scanned.kind is Kind.SUBMISSION:
        return _of(Submission.objects.filter(number=scanned.value))
    if scanned.kind in (Kind.RECEIPT, Kind.ADDRESS):
        by = "number" if scanned.kind is Kind.RECEIPT else "uuid"
        receipt = Receipt.objects.filter(**{by: scanned.value}).select_related("version").first()
        return _of(Submission.objects.filter(pk=receipt.version.submission_id)) if receipt is not None else Meant()
    if scanned.kind is Kind.ARRIVAL:
        return Meant(arrival=Arrival.objects.filter(number=scanned.value).first())
    if scanned.kind is Kind.NAME:
        exact = Submission.objects.filter(submitted_at__isnull=False, organisation__name=scanned.unit)
        return _of(exact.filter(title=scanned.title).order_by("-id"))
    if scanned.kind is Kind.WORDS:
        found = list_of_arrivals(words=scanned.value).part(0, MOST + 1)
        rows = Submission.objects.select_related(*_SHOWN).in_bulk([one.pk for one in found])
        return Meant(tuple(rows[one.pk] for one in found[:MOST]), len(found) > MOST)
    return Meant()


def _of(rows: QuerySet[Submission]) -> Meant:
    found = list(rows.select_related(*_SHOWN)[: MOST + 1])
    return Meant(tuple(found[:MOST]), len(found) > MOST)


def parcels() -> QuerySet[Parcel]:
    """Every parcel, the one registered last first, with what a list shows of each."""
    shown = (
        "arrival__call",
        "arrival__submission__organisation",
        "arrival__submission__call",
        "arrival__registered_by",
    )
    return Parcel.objects.select_related(*shown, "trolley").order_by("-id")


def list_of_parcels() -> Listing[Parcel]:
    """The same, to be read in pages."""
    return Listing(Parcel.objects.order_by("-id"), parcels())


def with_tracking(number: str) -> Parcel | None:
    """The parcel of a tracking number, the first where there are several; none that was undone."""
    return parcels().filter(tracking=number, undone_at=None).order_by("part").first() if number else None


def last_courier() -> str:
    """The courier that was named last."""
    return Parcel.objects.exclude(courier="").order_by("-id").values_list("courier", flat=True).first() or ""


def couriers() -> list[str]:
    """Names of couriers among the last parcels, for the field's suggestions."""
    last = Parcel.objects.exclude(courier="").order_by("-id").values_list("courier", flat=True)[:200]
    return list(dict.fromkeys(last))[:8]


def rows_of(trolley: Trolley) -> QuerySet[Parcel]:
    """Parcels of a trolley that stand, the last first."""
    return parcels().filter(trolley=trolley, undone_at=None)


def list_of_disks() -> Listing[DiskCopy]:
    """Copies of disks, the one begun last first."""
    return Listing(DiskCopy.objects.order_by("-id"), DiskCopy.objects.select_related("submission__organisation"))


def bytes_read(copy: DiskCopy) -> int:
    """How much of a disk is safely kept by now."""
    kept = Case(When(digest="", then=Coalesce("upload__offset", 0)), default="size", output_field=BigIntegerField())
    return DiskFile.objects.filter(copy=copy).aggregate(done=Sum(kept))["done"] or 0


def list_of_notes(*, words: str = "", due: bool = False) -> Listing[PhoneNote]:
    """Telephone notes to be read in pages, the last first; or those to be followed up, the most urgent first."""
    shown = PhoneNote.objects.select_related("submission", "arrival", "noted_by")
    if due:
        return Listing(to_follow(), shown)
    found = Found(PhonePassage._meta.db_table, "note_id", words) if words.strip() else None
    return Listing(PhoneNote.objects.order_by("-id"), shown, found)


def to_follow() -> QuerySet[PhoneNote]:
    """Notes that somebody has to look at again, the most urgent first."""
    return PhoneNote.objects.filter(followed_at=None, follow_on__isnull=False).order_by("follow_on", "id")


def notes_about(arrival: Arrival) -> Sequence[PhoneNote]:
    """What was said on the telephone about an arrival or its submission, the last first."""
    about = Q(arrival=arrival)
    if arrival.submission_id is not None:
        about |= Q(submission=arrival.submission_id)
    return list(PhoneNote.objects.filter(about).select_related("noted_by").order_by("-id")[:20])


def covers_of(arrival: Arrival) -> Sequence[Cover]:
    """Photographs of an arrival's cover, the first first; those that were taken away last."""
    found = Cover.objects.filter(arrival=arrival).select_related("taken_by")
    return sorted(found, key=lambda one: (one.removed_at is not None, one.pk))


def list_of_covers() -> Listing[Cover]:
    """Photographs whose parcel is not registered yet, the last first, to be read in pages."""
    waiting = Cover.objects.filter(arrival=None)
    return Listing(waiting.order_by("-id"), waiting.select_related("taken_by"))


def cover_to_register(key: str) -> Cover | None:
    """The photograph of this uuid if a parcel may still be registered with it."""
    try:
        return Cover.objects.filter(uuid=UUID(key), arrival=None, removed_at=None).first()
    except ValueError:
        return None


def known_submissions() -> Iterator[Known]:
    """Submissions that arrived and whose calls still take something: among them a cover's names are looked for."""
    arrived = Submission.objects.filter(submitted_at__isnull=False, call__state__in=TAKES)
    rows = arrived.order_by("id").values_list("number", "organisation__name", "title")
    return (Known(*row) for row in rows.iterator(2000))


def holds(digest: str) -> bool:
    """Whether these bytes are a photograph of a cover, or a file of a disk: until they are in a package, which its arrival holds; what lay beside packages, for good."""
    if Cover.objects.filter(Q(digest=digest) | Q(small=digest)).exists():
        return True
    return DiskFile.objects.filter(digest=digest).exclude(arrival__isnull=False).exists()
