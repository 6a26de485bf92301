"""A sealed list."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.selection.calls.models import Call


class SealedList(models.Model):
    """One snapshot of a call, the `number`-th. Its file is kept under `digest` and never changed.

    `content` is the digest of what it lists, without its number and time: the same content is not sealed twice.
    `fingerprint` is that of the key which signed it.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="sealed_lists", verbose_name=_("征集"))
    number = models.PositiveIntegerField(_("第几次封存"))
    made_at = models.DateTimeField(_("封存时间"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("封存人")
    )
    digest = models.CharField(_("文件的校验值"), max_length=64, db_index=True)
    content = models.CharField(max_length=64)
    fingerprint = models.CharField(_("公钥指纹"), max_length=64)
    count = models.PositiveIntegerField(_("条数"))

    class Meta:
        verbose_name = _("封存的截止名单")
        verbose_name_plural = _("封存的截止名单")
        ordering: ClassVar = ["call", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "number"], name="sealed_number_once")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.number}"

    @property
    def file_name(self) -> str:
        """The name under which it is downloaded."""
        return f"{self.call.slug}-sealed-{self.number}.json"
