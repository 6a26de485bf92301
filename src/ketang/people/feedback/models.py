"""One message."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """What somebody told the host unit, about which page, and the answer. Name and address are given only for an answer."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    page = models.CharField(_("页面"), max_length=300, blank=True)
    words = models.TextField(_("内容"), max_length=3000)
    reply_to = models.CharField(_("联系方式"), max_length=200, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name=_("账号"),
    )
    sent_at = models.DateTimeField(_("提交时间"), default=timezone.now, editable=False)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("意见反馈")
        verbose_name_plural = _("意见反馈")
        indexes = [models.Index("answered_at", "sent_at", name="feedback_to_answer")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it: `YJ` (意见), the year, its place."""
        return f"YJ{self.sent_at:%Y}-{self.pk:05d}"
