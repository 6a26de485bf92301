"""Registering parcels: one at a time or from a trolley. Each is an arrival of the ledger, whatever is known of it."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.desk.codes import is_own, tracking_number
from ketang.selection.desk.contents import checklist
from ketang.selection.desk.covers import attach
from ketang.selection.desk.models import Cover, Delivery, Parcel, Trolley
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.desk.queries import with_tracking
from ketang.selection.intake.models import Door, Submission
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium


def zone_of(call: Call | None) -> ZoneInfo:
    """The zone in which dates of a parcel are meant."""
    return call.zone if call is not None else ZoneInfo(settings.TIME_ZONE)


def counts_at(delivery: str, postmark: date | None, now: datetime, call: Call | None) -> datetime:
    """The moment held against the deadline: the last second of the postmark's day, or now for what was handed over.

    A postmark of the deadline's own day is in time, whatever hour the deadline has: no postmark tells the hour.
    """
    if delivery != Delivery.POSTED or postmark is None:
        return now
    zone = zone_of(call)
    last = datetime.combine(postmark, time(23, 59, 59), tzinfo=zone)
    if call is not None and postmark == call.closes_at.astimezone(zone).date():
        return min(last, call.closes_at)
    return last


def register_parcel(
    *,
    actor: Actor,
    key: UUID,
    delivery: Delivery,
    submission: Submission | None = None,
    call: Call | None = None,
    supplier: str = "",
    title: str = "",
    courier: str = "",
    tracking: str = "",
    postmark: date | None = None,
    contents: list[str] | None = None,
    note: str = "",
    another: bool = False,
    trolley: Trolley | None = None,
    cover: Cover | None = None,
) -> tuple[Parcel, bool]:
    """Register paper that is at the desk. Without a submission it waits to be claimed, under what stands on it.

    Args:
        key: of the form; the same key again gives what it registered before.
        submission: to which it belongs. Where that takes nothing any more, the parcel waits, with the reason.
        call: of a parcel without a submission, where it is known.
        contents: what was found in it; None when nobody has looked yet.
        another: a further arrival in a parcel that was registered already (several courses in one box).
        cover: the photograph that was taken of it before.

    Returns:
        The parcel, and whether it is new.

    Raises:
        Refused: without a postmark where there must be one, or one from the future; a tracking number that was registered
            already or that is one of our own codes; contents that no list knows; a photograph of another parcel.

    Effects: the arrival (`ledger.register`), entered where it belongs (`ledger.enter`); the row; `desk.register`; those of
    `covers.attach`.
    """
    require(may_work_desk(actor))
    if standing := Parcel.objects.filter(key=key).first():
        return standing, False
    of = submission.call if submission is not None else call
    now, number = timezone.now(), _tracking(tracking)
    counted = counts_at(delivery, _postmark(delivery, postmark, now, zone_of(of)), now, of)
    part = _part(number, another)
    if contents is not None and not set(contents) <= set(checklist(of)):
        raise Refused(_("清点表里没有这一项。"), field="contents")
    try:
        with audited():
            arrival = ledger.register(
                actor=actor, door=Door.DESK, medium=Medium.PAPER, received_at=now, counts_at=counted, call=of,
                supplier=submission.organisation.name if submission is not None else supplier.strip(),
                title=submission.title if submission is not None else title.strip(),
                sender=f"{courier.strip()} {number}".strip(), reason="" if submission is not None else _("窗口登记时没有对上申报。"),
            )  # fmt: skip
            parcel = Parcel.objects.create(
                key=key, arrival=arrival, trolley=trolley, delivery=delivery, courier=courier.strip()[:50],
                tracking=number, part=part, postmark=postmark if delivery == Delivery.POSTED else None,
                contents=sorted(contents or []), tallied_at=None if contents is None else now, note=note.strip()[:500],
            )  # fmt: skip
            if submission is not None:
                enter_or_wait(actor, arrival, submission)
            record(actor=actor, action="desk.register", of=parcel, payload={"arrival": arrival.number})
            if cover is not None:
                attach(actor=actor, cover=cover, parcel=parcel)
    except IntegrityError:
        if standing := Parcel.objects.filter(key=key).first():  # the form came twice at the same moment
            return standing, False
        raise Refused(_("这个运单号刚刚登记过。"), field="tracking") from None
    return parcel, True


def enter_or_wait(actor: Actor, arrival: Arrival, submission: Submission) -> None:
    """Enter it; what is not taken any more leaves the parcel waiting, with the reason: it is here all the same."""
    try:
        ledger.enter(actor=actor, arrival=arrival, submission=submission)
    except Refused as refused:
        Arrival.objects.filter(pk=arrival.pk).update(reason=str(refused)[:1000])
        arrival.refresh_from_db()


def _postmark(delivery: Delivery, postmark: date | None, now: datetime, zone: ZoneInfo) -> date | None:
    if delivery != Delivery.POSTED:
        return None
    if postmark is None:
        raise Refused(_("请填写邮戳日期；看不清的，填收到的日期，并在备注里写明。"), field="postmark")
    if postmark > now.astimezone(zone).date():
        raise Refused(_("邮戳日期不能晚于今天。"), field="postmark")
    return postmark


def _tracking(text: str) -> str:
    if not text.strip():
        return ""
    if is_own(text):
        raise Refused(_("这是标签、回执或收件的编号，不是运单号。请扫快递面单上的条码。"), field="tracking")
    number = tracking_number(text)
    if not number:
        raise Refused(_("运单号只能是字母和数字，最多 40 个。"), field="tracking")
    return number


def _part(number: str, another: bool) -> int:
    """Which arrival of its tracking number this is, from 1."""
    standing = with_tracking(number)
    if standing is None:
        return 1
    if not another:
        words = _("运单号 %(tracking)s 已经登记过：%(number)s。没有重复登记。")
        raise Refused(words % {"tracking": number, "number": standing.arrival.number}, field="tracking")
    return Parcel.objects.filter(tracking=number, undone_at=None).count() + 1


def tally(*, actor: Actor, parcel: Parcel, contents: list[str]) -> None:
    """Say what was found in a parcel.

    Raises:
        Refused: something that the list does not know; it was undone.

    Effects: the row; `desk.tally`.
    """
    require(may_work_desk(actor))
    with audited():
        held = _held(parcel)
        if not set(contents) <= set(checklist(held.arrival.call)):
            raise Refused(_("清点表里没有这一项。"), field="contents")
        held.contents, held.tallied_at = sorted(contents), timezone.now()
        held.save(update_fields=["contents", "tallied_at"])
        record(actor=actor, action="desk.tally", of=held, payload={"contents": held.contents})
    parcel.refresh_from_db()


def undo(*, actor: Actor, parcel: Parcel) -> None:
    """Take back a parcel that was registered by mistake. Its number in the ledger stays and says so.

    Raises:
        Refused: it was undone already; the ledger has done something else with it.

    Effects: the arrival is taken back and set aside (`ledger.take_back`, `ledger.set_aside`); `desk.undo`.
    """
    require(may_work_desk(actor))
    reason = _("登记有误，已撤销")
    with audited():
        held = _held(parcel)
        if held.arrival.state == ArrivalState.ENTERED:
            ledger.take_back(actor=actor, arrival=held.arrival, reason=reason)
        ledger.set_aside(actor=actor, arrival=held.arrival, reason=reason)
        held.undone_at = timezone.now()
        held.save(update_fields=["undone_at"])
        record(actor=actor, action="desk.undo", of=held, payload={"arrival": held.arrival.number})
    parcel.refresh_from_db()


def _held(parcel: Parcel) -> Parcel:
    """The row, locked; Refused when it was undone."""
    Parcel.objects.select_for_update().get(pk=parcel.pk)  # of the row alone: what is joined may be absent
    held = Parcel.objects.select_related("arrival__call", "arrival__submission").get(pk=parcel.pk)
    if held.undone_at is not None:
        raise Refused(_("这一件已经撤销。"))
    return held


def begin_trolley(*, actor: Actor, delivery: Delivery, courier: str = "", postmark: date | None = None) -> Trolley:
    """Begin to register parcels one after the other.

    Raises:
        Refused: without a postmark where there must be one, or one from the future.

    Effects: the row; `desk.begin_trolley`.
    """
    require(may_work_desk(actor))
    assert isinstance(actor, Account)  # noqa: S101 - only an account has the permission
    day = _postmark(delivery, postmark, timezone.now(), zone_of(None))
    with audited():
        made = Trolley.objects.create(delivery=delivery, courier=courier.strip()[:50], postmark=day, begun_by=actor)
        record(actor=actor, action="desk.begin_trolley", of=made)
    return made
