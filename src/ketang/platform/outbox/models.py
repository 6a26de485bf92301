"""A letter and where it stands."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """How far a letter has come. `uncertain` is a sending that was cut off: whether it left is not known, and it is not sent again by itself."""

    WAITING = "waiting", _("等待发出")
    SENDING = "sending", _("正在发出")
    SENT = "sent", _("已发出")
    FAILED = "failed", _("没有发出")
    UNCERTAIN = "uncertain", _("不确定是否发出")


class Letter(models.Model):
    """One mail to one address.

    `key` says what it is for, so that the same occasion never writes two. `headers` are further header lines by name;
    `files` are [name, type, digest] of the store.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(_("用途"), max_length=200, unique=True)
    recipient = models.EmailField(_("收件地址"), max_length=254)
    subject = models.CharField(_("主题"), max_length=400)
    text = models.TextField(_("正文"))
    headers: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("信头"), default=dict, blank=True)
    files: models.JSONField[list[Any], list[Any]] = models.JSONField(_("附件"), default=list, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=LetterState, default=LetterState.WAITING)
    tries = models.PositiveIntegerField(_("次数"), default=0)
    fault = models.CharField(_("没有发出的原因"), max_length=500, blank=True)
    written_at = models.DateTimeField(_("写成时间"), default=timezone.now)
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("发出的邮件")
        verbose_name_plural = _("发出的邮件")
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="letters_in_state")]

    def __str__(self) -> str:
        return self.subject

    @property
    def message_id(self) -> str:
        """Its Message-ID, the same at every try."""
        return f"<{self.uuid}@ketang>"
