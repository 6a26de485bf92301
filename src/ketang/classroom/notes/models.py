"""Notes on lessons."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kebao.model.location import clock
from ketang.classroom.catalogue.models import Course, Lesson


class Note(models.Model):
    """What somebody wrote for themselves on a lesson (`thread`, over its editions), at a moment of its medium or at none.

    `lesson` is the row it was written on, for its title when the lesson is gone.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes")
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    thread = models.UUIDField(editable=False)
    lesson = models.ForeignKey(Lesson, models.SET_NULL, null=True, related_name="+")
    at_ms = models.PositiveBigIntegerField(_("视频里的时间（毫秒）"), null=True, blank=True)
    words = models.TextField(_("笔记"))
    made_at = models.DateTimeField(_("写下的时间"), default=timezone.now)
    changed_at = models.DateTimeField(_("修改的时间"), default=timezone.now)

    class Meta:
        verbose_name = _("笔记")
        verbose_name_plural = _("笔记")
        indexes: ClassVar = [models.Index(fields=["account", "course", "thread"], name="notes_of_account")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def at(self) -> str:
        """Its moment as a person reads it; empty for none."""
        return clock(Fraction(self.at_ms // 1000)) if self.at_ms is not None else ""

    @property
    def at_seconds(self) -> int:
        """The same in seconds."""
        return (self.at_ms or 0) // 1000
