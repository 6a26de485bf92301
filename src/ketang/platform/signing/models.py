"""The public half of a signing key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SigningKey(models.Model):
    """One Ed25519 key. `public` is its 32 bytes in hex, `fingerprint` their SHA-256. A retired one signs nothing more and stays published."""

    fingerprint = models.CharField(_("指纹"), max_length=64, unique=True)
    public = models.CharField(_("公钥"), max_length=64)
    made_at = models.DateTimeField(_("启用时间"), default=timezone.now)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    retired_because = models.CharField(_("停用的理由"), max_length=1000, blank=True)
    is_current = models.BooleanField(_("正在使用"), default=True)

    class Meta:
        verbose_name = _("签名密钥")
        verbose_name_plural = _("签名密钥")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_signing_key"
            )
        ]

    def __str__(self) -> str:
        return self.fingerprint
