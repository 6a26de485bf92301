"""What is told to an external learning record store."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Statement(models.Model):
    """One xAPI statement about a learner who agreed; `source` says of which row it tells, so that each is told once.

    It waits until it was sent, or until the store has refused it for good (`refused`: its own words).
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="statements")
    source = models.CharField(max_length=60, unique=True)
    body: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("内容"))
    made_at = models.DateTimeField(_("时间"), default=timezone.now)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    refused = models.CharField(_("对方为什么不收"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("发给外部记录库的结果")
        verbose_name_plural = _("发给外部记录库的结果")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(refused=""), name="statement_sent_or_refused")
        ]
        indexes: ClassVar = [models.Index(fields=["sent_at", "refused", "id"], name="statements_waiting")]

    def __str__(self) -> str:
        return self.source
