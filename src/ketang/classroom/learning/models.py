"""What is kept of somebody's studying: as little as counting needs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course, Lesson


class Study(models.Model):
    """Somebody who studies: `claims` are `[release, work]` of the last half day (`attention.py`), after which they are forgotten.

    Its row is locked while a report of theirs is counted.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="study")
    claims: models.JSONField[list[list[int]], list[list[int]]] = models.JSONField(default=list)

    class Meta:
        verbose_name = _("学习者")
        verbose_name_plural = _("学习者")

    def __str__(self) -> str:
        return str(self.account_id)


class Sitting(models.Model):
    """One page that reported: the last number that is known of it. Kept as long as its ticket is good."""

    uuid = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    last = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("一次打开")
        verbose_name_plural = _("一次打开")

    def __str__(self) -> str:
        return str(self.uuid)


class HowFinished(models.TextChoices):
    """Why a lesson is finished."""

    COUNTED = "counted", _("学满时长")
    SAID = "said", _("本人确认学完")


class Progress(models.Model):
    """What somebody has done of a lesson, over every edition of its course (`thread`).

    `watched` are stretches `[start, end]` of the medium, `read_ms` the time with its text. `counted_ms` and `by_class` are
    what of it counts, by the edition that was studied last; `place_ms` is where it was left.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="progress")
    course = models.ForeignKey(Course, models.CASCADE, related_name="progress")
    thread = models.UUIDField(editable=False)
    lesson = models.ForeignKey(Lesson, models.SET_NULL, null=True, related_name="+")
    watched: models.JSONField[list[list[int]], list[list[int]]] = models.JSONField(default=list)
    read_ms = models.PositiveBigIntegerField(default=0)
    counted_ms = models.PositiveBigIntegerField(_("计入的时长（毫秒）"), default=0)
    by_class: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    place_ms = models.PositiveBigIntegerField(default=0)
    began_at = models.DateTimeField(_("开始学习"), default=timezone.now)
    studied_at = models.DateTimeField(_("最近学习"), default=timezone.now)
    finished_at = models.DateTimeField(_("学完"), null=True, blank=True)
    finished_how = models.CharField(_("怎样学完"), max_length=10, choices=HowFinished, blank=True)

    class Meta:
        verbose_name = _("学习进度")
        verbose_name_plural = _("学习进度")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "course", "thread"], name="one_progress_a_lesson"),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_how="") | (Q(finished_at__isnull=False) & ~Q(finished_how="")),
                name="finished_somehow",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-studied_at"], name="progress_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.thread}"
