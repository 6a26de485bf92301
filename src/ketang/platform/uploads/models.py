"""An upload and its pieces."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UploadState(models.TextChoices):
    """Where an upload stands."""

    OPEN = "open", _("上传中")
    WHOLE = "whole", _("正在登记")
    STORED = "stored", _("已登记")
    FAILED = "failed", _("未能登记")


class Upload(models.Model):
    """One file on its way in.

    `offset` is how many bytes are safely kept; `owner` is the key of who may go on with it (an account, or the secret of
    a visitor); `digest` is the SHA-256 of the whole, once stored.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    owner = models.CharField(_("所有者"), max_length=80, db_index=True)
    name = models.CharField(_("文件名"), max_length=255)
    length = models.PositiveBigIntegerField(_("大小"))
    offset = models.PositiveBigIntegerField(_("已收到"), default=0)
    state = models.CharField(_("状态"), max_length=8, choices=UploadState, default=UploadState.OPEN)
    digest = models.CharField(_("校验值"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("开始时间"), default=timezone.now, editable=False)
    whole_at = models.DateTimeField(_("收完时间"), null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(_("过期时间"), db_index=True)

    class Meta:
        verbose_name = _("上传")
        verbose_name_plural = _("上传")

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether more bytes may come."""
        return self.state == UploadState.OPEN


class UploadPiece(models.Model):
    """Consecutive bytes of an upload, kept as one file of the store until the whole is assembled."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    offset = models.PositiveBigIntegerField()
    length = models.PositiveIntegerField()
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("上传的一段")
        verbose_name_plural = _("上传的各段")
        ordering = ("offset",)
        constraints = (models.UniqueConstraint(fields=("upload", "offset"), name="upload_piece_place"),)

    def __str__(self) -> str:
        return f"{self.upload_id}+{self.offset}"
