"""Writing calls. Every action is one audited transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.calls.callfile import CallFile
from ketang.selection.calls.models import Call, CallState
from ketang.selection.calls.permissions import may_edit_calls, may_publish_calls

_terms_changed: list[Callable[[Call], None]] = []


def on_terms_changed(act: Callable[[Call], None]) -> None:
    """Have `act` called when the deadline or the days of grace of a call changed, inside the transaction."""
    if act not in _terms_changed:
        _terms_changed.append(act)


_moved: list[Callable[[Call], None]] = []


def on_moved(act: Callable[[Call], None]) -> None:
    """Have `act` called whenever a call came into a state, inside the transaction."""
    if act not in _moved:
        _moved.append(act)


def create(*, file: CallFile, actor: Actor) -> Call:
    """A draft of the call.

    Raises:
        Refused: the address name is taken.

    Effects: the row; `calls.create`.
    """
    require(may_edit_calls(actor))
    with audited():
        if Call.objects.filter(slug=file.id).exists():
            raise Refused(_("网址名“%(slug)s”已被另一个征集使用，请换一个。") % {"slug": file.id}, field="id")
        call = Call(slug=file.id, **_columns(file))
        call.save()
        record(actor=actor, action="calls.create", of=call, payload={"title": file.title.zh, "closes": file.closes})
    return call


def edit(*, call: Call, file: CallFile, actor: Actor) -> Call:
    """Put other content into the call.

    A published call keeps its address and its rulebooks, which suppliers have been told, and its deadline may only move
    back, its days of grace only grow: nobody may be late by an edit.

    Raises:
        Refused: what may not be changed in this state was changed.

    Effects: the row; `calls.edit` with the names of the changed fields.
    """
    require(may_edit_calls(actor))
    with audited():
        held = Call.objects.select_for_update().get(pk=call.pk)
        if held.state == CallState.ARCHIVED:
            raise Refused(_("这个征集已归档，不能再修改。"))
        before = held.content
        if held.state != CallState.DRAFT:
            _keep_what_was_promised(before, file)
        elif file.id != held.slug and Call.objects.filter(slug=file.id).exists():
            raise Refused(_("网址名“%(slug)s”已被另一个征集使用，请换一个。") % {"slug": file.id})
        changed = [name for name in CallFile.model_fields if getattr(before, name) != getattr(file, name)]
        if changed:
            for name, value in {"slug": file.id, **_columns(file)}.items():
                setattr(held, name, value)
            held.save()
            record(actor=actor, action="calls.edit", of=held, payload={"changed": changed})
            if {"closes", "time_zone", "grace_days"} & set(changed):
                for act in _terms_changed:
                    act(held)
    held.__dict__.pop("content", None)
    return held


def clone(*, call: Call, slug: str, actor: Actor) -> Call:
    """A draft with the call's content under another address name.

    Raises:
        Refused: the address name is taken.

    Effects: as `create`.
    """
    return create(file=call.content.model_copy(update={"id": slug}), actor=actor)


def publish(*, call: Call, actor: Actor, at: datetime | None = None) -> Call:
    """Open the call to the public; a closed one is published again with its extended deadline.

    Raises:
        Refused: the deadline has passed, or the call is not in a state to be published.
    """
    now = at or timezone.now()
    if call.closes_at <= now:
        raise Refused(_("截止时间已过。请先修改截止时间，再发布。"))
    return _move(call, CallState.PUBLISHED, actor, published_at=call.published_at or now)


def close(*, call: Call, actor: Actor) -> Call:
    """No more packages are taken as in time."""
    return _move(call, CallState.CLOSED, actor)


def start_review(*, call: Call, actor: Actor) -> Call:
    """The experts begin."""
    return _move(call, CallState.IN_REVIEW, actor)


def decide(*, call: Call, actor: Actor) -> Call:
    """The result is public."""
    return _move(call, CallState.DECIDED, actor)


def archive(*, call: Call, actor: Actor) -> Call:
    """Out of sight, for good; everything stays readable to the office."""
    return _move(call, CallState.ARCHIVED, actor)


def _move(call: Call, state: CallState, actor: Actor, **columns: Any) -> Call:
    """Go to a state.

    Raises:
        Refused: the transition table has no such step.

    Effects: the row; `calls.<state>`.
    """
    require(may_publish_calls(actor))
    with audited():
        held = Call.objects.select_for_update().get(pk=call.pk)
        if not held.may_become(state):
            words = {"now": held.get_state_display(), "then": state.label}
            raise Refused(_("征集现在是“%(now)s”，不能改为“%(then)s”。") % words)
        held.state = state
        for name, value in columns.items():
            setattr(held, name, value)
        held.save(update_fields=["state", *columns])
        record(actor=actor, action=f"calls.{state.value}", of=held)
        for act in _moved:
            act(held)
    return held


def _keep_what_was_promised(before: CallFile, after: CallFile) -> None:
    if after.id != before.id:
        raise Refused(_("征集已经发布，网址名不能再改。"))
    if after.rulebooks != before.rulebooks:
        raise Refused(_("征集已经发布，检查依据不能再改；需要时请另建一个征集。"))
    if after.closes_at < before.closes_at:
        raise Refused(_("征集已经发布，截止时间只能延后，不能提前。"))
    if after.grace_days < before.grace_days:
        raise Refused(_("征集已经发布，另一件可以晚到的天数只能增加，不能减少。"))


def _columns(file: CallFile) -> dict[str, Any]:
    return {"file": file.model_dump(mode="json"), "opens_at": file.opens_at, "closes_at": file.closes_at}
