"""What was answered to a mail, and the upload links that went with it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.platform.outbox.models import Letter
from ketang.selection.ledger.models import Arrival
from ketang.selection.mail.models import Mail


class AnswerKind(models.TextChoices):
    """What an answer is. The first two are written as a mail is taken; only one of them, once."""

    RECEIPT = "receipt", _("收到通知")
    REQUEST = "request", _("请补交")
    FORMAL = "formal", _("正式回执")
    BY_HAND = "by-hand", _("人工答复")


AUTOMATIC = (AnswerKind.RECEIPT, AnswerKind.REQUEST)


class Unanswered(models.TextChoices):
    """Why no letter was written."""

    AUTOMATIC = "automatic", _("这是自动发出的邮件，系统不回复，以免两边的程序互相回复不停。")
    NO_ADDRESS = "no-address", _("邮件里没有可以回复的地址，请通过电话与报送者联系。")
    OWN = "own", _("这是我们自己的地址发来的邮件，不回复。")
    TOO_MANY = "too-many", _("一天内已经自动回复这个地址很多次，这一封没有再回，请人工答复。")
    CANNOT_SEND = "cannot-send", _("系统没有设置发信服务器，信没有写，也没有发出。")


class Answer(models.Model):
    """One answer to a mail: its letter, or why there is none."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    mail = models.ForeignKey(Mail, models.PROTECT, related_name="answers", verbose_name=_("邮件"))
    kind = models.CharField(_("答复种类"), max_length=8, choices=AnswerKind)
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发出的邮件")
    )
    unanswered = models.CharField(_("没有答复的原因"), max_length=12, choices=Unanswered, blank=True)
    made_at = models.DateTimeField(_("时间"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )

    class Meta:
        verbose_name = _("对邮件的答复")
        verbose_name_plural = _("对邮件的答复")
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mail"], condition=models.Q(kind__in=["receipt", "request"]), name="mail_answered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mail_id} {self.kind}"


class UploadLink(models.Model):
    """A link by which somebody without an account hands in what a mail lacked, once.

    The link itself is nowhere in the database: `digest` is the SHA-256 of its token. `brought` is the arrival it became.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    mail = models.ForeignKey(Mail, models.PROTECT, related_name="upload_links", verbose_name=_("邮件"))
    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="upload_links", verbose_name=_("收件"))
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发出的邮件")
    )
    made_at = models.DateTimeField(_("开出时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("有效期到"))
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)
    brought = models.OneToOneField(
        Arrival, models.PROTECT, null=True, blank=True, related_name="by_link", verbose_name=_("补交的收件")
    )

    class Meta:
        verbose_name = _("上传链接")
        verbose_name_plural = _("上传链接")

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_over(self) -> bool:
        """Whether its time is over and nothing was handed in by it."""
        return self.used_at is None and self.expires_at <= timezone.now()
