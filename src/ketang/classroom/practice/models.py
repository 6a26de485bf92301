"""Answers of practice. The book of wrong answers is worked out from them and from exams, and kept nowhere."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.models import Question


class Tried(models.Model):
    """What somebody chose of a question while practising. Only added; whether it is right is asked of the key of now."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tried")
    course = models.ForeignKey(Course, models.CASCADE, related_name="tried")
    question = models.ForeignKey(Question, models.CASCADE, related_name="tried")
    chosen: models.JSONField[list[str], list[str]] = models.JSONField(_("选的"), default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("练习记录")
        verbose_name_plural = _("练习记录")
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(chosen=[]), name="tried_with_an_answer")]
        indexes: ClassVar = [models.Index(fields=["account", "course", "id"], name="tried_of_account")]

    def __str__(self) -> str:
        return str(self.uuid)
