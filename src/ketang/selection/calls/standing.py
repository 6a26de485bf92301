"""How a call stands at a moment: its state and its two dates read together, in one place for pages, lists and refusals."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """What a call is to somebody who would answer it. `CallState` is what the office did; the dates do the rest."""

    DRAFT = "draft", _("草稿")
    COMING = "coming", _("即将开始")
    OPEN = "open", _("征集中")
    CLOSED = "closed", _("已截止")
    IN_REVIEW = "in-review", _("评审中")
    DECIDED = "decided", _("已公布结果")
    ARCHIVED = "archived", _("已归档")


PUBLISHED = "published"
"""The one state that the dates divide: coming, open, over."""


def standing_of(state: str, *, opens_at: datetime | None, closes_at: datetime, at: datetime) -> Standing:
    """How a call of this state and these dates stands at a moment. Both dates themselves are within.

    Args:
        state: a `CallState`.
        opens_at: the first moment, aware; None for as soon as it is published.
        closes_at: the last moment, aware.
        at: the moment, aware.
    """
    if state != PUBLISHED:
        return Standing(state)
    if at > closes_at:
        return Standing.CLOSED
    return Standing.COMING if opens_at is not None and at < opens_at else Standing.OPEN


def standing_is(standing: Standing, *, at: datetime) -> Q:
    """The same as a filter of rows: calls that stand so at a moment."""
    published, over = Q(state=PUBLISHED), Q(closes_at__lt=at)
    if standing == Standing.OPEN:
        return published & ~over & (Q(opens_at=None) | Q(opens_at__lte=at))
    if standing == Standing.COMING:
        return published & ~over & Q(opens_at__gt=at)
    if standing == Standing.CLOSED:
        return Q(state=standing.value) | (published & over)
    return Q(state=standing.value)
