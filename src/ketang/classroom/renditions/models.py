"""What was made of a source, once for each recipe: another course with the same film finds it made."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.platform.storage.models import StoredFile
from ketang.selection.calls.models import in_language


class Purpose(models.TextChoices):
    """What a source is for."""

    LESSON = "lesson", _("课")
    SIGN = "sign", _("手语")


class ConversionState(models.TextChoices):
    """How far it has come."""

    WAITING = "waiting", _("等待转换")
    MAKING = "making", _("正在转换")
    DONE = "done", _("已转换")
    FAILED = "failed", _("转换没有成功")


class Conversion(models.Model):
    """One source and one recipe: what is to be made, or was, or why not.

    `message` tells the office what is wrong with the source, also where something could be made of it. `lufs` and `peak` are
    those of the source, `gain_db` what was added to them. `lane` is the place in the queue that works on it.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("原文件"))
    purpose = models.CharField(_("用途"), max_length=6, choices=Purpose)
    recipe = models.CharField(_("转换方法"), max_length=40)
    state = models.CharField(_("状态"), max_length=7, choices=ConversionState, default=ConversionState.WAITING)
    lane = models.PositiveSmallIntegerField(null=True, editable=False)
    message: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("说明"), default=dict, blank=True)
    seconds = models.DecimalField(_("时长（秒）"), max_digits=12, decimal_places=3, default=0)
    lufs = models.FloatField(_("原响度（LUFS）"), null=True, blank=True)
    peak = models.FloatField(_("原真峰值（dBTP）"), null=True, blank=True)
    gain_db = models.FloatField(_("响度调整（分贝）"), default=0.0)
    asked_at = models.DateTimeField(_("提出时间"), default=timezone.now)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("音视频转换")
        verbose_name_plural = _("音视频转换")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "purpose", "recipe"], name="conversion_once_a_recipe"),
            models.UniqueConstraint(fields=["lane"], condition=Q(state="making"), name="one_conversion_a_lane"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="conversions_waiting")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.recipe}"

    @property
    def why(self) -> str:
        """What is wrong with the source, in the reader's language; empty where nothing is."""
        return in_language(self.message) if self.message else ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in (ConversionState.DONE, ConversionState.FAILED)


class Rendition(models.Model):
    """One file that was made: `name` is `720p`, `480p`, `audio`, or `sheet` for the contact sheet."""

    of = models.ForeignKey(Conversion, models.CASCADE, related_name="renditions")
    name = models.CharField(_("名称"), max_length=10)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    content_type = models.CharField(_("媒体类型"), max_length=60)
    width = models.PositiveIntegerField(_("宽"), default=0)
    height = models.PositiveIntegerField(_("高"), default=0)

    class Meta:
        verbose_name = _("转换成的文件")
        verbose_name_plural = _("转换成的文件")
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "name"], name="rendition_name_once")]

    def __str__(self) -> str:
        return self.name
