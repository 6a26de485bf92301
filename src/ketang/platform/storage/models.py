"""What is in the store."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file in the store. Its name and meaning stand with whoever refers to it; two of equal content are one."""

    digest = models.CharField(_("摘要"), max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    stored_at = models.DateTimeField(_("存入时间"), default=timezone.now)

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")

    def __str__(self) -> str:
        return self.digest

    @property
    def path(self) -> str:
        """Where it lies in the store."""
        return path_of(self.digest)


def path_of(digest: str) -> str:
    """`sha256/ab/cd/abcd…`: at most 65 536 folders."""
    return f"sha256/{digest[:2]}/{digest[2:4]}/{digest}"
