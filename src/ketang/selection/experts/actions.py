"""The pool of experts: taking in, changing, leaving and coming back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.experts.details import Details, details_of, put_into, sound
from ketang.selection.experts.models import Expert
from ketang.selection.experts.permissions import may_keep_experts
from ketang.selection.experts.recomputing import look_again_for


def add(*, actor: Actor, details: Details) -> Expert:
    """Take somebody into the pool.

    Raises:
        Refused: as `details.sound`; somebody of that address, or of that name and unit, is in the pool.

    Effects: the row; `experts.add` (without what is personal).
    """
    require(may_keep_experts(actor))
    made = Expert(added_by=actor if isinstance(actor, Account) else None)
    whole = sound(details)
    put_into(made, whole)
    with audited():
        _refuse_double(made, whole)
        made.save()
        record(actor=actor, action="experts.add", of=made)
    return made


def change(*, actor: Actor, expert: Expert, details: Details) -> None:
    """Change what is known of an expert.

    Raises:
        Refused: as `add`.

    Effects: the row; `experts.change` with the names of what changed; conflicts are looked for again where it matters to them.
    """
    require(may_keep_experts(actor))
    whole = sound(details)
    with audited():
        held = Expert.objects.select_for_update().get(pk=expert.pk)
        before = details_of(held)
        changed = [name for name in Details.__dataclass_fields__ if getattr(before, name) != getattr(whole, name)]
        if changed:
            put_into(held, whole)
            _refuse_double(held, whole)
            held.save()
            record(actor=actor, action="experts.change", of=held, payload={"changed": changed})
            if {"name", "unit", "mail", "phone", "relations"} & set(changed):
                look_again_for(held)
    expert.refresh_from_db()


def leave(*, actor: Actor, expert: Expert, reason: str) -> None:
    """Take an expert out of the pool.

    Raises:
        Refused: without a reason; a seat on a panel is still taken.

    Effects: the row; `experts.leave`. Nothing when the expert left before.
    """
    require(may_keep_experts(actor))
    if not reason.strip():
        raise Refused(_("请写明出库的理由。"), field="reason")
    with audited():
        held = Expert.objects.select_for_update().get(pk=expert.pk)
        if seat := held.seats.filter(left_at=None).select_related("call").first():
            told = _("还在“%(title)s”的评审组里，请先在那里办理退出。")
            raise Refused(told % {"title": seat.call.title}, field="reason")
        if held.left_at is None:
            held.left_at, held.left_because = timezone.now(), reason.strip()[:500]
            held.save(update_fields=["left_at", "left_because"])
            record(actor=actor, action="experts.leave", of=held, payload={"reason": held.left_because})
    expert.refresh_from_db()


def come_back(*, actor: Actor, expert: Expert) -> None:
    """Take an expert who left into the pool again.

    Raises:
        Refused: somebody of that address, or of that name and unit, is in it.

    Effects: the row; `experts.come_back`.
    """
    require(may_keep_experts(actor))
    with audited():
        held = Expert.objects.select_for_update().get(pk=expert.pk)
        if held.left_at is not None:
            _refuse_double(held, details_of(held))
            held.left_at, held.left_because = None, ""
            held.save(update_fields=["left_at", "left_because"])
            record(actor=actor, action="experts.come_back", of=held)
    expert.refresh_from_db()


def _refuse_double(expert: Expert, details: Details) -> None:
    others = Expert.objects.filter(left_at=None).exclude(pk=expert.pk)
    if details.mail and others.filter(mail__iexact=details.mail).exists():
        raise Refused(_("专家库里已有人用这个邮箱。"), field="mail")
    if others.filter(name=details.name, unit=details.unit).exists():
        raise Refused(_("专家库里已有这个单位的同名专家。"), field="name")
