"""Work that was handed in for a task sheet: words, photographs, recordings; and a tutor's mark."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course, Lesson
from ketang.platform.storage.models import StoredFile


class Mark(models.TextChoices):
    """How a piece of work stands. Nobody fails: it is good, or it is done again."""

    SENT = "sent", _("等老师看")
    PASSED = "passed", _("通过")
    AGAIN = "again", _("再做一次")


class Work(models.Model):
    """What somebody handed in for a task sheet (`thread`, over its editions), for the `number`th time.

    `seen_at` is when the learner first saw the mark.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="works")
    course = models.ForeignKey(Course, models.CASCADE, related_name="works")
    thread = models.UUIDField(editable=False)
    lesson = models.ForeignKey(Lesson, models.SET_NULL, null=True, related_name="+")
    number = models.PositiveIntegerField(_("第几次"))
    words = models.TextField(_("说明"), blank=True)
    sent_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    mark = models.CharField(_("评定"), max_length=6, choices=Mark, default=Mark.SENT)
    comment = models.TextField(_("评语"), blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField(_("评定时间"), null=True, blank=True)
    seen_at = models.DateTimeField(_("本人看到的时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("实操作业")
        verbose_name_plural = _("实操作业")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "course", "thread", "number"], name="work_number_once"),
            models.UniqueConstraint(
                fields=["account", "course", "thread"], condition=Q(mark="sent"), name="one_work_waits"
            ),
            models.CheckConstraint(
                condition=Q(mark="sent", marked_at=None) | (~Q(mark="sent") & Q(marked_at__isnull=False)),
                name="work_marked_at_some_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["mark", "sent_at", "id"], name="work_waiting")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has marked it."""
        return self.mark == Mark.SENT


class WorkFile(models.Model):
    """A photograph, drawn anew from its pixels (`small` is for lists), or a recording as it came."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    work = models.ForeignKey(Work, models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    small = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    content_type = models.CharField(_("类型"), max_length=40)

    class Meta:
        verbose_name = _("作业里的文件")
        verbose_name_plural = _("作业里的文件")
        ordering: ClassVar = ["work", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "number"], name="work_file_number_once")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_photograph(self) -> bool:
        """Whether it is seen, not heard."""
        return self.content_type == "image/jpeg"
