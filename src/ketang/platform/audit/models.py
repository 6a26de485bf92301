"""Rows of the audit log and its head."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act. `digest` is keyed and covers every other column but the payload, of which it covers the salted digest."""

    number = models.PositiveBigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"))
    actor = models.CharField(_("操作人"), max_length=80, db_index=True)
    action = models.CharField(_("操作"), max_length=80)
    object_kind = models.CharField(_("对象种类"), max_length=80)
    object_key = models.CharField(_("对象编号"), max_length=80)
    payload = models.TextField(_("内容"), null=True)
    payload_salt = models.CharField(max_length=32, blank=True)
    payload_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(_("摘要"), max_length=64)

    class Meta:
        verbose_name = _("操作记录")
        verbose_name_plural = _("操作记录")
        ordering = ["number"]
        indexes = [models.Index(fields=["object_kind", "object_key", "number"], name="audit_of_object")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    @property
    def details(self) -> Any:
        """What was recorded beside the act; None when it was erased."""
        return None if self.payload is None else json.loads(self.payload)


class AuditHead(models.Model):
    """The last number and digest, sealed with the key, so that rows cut off at the end are missed. One row."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
    seal = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("操作记录末尾")
        verbose_name_plural = _("操作记录末尾")

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"
