"""One message: an opinion or a complaint."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

CODE_SIGNS = 8


class FeedbackKind(models.TextChoices):
    """What a message is, which says by when it is answered."""

    OPINION = "opinion", _("意见或建议")
    COMPLAINT = "complaint", _("投诉")


PREFIXES = {FeedbackKind.OPINION: "YJ", FeedbackKind.COMPLAINT: "TS"}
"""Beginnings of numbers: 意见, 投诉."""


class Feedback(models.Model):
    """What somebody told the host unit, about which page, and the answer. Name and address are given only for an answer.

    `due_on` is the last day for the answer, by the working days that the settings give to its kind.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("种类"), max_length=10, choices=FeedbackKind, default=FeedbackKind.OPINION)
    due_on = models.DateField(_("答复期限"))
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
        indexes = [models.Index("answered_at", "due_on", "sent_at", name="feedback_by_due_day")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it: `YJ` (意见) or `TS` (投诉), the year, its place."""
        return f"{PREFIXES[FeedbackKind(self.kind)]}{self.sent_at:%Y}-{self.pk:05d}"

    @property
    def code(self) -> str:
        """What opens it beside the number: eight signs of the instance's secret. The number alone opens nothing, for it can be guessed."""
        return salted_hmac("ketang.people.feedback", str(self.uuid), algorithm="sha256").hexdigest()[:CODE_SIGNS]

    @property
    def is_overdue(self) -> bool:
        """Whether it has no answer and its day is over."""
        return self.answered_at is None and self.due_on < today()

    @property
    def was_late(self) -> bool:
        """Whether it was answered after its day."""
        return self.answered_at is not None and timezone.localtime(self.answered_at).date() > self.due_on


def today() -> date:
    """The day on the office's wall."""
    return timezone.localdate()
