"""The call's row: its file, its state, and the columns that lists need."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.callfile import CallFile, validated
from ketang.selection.calls.standing import Standing, standing_of


class CallState(models.TextChoices):
    """Where a call stands."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("征集中")
    CLOSED = "closed", _("已截止")
    IN_REVIEW = "in-review", _("评审中")
    DECIDED = "decided", _("已公布结果")
    ARCHIVED = "archived", _("已归档")


NEXT: dict[CallState, frozenset[CallState]] = {
    CallState.DRAFT: frozenset({CallState.PUBLISHED, CallState.ARCHIVED}),
    CallState.PUBLISHED: frozenset({CallState.CLOSED}),
    CallState.CLOSED: frozenset({CallState.PUBLISHED, CallState.IN_REVIEW, CallState.ARCHIVED}),
    CallState.IN_REVIEW: frozenset({CallState.DECIDED, CallState.CLOSED}),
    CallState.DECIDED: frozenset({CallState.ARCHIVED}),
    CallState.ARCHIVED: frozenset(),
}
"""From each state, the states it may go to. Closed goes back to published when the office extends the deadline."""


class Call(models.Model):
    """One call for courses.

    `file` is the whole call as `CallFile`; the other columns repeat what lists and deadlines ask of it.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("网址名"), max_length=60, unique=True)
    state = models.CharField(_("状态"), max_length=12, choices=CallState, default=CallState.DRAFT)
    file: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("内容"))
    opens_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    closes_at = models.DateTimeField(_("截止时间"))
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("征集")
        verbose_name_plural = _("征集")
        ordering = ("-closes_at", "-id")
        indexes = (models.Index(fields=("state", "-closes_at"), name="call_state_closes"),)

    def __str__(self) -> str:
        return self.title

    @cached_property
    def content(self) -> CallFile:
        """The call's file."""
        return validated(self.file)

    @property
    def title(self) -> str:
        """Its title in the reader's language, without reading the whole file."""
        return in_language(self.file["title"])

    @property
    def apart(self) -> str:
        """What tells it from another call of the same title: who holds it, the year in which it closes, its address name."""
        return " · ".join(
            (in_language(self.file["organiser"]), f"{self.closes_at.astimezone(self.zone).year}", self.slug)
        )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its dates."""
        return ZoneInfo(self.file["time_zone"])

    def standing(self, at: datetime | None = None) -> Standing:
        """How it stands at a moment, which is now without one."""
        moment = at or timezone.now()
        return standing_of(self.state, opens_at=self.opens_at, closes_at=self.closes_at, at=moment)

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether packages are taken as in time."""
        return self.standing(at) == Standing.OPEN

    def is_coming(self, at: datetime | None = None) -> bool:
        """Whether it is published and does not take packages yet."""
        return self.standing(at) == Standing.COMING

    @property
    def opens_there(self) -> str:
        """When it opens, as clocks of its time zone show it: `2026-03-02 09:00`; empty without a date."""
        return self._clock(self.opens_at) if self.opens_at is not None else ""

    @property
    def closes_there(self) -> str:
        """When it closes, by the same clocks."""
        return self._clock(self.closes_at)

    def _clock(self, at: datetime) -> str:
        return at.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")

    def days_until(self, at: datetime) -> int:
        """Days of its calendar from today to a moment's day: 0 for today."""
        return (at.astimezone(self.zone).date() - timezone.now().astimezone(self.zone).date()).days

    def may_become(self, state: CallState) -> bool:
        """Whether the transition table allows it."""
        return state in NEXT[CallState(self.state)]


def in_language(words: dict[str, str]) -> str:
    """The English words for an English reader where there are any; the Chinese otherwise."""
    wants_english = (get_language() or "").startswith("en")
    return (words.get("en") if wants_english else "") or words["zh"]
