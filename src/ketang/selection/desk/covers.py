"""Photographs of parcels' covers: evidence of what stood on a parcel, and print that need not be typed."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.photographs import read_photograph
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.releasing import release
from ketang.selection.desk.models import REMOVED_KEPT, Cover, Parcel, Reading
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.ledger.models import Arrival

MOST = 10
"""Photographs of one parcel that stand."""


def photograph(*, actor: Actor, key: UUID, content: bytes, parcel: Parcel | None = None) -> Cover:
    """Keep a photograph of a cover, of a parcel that is registered or of one that will be. The same key again gives what was kept.

    Args:
        key: of the form.
        content: of the file that was sent; `photographs.MOST_BYTES` and one more are enough.
        parcel: to which it belongs.

    Raises:
        Refused: no photograph that can be read (`read_photograph`); too many of this parcel; the parcel was undone.

    Effects: two stored files; the row; `desk.photograph`; the job `desk.read_cover`, and `desk.let_covers_go` for one without
    a parcel.
    """
    require(may_work_desk(actor))
    assert isinstance(actor, Account)  # noqa: S101 - only an account has the permission
    if standing := Cover.objects.filter(key=key).first():
        return standing
    taken = read_photograph(content, field="photograph")
    large, small = put_bytes(taken.large), put_bytes(taken.small)
    try:
        with audited():
            arrival = _with_room(parcel) if parcel is not None else None
            made = Cover.objects.create(
                key=key, arrival=arrival, digest=large.digest, small=small.digest, width=taken.width, height=taken.height,
                taken_by=actor,
            )  # fmt: skip
            payload = {"digest": large.digest, "arrival": arrival.number if arrival is not None else ""}
            record(actor=actor, action="desk.photograph", of=made, payload=payload)
            _have_read(made)
            if arrival is None:
                _come_to_let_go()
    except IntegrityError:  # the form came twice at the same moment
        return Cover.objects.get(key=key)
    return made


def attach(*, actor: Actor, cover: Cover, parcel: Parcel) -> None:
    """Put a photograph to the parcel that was registered with it; within the transaction of that.

    Raises:
        Refused: it belongs to another parcel by now, or was taken away.

    Effects: the row; `desk.attach_cover`.
    """
    require(may_work_desk(actor))
    with audited():
        held = Cover.objects.select_for_update().filter(pk=cover.pk, arrival=None, removed_at=None).first()
        if held is None:
            raise Refused(_("这张照片刚刚用于另一件，或者已经拿掉。请核对后再登记。"))
        held.arrival = parcel.arrival
        held.save(update_fields=["arrival"])
        record(actor=actor, action="desk.attach_cover", of=held, payload={"arrival": parcel.arrival.number})
    cover.refresh_from_db()


def take_away(*, actor: Actor, cover: Cover) -> None:
    """Take a photograph away; for `REMOVED_KEPT` it can be put back. Nothing for one that was taken away before.

    Effects: the row; `desk.take_away_cover`; the job `desk.let_covers_go`, due when it goes.
    """
    require(may_work_desk(actor))
    with audited():
        if Cover.objects.filter(pk=cover.pk, removed_at=None).update(removed_at=timezone.now()):
            record(actor=actor, action="desk.take_away_cover", of=cover, payload=_of(cover))
            _come_to_let_go()
    cover.refresh_from_db()


def put_back(*, actor: Actor, cover: Cover) -> None:
    """Put back what was taken away. Nothing for one that stands.

    Raises:
        Refused: as many stand as may.

    Effects: the row; `desk.put_back_cover`; the job `desk.let_covers_go` for one without a parcel.
    """
    require(may_work_desk(actor))
    with audited():
        held = Cover.objects.select_for_update().select_related(None).get(pk=cover.pk)
        if held.removed_at is not None:
            if held.arrival_id is not None:
                _refuse_more(held.arrival_id)
            else:
                held.taken_at = timezone.now()  # its days begin anew
                _come_to_let_go()
            held.removed_at = None
            held.save(update_fields=["removed_at", "taken_at"])
            record(actor=actor, action="desk.put_back_cover", of=held, payload=_of(held))
    cover.refresh_from_db()


def read_again(*, actor: Actor, cover: Cover) -> None:
    """Have the print read once more: the extra was installed since, or it failed.

    Effects: the row; `desk.read_cover_again`; the job `desk.read_cover`.
    """
    require(may_work_desk(actor))
    with audited():
        if Cover.objects.filter(pk=cover.pk).exclude(reading=Reading.WAITING).update(reading=Reading.WAITING):
            record(actor=actor, action="desk.read_cover_again", of=cover)
            _have_read(cover)
    cover.refresh_from_db()


def let_covers_go() -> None:
    """Let photographs go that were taken away, or whose parcel was never registered, 7 days ago. Twice is harmless.

    Effects: rows; `desk.let_cover_go` for each; the jobs `storage.release`.
    """
    limit = timezone.now() - REMOVED_KEPT
    due = Cover.objects.filter(Q(removed_at__lte=limit) | Q(arrival=None, removed_at=None, taken_at__lte=limit))
    with audited():
        for held in due.select_for_update().order_by("id"):
            record(actor=SYSTEM, action="desk.let_cover_go", of=held, payload=_of(held))
            _erase(held)


def erase(covers: QuerySet[Cover]) -> int:
    """Erase photographs with what was read from them; within a transaction. How many. Effects: rows; the jobs `storage.release`."""
    found = list(covers)
    for cover in found:
        _erase(cover)
    return len(found)


def _erase(cover: Cover) -> None:
    digests = (cover.digest, cover.small)
    cover.delete()
    for digest in digests:
        release(digest)


def _with_room(parcel: Parcel) -> Arrival:
    """The arrival of a parcel, locked; Refused when it takes no photograph."""
    Parcel.objects.select_for_update().get(pk=parcel.pk)
    held = Parcel.objects.select_related("arrival").get(pk=parcel.pk)
    if held.undone_at is not None:
        raise Refused(_("这一件已经撤销。"), field="photograph")
    _refuse_more(held.arrival_id)
    return held.arrival


def _refuse_more(arrival: int) -> None:
    if Cover.objects.filter(arrival=arrival, removed_at=None).count() >= MOST:
        raise Refused(_("一件最多 %(most)d 张照片。请先拿掉一张。") % {"most": MOST}, field="photograph")


def _of(cover: Cover) -> dict[str, str]:
    number = ""
    if cover.arrival_id is not None:
        number = Arrival.objects.values_list("number", flat=True).get(pk=cover.arrival_id)
    return {"digest": cover.digest, "arrival": number}


def _have_read(cover: Cover) -> None:
    with transaction.atomic():
        enqueue("desk.read_cover", key=f"desk.read_cover:{cover.uuid}", cover=str(cover.uuid))


def _come_to_let_go() -> None:
    enqueue("desk.let_covers_go", not_before=timezone.now() + REMOVED_KEPT)
