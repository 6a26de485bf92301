"""A check of one version, or of what a visitor tries (试检), and where its report lies."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.platform.storage.models import StoredFile
from ketang.selection.calls.models import in_language
from ketang.selection.intake.models import Submission, Version


class CheckState(models.TextChoices):
    """How far a check has come."""

    WAITING = "waiting", _("等待检查")
    MEASURING = "measuring", _("正在测量声音和画面")
    DONE = "done", _("检查完成")
    FAILED = "failed", _("没有完成")


class Check(models.Model):
    """One check: of a `version`, or with `owner` of a trial that is kept until `expires_at`; a trial of a draft names the submission, `draft_of`, and what was filled in then, `form`; its `digest` is empty until its files are put together. `report` is the digest of its newest report: of the structure alone while media are measured, then of all; `early_report` stays that of the structure alone.

    `verdict` is the report's word (`failed`, `review`, `passed`); the counts are those of its verdict.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        Version, models.CASCADE, related_name="checks", verbose_name=_("版本"), null=True, blank=True
    )
    draft_of = models.ForeignKey(
        Submission, models.CASCADE, related_name="draft_checks", verbose_name=_("草稿"), null=True, blank=True
    )
    form: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("填写的内容"), default=dict, blank=True)
    owner = models.CharField(_("试检人"), max_length=80, blank=True, db_index=True)
    name = models.CharField(_("文件名"), max_length=255)
    digest = models.CharField(_("校验值"), max_length=64, blank=True)
    expires_at = models.DateTimeField(_("保留至"), null=True, blank=True, db_index=True)
    rulebooks: models.JSONField[list[Any], list[Any]] = models.JSONField(_("规则册"), default=list)
    state = models.CharField(_("状态"), max_length=10, choices=CheckState, default=CheckState.WAITING)
    media = models.PositiveIntegerField(_("音视频个数"), default=0)
    report = models.CharField(_("报告校验值"), max_length=64, blank=True)
    early_report = models.CharField(max_length=64, blank=True, editable=False)
    verdict = models.CharField(_("结论"), max_length=10, blank=True)
    errors = models.PositiveIntegerField(_("必须改"), default=0)
    warnings = models.PositiveIntegerField(_("一般应改"), default=0)
    undecided = models.PositiveIntegerField(_("需人工判断"), default=0)
    message: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("说明"), default=dict, blank=True)
    started_at = models.DateTimeField(_("开始时间"), default=timezone.now)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("检查")
        verbose_name_plural = _("检查")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def words(self) -> str:
        """Why it was not completed, in the reader's language; empty where it was."""
        return in_language(self.message) if self.message else ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in (CheckState.DONE, CheckState.FAILED)

    @property
    def is_done(self) -> bool:
        """Whether its report is whole."""
        return self.state == CheckState.DONE


class CheckedMedium(models.Model):
    """A video or recording of a checked package in which something was found, for the player on the report's page.

    Its bytes are `size` from `start` of a stored file: of the package itself where they lie there unpacked, else of a copy.
    There are none where browsers do not play it; `format` says what it is.
    """

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="checked_media", verbose_name=_("检查"))
    number = models.PositiveIntegerField(_("次序"))
    path = models.CharField(_("文件"), max_length=1000)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("字节所在"))
    start = models.PositiveBigIntegerField(_("开头"), default=0)
    size = models.PositiveBigIntegerField(_("大小"), default=0)
    content_type = models.CharField(_("媒体类型"), max_length=60, blank=True)
    format = models.CharField(_("格式"), max_length=60)

    class Meta:
        verbose_name = _("受检音视频")
        verbose_name_plural = _("受检音视频")
        ordering: ClassVar = ["check_of", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_of", "number"], name="checked_medium_number_once")
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def is_sound(self) -> bool:
        """Whether there is no picture to show."""
        return self.content_type.startswith("audio/")
