"""Platforms and how they stand; who came from where, and whether they agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ketang.classroom.lti.models import LOGIN_BEGINS, Grade, Guest, Platform, ToolKey
from ketang.people.account.models import Account
from ketang.people.consent.models import Consent, Purpose


@dataclass(frozen=True, slots=True)
class Ours:
    """What the administrator of the other platform enters there: addresses of ours."""

    login: str
    launch: str
    keys: str
    host: str


def ours() -> Ours:
    """Ours, absolute."""
    origin = settings.LETTER_ORIGIN
    login, launch, keys = (f"{origin}{reverse(name)}" for name in ("lti-login", "lti-launch", "lti-keys"))
    return Ours(login, launch, keys, origin.split("://")[1])


def platforms() -> QuerySet[Platform]:
    """Every platform by name, with `people` and how its marks stand: `waiting`, `sent`, `refusals`, `last`."""
    of = "links__grades"
    waits = Q(**{f"{of}__waits": True})
    return Platform.objects.annotate(
        people=Count("guests", distinct=True), waiting=Count(of, filter=waits, distinct=True),
        sent=Count(of, filter=Q(**{f"{of}__sent_at__isnull": False}), distinct=True),
        refusals=Count(of, filter=Q(**{f"{of}__pk__isnull": False}) & ~Q(**{f"{of}__refused": ""}), distinct=True),
        last=Max(f"{of}__sent_at"),
    ).order_by("name", "pk")  # fmt: skip


def refused_of(platform: Platform, most: int = 20) -> Sequence[Grade]:
    """Marks that a platform refused, the latest first."""
    found = Grade.objects.filter(link__platform=platform).exclude(refused="").select_related("link__course", "guest")
    return list(found.order_by("-at", "-pk")[:most])


def key_since() -> datetime | None:
    """Since when our key signs; None before it was needed."""
    return ToolKey.objects.filter(signs=True).values_list("made_at", flat=True).first()


def guest_of(platform: Platform, sub: str) -> Guest | None:
    """Who a platform's person is here; None before they came first."""
    return Guest.objects.select_related("account").filter(platform=platform, sub=sub).first()


def came_from(account: Account) -> Guest | None:
    """Where somebody came from; None for who has an account of this site. No query for almost all of them."""
    if not account.login.startswith(LOGIN_BEGINS):
        return None
    return Guest.objects.select_related("platform").filter(account=account).first()


def consent_text(platform: Platform) -> str:
    """What a learner agrees to; it names the receiver, so that a consent to one is none to another."""
    return _(
        "把我从“%(receiver)s”打开的课程的考试成绩（每门课最好的一次，百分制）送回这个学习平台。以前考过的也会送，改判以后送新的。"
        "不送答案、学习记录和显示设置。不同意，不影响学习和考试。"
        "可以随时取消，取消以后不再送；已经送出的，请向对方要求删除。"
    ) % {"receiver": platform.shown}


def consents(platform: Platform) -> QuerySet[Consent]:
    """Standing consents to a platform as it is now."""
    standing = Consent.objects.filter(text__purpose=Purpose.PLATFORM, withdrawn_at=None)
    return standing.filter(text__text__contains=f"（{platform.host}）")


def agrees(guest: Guest) -> bool:
    """Whether somebody's marks go back to their platform."""
    return consents(guest.platform).filter(account=guest.account_id).exists()


def grades_of(guest: Guest) -> Sequence[Grade]:
    """Somebody's marks for the platform, by course."""
    return list(guest.grades.select_related("link__course").order_by("link__course__title", "pk"))
