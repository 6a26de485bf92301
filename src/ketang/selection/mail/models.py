"""A mail, its parts, and which arrivals it brought."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import Call
from ketang.selection.ledger.models import Arrival


class Mail(models.Model):
    """One mail. Its raw bytes are kept under `digest` and never changed.

    `key` is what makes two deliveries one mail: its Message-ID with the digests of what is attached, or the digest of all
    of it where it has no Message-ID. `received_at` is the receiving server's time, `said_at` the mail's own. `proofs` are
    the receiving server's words on SPF, DKIM and DMARC, `results` the word for each (`spf`: `pass`); `automatic` says why it counts as written by a machine, and is
    empty for a person's; `faults` are what could not be read of it, in words. `contents` is what it holds, as the mailroom
    tells (`mailroom.contents.State`; empty: not read); `answer_to` is where an answer may go, empty for nowhere.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(_("邮件标识"), max_length=998, blank=True)
    digest = models.CharField(_("校验值"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("大小"))
    mailbox = models.CharField(_("邮箱"), max_length=200, blank=True)
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("征集"))
    sender_name = models.CharField(_("发件人"), max_length=200, blank=True)
    sender_address = models.CharField(_("发件地址"), max_length=254, blank=True, db_index=True)
    recipients: models.JSONField[list[str], list[str]] = models.JSONField(_("收件地址"), default=list, blank=True)
    subject = models.CharField(_("主题"), max_length=998, blank=True)
    text = models.TextField(_("正文"), blank=True)
    links: models.JSONField[list[str], list[str]] = models.JSONField(_("正文里的下载链接"), default=list, blank=True)
    proofs: models.JSONField[list[str], list[str]] = models.JSONField(_("来源验证"), default=list, blank=True)
    results: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        _("来源验证的结果"), default=dict, blank=True
    )
    automatic = models.CharField(_("自动邮件"), max_length=200, blank=True)
    faults: models.JSONField[list[str], list[str]] = models.JSONField(_("没能读出的内容"), default=list, blank=True)
    contents = models.CharField(_("内容"), max_length=10, blank=True)
    answer_to = models.CharField(_("回信地址"), max_length=254, blank=True, db_index=True)
    references: models.JSONField[list[str], list[str]] = models.JSONField(_("引用的邮件"), default=list, blank=True)
    said_at = models.DateTimeField(_("邮件自己写的时间"), null=True, blank=True)
    received_at = models.DateTimeField(_("服务器收到的时间"))
    taken_at = models.DateTimeField(_("取回时间"), default=timezone.now)
    times_seen = models.PositiveIntegerField(_("收到次数"), default=1)

    class Meta:
        verbose_name = _("收到的邮件")
        verbose_name_plural = _("收到的邮件")
        indexes: ClassVar = [models.Index(fields=["-received_at", "-id"], name="mails_by_time")]

    def __str__(self) -> str:
        return self.subject


class MailPart(models.Model):
    """Something attached, at any depth; kept under its digest. `place` is where it stands (`2.1`)."""

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="parts", verbose_name=_("邮件"))
    place = models.CharField(_("位置"), max_length=80)
    name = models.CharField(_("文件名"), max_length=255, blank=True)
    kind = models.CharField(_("类型"), max_length=100, blank=True)
    digest = models.CharField(_("校验值"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("大小"))
    arrival = models.ForeignKey(
        Arrival, models.SET_NULL, null=True, blank=True, related_name="mail_parts", verbose_name=_("收件")
    )

    class Meta:
        verbose_name = _("邮件附件")
        verbose_name_plural = _("邮件附件")
        ordering = ("mail", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["mail", "place"], name="mail_part_place_once")]

    def __str__(self) -> str:
        return self.name


class MailArrival(models.Model):
    """An arrival that a mail brought; every mail brings at least one."""

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="arrivals", verbose_name=_("邮件"))
    arrival = models.OneToOneField(Arrival, models.CASCADE, related_name="by_mail", verbose_name=_("收件"))

    class Meta:
        verbose_name = _("邮件带来的收件")
        verbose_name_plural = _("邮件带来的收件")

    def __str__(self) -> str:
        return f"{self.mail_id} {self.arrival_id}"


class MailboxMark(models.Model):
    """How far a mailbox has been read: the last number (UID) under its present numbering (UIDVALIDITY)."""

    mailbox = models.CharField(_("邮箱"), max_length=200, primary_key=True)
    numbering = models.PositiveBigIntegerField(_("编号方式"), default=0)
    last = models.PositiveBigIntegerField(_("最后一号"), default=0)
    read_at = models.DateTimeField(_("上次读取"), null=True, blank=True)
    fault = models.CharField(_("上次没有读成的原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("邮箱读到哪里")
        verbose_name_plural = _("邮箱读到哪里")

    def __str__(self) -> str:
        return f"{self.mailbox} {self.last}"
