"""A public notice of results with its entries, and objections to it. What is said publicly is kept as it was said."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.platform.outbox.models import Letter
from ketang.selection.awarding.models import Decision, Outcome
from ketang.selection.calls.models import Call


class PublicNotice(models.Model):
    """Results of a call on public notice (结果公示). Those called up later get a notice of their own."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="public_notices", verbose_name=_("征集"))
    number = models.CharField(_("公示编号"), max_length=80, unique=True)
    shows_amounts = models.BooleanField(_("公布金额"), default=True)
    starts_at = models.DateTimeField(_("公示开始"), default=timezone.now)
    ends_at = models.DateTimeField(_("公示截止"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("发布人")
    )
    final_at = models.DateTimeField(_("结果生效时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("结果公示")
        verbose_name_plural = _("结果公示")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["call", "-id"], name="notices_of_results")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_running(self) -> bool:
        """Whether objections are taken."""
        return timezone.now() < self.ends_at


class NoticeEntry(models.Model):
    """One result on a notice, in the words of that day."""

    notice = models.ForeignKey(PublicNotice, models.CASCADE, related_name="entries")
    place = models.PositiveIntegerField(_("序号"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="entry", verbose_name=_("遴选决定"))
    supplier = models.CharField(_("供应单位"), max_length=200)
    title = models.CharField(_("课程名称"), max_length=200)
    outcome = models.CharField(_("决定"), max_length=12, choices=Outcome)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("公示的一件")
        verbose_name_plural = _("公示的各件")
        ordering: ClassVar = ["notice", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "place"], name="entry_place_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.place}"


class ObjectionState(models.TextChoices):
    """How an objection stands."""

    OPEN = "open", _("处理中")
    UPHELD = "upheld", _("成立")
    REJECTED = "rejected", _("不成立")


class Objection(models.Model):
    """Somebody named objects to a result. `evidence` is the digest of the stored file, `effect` what came of it.

    Name, mail and telephone are for the office alone; whoever has the address of its page reads words and answer.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("受理号"), max_length=80, unique=True)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections", verbose_name=_("结果公示"))
    entry = models.ForeignKey(
        NoticeEntry, models.PROTECT, null=True, blank=True, related_name="objections", verbose_name=_("针对")
    )
    name = models.CharField(_("姓名"), max_length=100)
    mail = models.CharField(_("电子邮箱"), max_length=254, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    words = models.TextField(_("异议内容"))
    evidence = models.CharField(_("证据"), max_length=64, blank=True, db_index=True)
    evidence_name = models.CharField(_("证据文件名"), max_length=255, blank=True)
    sent_at = models.DateTimeField(_("提出时间"), default=timezone.now)
    state = models.CharField(_("状态"), max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("答复人")
    )
    withdrew = models.BooleanField(_("撤回了入选"), default=False)
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发出的邮件")
    )

    class Meta:
        verbose_name = _("异议")
        verbose_name_plural = _("异议")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["notice", "state", "-id"], name="objections_of_notice")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state="open", answer="") | (~Q(state="open") & ~Q(answer="")), name="answered_in_words"),
            models.CheckConstraint(condition=~Q(mail="", phone=""), name="objection_can_be_answered"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == ObjectionState.OPEN
