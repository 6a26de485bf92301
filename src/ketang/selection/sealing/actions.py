"""Sealing the list of a call: by a person, or by the job at its deadline. The same list is sealed once."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.audit.models import AuditHead
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.platform.signing.actions import signing_key
from ketang.platform.storage.actions import put_bytes
from ketang.selection.calls.models import Call, CallState
from ketang.selection.intake.timeliness import grace_ends
from ketang.selection.sealing.listing import listed, local
from ketang.selection.sealing.models import SealedList
from ketang.selection.sealing.permissions import may_seal

SETTLING = timedelta(minutes=15)
"""After a deadline: what was sent in its last minute is put together and registered before the list is sealed."""


def seal(*, actor: Actor | str, call: Call) -> tuple[SealedList, bool]:
    """Seal what has arrived for a call.

    Returns:
        The newest list, and whether it is new: the same content is not sealed again.

    Raises:
        Refused: before the deadline, while the call is open; a draft; there is no key on this machine.

    Effects: the signed file in the store; its row, which names the list before it; `sealing.seal`.
    """
    require(actor == SYSTEM or (not isinstance(actor, str) and may_seal(actor)))
    with audited():
        # The first key is made in here too: whoever comes second waits for the call's row and finds it.
        held = Call.objects.select_for_update().get(pk=call.pk)
        if (why := why_not_yet(held)) is not None:
            raise Refused(why)
        return _sealed(held, actor)


def why_not_yet(call: Call) -> str | None:
    """Why its list cannot be sealed now, in words; None when it can."""
    if call.state in (CallState.DRAFT, CallState.ARCHIVED):
        return _("这个征集现在没有名单可以封存。")
    if call.state == CallState.PUBLISHED and timezone.now() <= call.closes_at:
        return _("截止时间还没有到，名单还会变。截止以后再封存。")
    return None


def plan(call: Call) -> None:
    """Have the list sealed by itself: soon after the deadline, again once the days of grace are over, at once when the office closes the call.

    Effects: jobs `sealing.seal`.
    """
    if call.state == CallState.CLOSED:
        enqueue("sealing.seal", call=str(call.uuid))
    elif call.state == CallState.PUBLISHED:
        for at in _moments(call):
            key = f"sealing.seal:{call.uuid}:{at:%Y%m%d%H%M%S}"
            enqueue("sealing.seal", key=key, not_before=at + SETTLING, call=str(call.uuid))


def _moments(call: Call) -> list[datetime]:
    days = int(call.file.get("grace_days", 0))
    return [call.closes_at, grace_ends(call.closes_at, days, call.zone)] if days else [call.closes_at]


def _sealed(held: Call, actor: Actor | str) -> tuple[SealedList, bool]:
    from kebao.seal.keys import fingerprint
    from kebao.seal.sealing import seal as sign
    from kebao.seal.snapshot import AuditHead as Anchor
    from kebao.seal.snapshot import Call as SealedCall
    from kebao.seal.snapshot import Former, canonical

    arrivals, title, zone = listed(held), held.file["title"]["zh"], str(held.file["time_zone"])
    of = SealedCall(
        id=held.slug, title=title, organiser=held.file["organiser"]["zh"], closes_at=local(held, held.closes_at),
        time_zone=zone,
    )  # fmt: skip
    parts = [of.model_dump(mode="json"), [one.model_dump(mode="json") for one in arrivals]]
    content = hashlib.sha256(canonical(parts)).hexdigest()
    before = SealedList.objects.filter(call=held).order_by("-number").first()
    if before is not None and before.content == content:
        return before, False
    key, now = signing_key(), timezone.now()
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    number = 1 if before is None else before.number + 1
    data = sign(
        call=of, number=number, made_at=now.astimezone(held.zone), arrivals=arrivals, key=key,
        audit_head=Anchor(number=head.number, digest=head.digest),
        former=None if before is None else Former(number=before.number, sha256=before.digest),
    )  # fmt: skip
    made = SealedList.objects.create(
        call=held, number=number, made_at=now, made_by=actor if isinstance(actor, Account) else None,
        digest=put_bytes(data).digest, content=content, fingerprint=fingerprint(key.public_key()), count=len(arrivals),
    )  # fmt: skip
    payload = {"number": number, "digest": made.digest, "count": made.count, "fingerprint": made.fingerprint}
    record(actor=actor, action="sealing.seal", of=held, payload=payload)
    return made, True
