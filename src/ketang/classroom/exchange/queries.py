"""Whether there is a store, who agreed to it, and how sending stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from ketang.classroom.exchange.models import Statement
from ketang.classroom.exchange.store import Store
from ketang.people.account.models import Account
from ketang.people.consent.models import Consent, Purpose


def store() -> Store | None:
    """Where statements go; None where nothing is configured, and then nothing is ever sent."""
    return Store.read(settings.XAPI) if settings.XAPI else None


def receiver() -> str:
    """Who receives them, in words: the name that was configured, and the host."""
    found = store()
    if found is None:
        return ""
    return f"{settings.XAPI_NAME}（{found.host}）" if settings.XAPI_NAME else found.host


def consent_text() -> str:
    """What a learner agrees to; it names the receiver, so that a consent to one is none to another."""
    return _(
        "把我的考试成绩、学完的课和证书编号发给“%(receiver)s”的学习记录库，用来记录我的学习。"
        "只发一个没有含义的编号，不发姓名、登录名、电话和邮箱，也不发显示设置。不同意，不影响学习和考试。"
        "可以随时取消，取消以后不再发送；已经发出的，请向对方要求删除。"
    ) % {"receiver": receiver()}


def consents() -> QuerySet[Consent]:
    """Standing consents to the store of now."""
    found = store()
    if found is None:
        return Consent.objects.none()
    return Consent.objects.filter(text__purpose=Purpose.EXCHANGE, withdrawn_at=None, text__text__contains=found.host)


def agrees(account: Account) -> bool:
    """Whether a learner agreed to the store of now."""
    return consents().filter(account=account).exists()


@dataclass(frozen=True, slots=True)
class State:
    """How sending stands: statements that wait, were sent, were refused; when one was sent last; learners who agreed."""

    waiting: int
    sent: int
    refused: int
    last: datetime | None
    agreed: int


def state() -> State:
    """Now. Two queries."""
    told = Statement.objects.aggregate(
        waiting=Count("pk", filter=Q(sent_at=None, refused="")), sent=Count("sent_at"),
        refused=Count("pk", filter=~Q(refused="")), last=Max("sent_at"),
    )  # fmt: skip
    return State(**told, agreed=consents().values("account").distinct().count())


def refused_ones(most: int = 20) -> Sequence[Statement]:
    """What the store refused, the latest first."""
    return list(Statement.objects.exclude(refused="").order_by("-made_at", "-pk")[:most])
