"""What was published of a course's use."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Course


class UsageRow(models.Model):
    """One publication of a course's figures (`releasing.py`), with 学时 in milliseconds at the same moment. Rows are only added."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="usage")
    learners = models.PositiveIntegerField(_("学习人数"))
    agreed = models.PositiveIntegerField(_("同意计入设置统计的人数"), null=True)
    needs: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(_("按设置"), default=dict)
    counted_ms = models.PositiveBigIntegerField(_("学习时长（毫秒）"), default=0)
    is_latest = models.BooleanField(default=True)
    released_at = models.DateTimeField(_("统计时间"), default=timezone.now)

    class Meta:
        verbose_name = _("课程使用统计")
        verbose_name_plural = _("课程使用统计")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course"], condition=models.Q(is_latest=True), name="one_latest_usage")
        ]
        indexes: ClassVar = [models.Index(fields=["is_latest", "-learners"], name="usage_by_learners")]

    def __str__(self) -> str:
        return str(self.course_id)
