"""Agreeing, taking that back, sending, and sending again."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.classroom.exchange.collecting import collect
from ketang.classroom.exchange.models import Statement
from ketang.classroom.exchange.permissions import may_keep_exchange
from ketang.classroom.exchange.queries import consent_text, consents, store
from ketang.classroom.exchange.store import Store
from ketang.people.account.models import Account
from ketang.people.consent.actions import give_consent, withdraw_consent
from ketang.people.consent.models import Purpose
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused

PIECE = 25
"""Statements of one request."""


def agree(*, account: Account, language: str, agreed: bool) -> None:
    """Say whether one's results go to the store of now. Taking it back deletes what still waits.

    Raises:
        Refused: there is none.

    Effects: the consent; rows; `people.give_consent` or `people.withdraw_consent`.
    """
    if store() is None and agreed:
        raise Refused(_("没有设置外部的学习记录库。"))
    with audited():
        if agreed:
            give_consent(account=account, purpose=Purpose.EXCHANGE, language=language, text=consent_text())
        else:
            withdraw_consent(account=account, purpose=Purpose.EXCHANGE)
            Statement.objects.filter(account=account, sent_at=None).delete()


def send_piece() -> int | None:
    """Collect what is new, and send some of what waits. Gives how many are done with; None when nothing waits.

    Only of learners whose consent stands at this moment. Killed after the store has taken them, they are sent again under the
    same identities, and the store keeps them once.

    Raises:
        Unreachable: as `Store.send`.

    Effects: rows.
    """
    to = store()
    if to is None:
        return None
    collect()
    found = Statement.objects.filter(sent_at=None, refused="", account__in=consents().values("account"))
    waiting = list(found.order_by("pk")[:PIECE])
    if not waiting:
        return None
    for one in [waiting] if not _send(to, waiting) else [[single] for single in waiting]:
        _note(one, "" if one is waiting else _send(to, one))
    return len(waiting)


def _send(to: Store, statements: list[Statement]) -> str:
    said = to.send([one.body for one in statements])
    # 409: it stands there under this identity; what we send under one identity never changes.
    return "" if len(statements) == 1 and said.startswith("409 ") else said


def _note(statements: list[Statement], refused: str) -> None:
    keys = [one.pk for one in statements]
    told = {"refused": refused} if refused else {"sent_at": timezone.now()}
    Statement.objects.filter(pk__in=keys).update(**told)


def send_again(*, actor: Actor) -> int:
    """What was refused waits again. Gives how many. Effects: rows; `exchange.send_again`."""
    require(may_keep_exchange(actor))
    with audited():
        again = list(Statement.objects.exclude(refused=""))
        for one in again:
            record(actor=actor, action="exchange.send_again", of=one, payload={"refused": one.refused})
        Statement.objects.filter(pk__in=[one.pk for one in again]).update(refused="")
    return len(again)
